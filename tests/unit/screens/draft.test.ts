import { signal } from '@preact/signals'
import { h, render } from 'preact'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Replica } from '../../../client/replica/index.ts'
import { useDraft } from '../../../client/screens/dialogs/use-draft.ts'

let end = () => {}

beforeEach(() => {
  vi.stubGlobal('document', {})
  vi.stubGlobal('sessionStorage', { getItem: () => null, setItem: () => {}, removeItem: () => {} })
  vi.stubGlobal('window', globalThis)
  vi.stubGlobal('addEventListener', () => {})
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
const opened = (kept: unknown) => {
  let give = () => {}
  const read = new Promise<unknown>((resolve) => {
    give = () => resolve(kept)
  })
  const saved: unknown[] = []
  // As much of a replica as a draft asks for.
  const replica = {
    base: { name: 'base' },
    outdated: signal(false),
    draft: () => read,
    saveDraft: async (_key: string, value: unknown) => {
      saved.push(value)
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
  return { draft, give, saved }
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
