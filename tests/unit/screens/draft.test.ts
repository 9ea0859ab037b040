import { signal } from '@preact/signals'
import { h, render } from 'preact'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Replica } from '../../../client/replica/index.ts'
import { useDraft } from '../../../client/screens/dialogs/use-draft.ts'
import { fail, ok, type Result } from '../../../shared/reasons.ts'

let end = () => {}
/** What the tab carries from page to page. */
const carried = new Map<string, string>()
let leavePage = () => {}

beforeEach(() => {
  carried.clear()
  vi.stubGlobal('document', {})
  vi.stubGlobal('sessionStorage', {
    getItem: (key: string) => carried.get(key) ?? null,
    setItem: (key: string, value: string) => carried.set(key, value),
    removeItem: (key: string) => carried.delete(key),
  })
  vi.stubGlobal('window', globalThis)
  vi.stubGlobal('addEventListener', (_name: string, leave: () => void) => {
    leavePage = leave
  })
  vi.stubGlobal('removeEventListener', () => {})
})

afterEach(() => {
  end()
  vi.unstubAllGlobals()
})

interface Letter {
  text: string
  note: boolean
}

const empty: Letter = { text: '', note: false }

/** A draft that is read when the test says so. */
const opened = (kept: unknown, answer: Result<unknown> = ok(undefined)) => {
  let give = () => {}
  const read = new Promise<unknown>((resolve) => {
    give = () => resolve(kept)
  })
  const saved: unknown[] = []
  const outdated = signal(false)
  // As much of a replica as a draft asks for.
  const replica = {
    base: { name: 'base' },
    outdated,
    draft: () => read,
    saveDraft: async (_key: string, value: unknown) => {
      saved.push(value)
      return answer
    },
  } as unknown as Replica
  const shown: { draft?: ReturnType<typeof useDraft<Letter>> } = {}
  const Form = () => {
    shown.draft = useDraft<Letter>(replica, 'composer', empty)
    return null
  }
  // As much of an element as Preact asks of one: nothing is put into it.
  const root = { childNodes: [], firstChild: null } as unknown as Element
  render(h(Form, {}), root)
  end = () => render(null, root)
  const draft = () => {
    if (!shown.draft) throw new Error('not rendered')
    return shown.draft
  }
  return { draft, give, saved, outdated }
}

test('what is changed before the draft is read goes into it and takes no word away', async () => {
  const { draft, give, saved } = opened({ text: 'Добрый день', note: false })
  draft().change({ ...draft().latest(), note: true })
  give()
  await expect.poll(() => draft().value).toEqual({ text: 'Добрый день', note: true })
  await expect.poll(() => saved).toEqual([{ text: 'Добрый день', note: true }])
})

test('two changes before the draft is read are both kept', async () => {
  const { draft, give, saved } = opened(undefined)
  draft().change({ ...draft().latest(), note: true })
  draft().change({ ...draft().latest(), text: 'Срочно' })
  give()
  await expect.poll(() => draft().value).toEqual({ text: 'Срочно', note: true })
  await expect.poll(() => saved).toEqual([{ text: 'Срочно', note: true }])
})

test('what could not be stored beside a newer program is taken over by the next page of the tab', async () => {
  const old = opened({ text: 'Добрый', note: false }, fail('programTooOld'))
  old.give()
  await expect.poll(() => old.draft().loaded).toBe(true)
  old.draft().change({ text: 'Добрый день', note: false })
  old.outdated.value = true
  await expect.poll(() => old.saved).toHaveLength(1)
  leavePage()
  end()

  const { draft, give, saved } = opened({ text: 'Добрый', note: false })
  give()
  await expect.poll(() => draft().value).toEqual({ text: 'Добрый день', note: false })
  expect(saved).toEqual([{ text: 'Добрый день', note: false }])
  expect(carried.size).toBe(0)
})

test('what a full device cannot store is not lost by a reload either', async () => {
  const full = opened(undefined, fail('deviceFull'))
  full.give()
  await expect.poll(() => full.draft().loaded).toBe(true)
  full.draft().change({ text: 'Добрый день', note: true })
  leavePage()
  await expect.poll(() => full.saved).toHaveLength(1)
  end()

  const { draft, give } = opened(undefined, fail('deviceFull'))
  give()
  await expect.poll(() => draft().value).toEqual({ text: 'Добрый день', note: true })
})
