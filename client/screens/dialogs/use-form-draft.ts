/**
 * The draft of a form that makes a new record. Two tabs that fill in the same form have a draft each:
 * a tab holds a lock on its own as long as the form is open, and the browser lets go of it with the tab.
 */
import { useEffect, useState } from 'preact/hooks'
import type { Replica } from '../../replica/index.ts'
import { useDraft } from './use-draft.ts'

/** Forms of one kind that are open at once, in tabs of one browser; the next one shares the last draft. */
const maxOpen = 20

/**
 * Keys of drafts in the order in which a form takes the first that no other tab holds: the one that
 * this tab had before a reload, those that something was left in, an empty one.
 */
export const draftChoices = (
  name: string,
  stored: ReadonlySet<string>,
  remembered: string | null,
): string[] => {
  const keys = Array.from({ length: maxOpen }, (_, index) =>
    index === 0 ? name : `${name}#${index + 1}`,
  )
  const own = keys.filter((key) => key === remembered)
  const left = keys.filter((key) => key !== remembered && stored.has(key))
  return [...own, ...left, ...keys.filter((key) => key !== remembered && !stored.has(key))]
}

/** Resolves with whether the lock was free; it is held until `released` resolves. */
const hold = (lock: string, released: Promise<void>): Promise<boolean> =>
  new Promise((resolve) => {
    void navigator.locks.request(lock, { ifAvailable: true }, (granted) => {
      resolve(granted !== null)
      return granted ? released : undefined
    })
  })

const claim = async (
  { base }: Replica,
  name: string,
  released: Promise<void>,
  isWanted: () => boolean,
): Promise<string> => {
  // Only secure addresses have locks; on http://192.168.… in an office tabs share the draft.
  if (!navigator.locks) return name
  const memory = `interes-draft-${name}`
  const stored = new Set(
    (await base.drafts.where('key').startsWith(name).primaryKeys()).map(String),
  )
  for (const key of draftChoices(name, stored, sessionStorage.getItem(memory))) {
    if (!isWanted()) break
    if (!(await hold(`${base.name}-draft-${key}`, released))) continue
    sessionStorage.setItem(memory, key)
    return key
  }
  return name
}

/** As `useDraft`; what is typed before `loaded` would be lost, so a form appears only then. */
export const useFormDraft = <T>(replica: Replica, name: string, empty: T) => {
  const [claimed, setClaimed] = useState<{ name: string; key: string } | null>(null)
  useEffect(() => {
    let wanted = true
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    claim(replica, name, released, () => wanted).then((key) => {
      if (wanted) setClaimed({ name, key })
    })
    return () => {
      wanted = false
      release()
    }
  }, [name, replica])
  const key = claimed?.name === name ? claimed.key : null
  const draft = useDraft(replica, key ?? name, empty)
  return { ...draft, loaded: key !== null && draft.loaded }
}
