/** What is offered while one types, and what Enter takes of it: fingers are faster than the base. */
import { useState } from 'preact/hooks'
import { useLive } from './use-live.ts'

interface Answer<T> {
  /** What was typed when it was asked for; null before the first answer. */
  of: string | null
  found: readonly T[]
}

/**
 * What Enter means: what the arrows led to; else the first of what is found for the words that are
 * typed, which are asked about again where the list is still that for others.
 *
 * @param walked Place in the list of what the arrows led to, -1: they led nowhere.
 */
export const chosenOf = async <T>(
  { of, found }: Answer<T>,
  typed: string,
  walked: number,
  suggest: (typed: string) => Promise<readonly T[]>,
): Promise<T | undefined> =>
  walked >= 0 ? found[walked] : of === typed ? found[0] : (await suggest(typed))[0]

/** As `useLive`: the last answer stays while the next is looked for. */
export const useSuggestions = <T extends { id: string }>(
  typed: string,
  suggest: (typed: string) => Promise<readonly T[]>,
  deps: readonly unknown[],
) => {
  const answer = useLive<Answer<T>>(
    async () => ({ of: typed, found: await suggest(typed) }),
    [typed, ...deps],
    { of: null, found: [] },
  ).value
  /** By its id: what is found meanwhile must not put another in its place. Other words begin anew. */
  const [walkedTo, setWalkedTo] = useState<{ of: string; id: string } | null>(null)
  const { found } = answer
  const walked = walkedTo?.of === typed ? found.findIndex(({ id }) => id === walkedTo.id) : -1
  const active = Math.max(walked, 0)
  return {
    found,
    isAnswered: answer.of === typed,
    /** What Enter would take of the list that is shown. */
    active,
    walk: (step: 1 | -1) => {
      const next = found[Math.min(Math.max(active + step, 0), found.length - 1)]
      if (next) setWalkedTo({ of: typed, id: next.id })
    },
    take: () => chosenOf(answer, typed, walked, suggest),
  }
}
