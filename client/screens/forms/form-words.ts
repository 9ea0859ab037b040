/**
 * Editors of a card that stand in a form: what is typed in one of them is kept with the draft before it
 * is a value, and the form waits for what they are still doing before it is saved.
 */
import { createContext } from 'preact'
import { useRef } from 'preact/hooks'
import type { Patch } from '../../../shared/records/change.ts'

export interface FormWords {
  /** What was typed under this name and is no value yet. */
  of: (name: string) => string | undefined
  set: (name: string, words: string | null) => void
  /** Something that ends in a value. */
  during: <T>(work: Promise<T>) => Promise<T>
}

/** Null on a card, where each editor saves by itself. */
export const FormWordsContext = createContext<FormWords | null>(null)

export type Words = Readonly<Record<string, string>>

/** What the draft of such a form holds beside what the form asks for by name. */
export interface Further {
  /** As a change of the record. */
  also: Patch
  /** What is typed there and no value yet. */
  words: Words
}

interface FurtherDraft<Form> {
  value: Form
  latest: () => Form
  change: (next: Form) => void
}

export const useFurther = <Form extends Partial<Further>>(draft: FurtherDraft<Form>) => {
  const running = useRef(new Set<Promise<unknown>>())
  const { words = {} } = draft.value
  // Onto what is there by then: several editors may save before the form is drawn again.
  const put = (change: (before: Further) => Partial<Further>) => {
    const before = draft.latest()
    const { also = {}, words = {} } = before
    draft.change({ ...before, ...change({ also, words }) })
  }
  const formWords: FormWords = {
    of: (name) => words[name],
    set: (name, typed) =>
      put(({ words: { [name]: _, ...others } }) => ({
        words: typed === null ? others : { ...others, [name]: typed },
      })),
    during: (work) => {
      running.current.add(work)
      // Why it failed is said by whoever does it.
      const done = () => running.current.delete(work)
      work.then(done, done)
      return work
    },
  }
  return {
    formWords,
    unfinished: Object.keys(words).length > 0,
    onAlso: (act: (before: Patch) => Patch) => put(({ also }) => ({ also: act(also) })),
    /** Before the form is saved. */
    settled: async () => {
      await Promise.allSettled(running.current)
    },
  }
}
