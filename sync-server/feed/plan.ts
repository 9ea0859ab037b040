/** Decisions of the feed, apart from sending. */
import type { Cursor } from '../../shared/protocol/feed.ts'
import { holds } from '../../shared/rights.ts'
import type { DocumentHead } from '../store/store.ts'
import { audienceTokens } from '../store/store.ts'

export type Tokens = ReadonlySet<string>

const opens = (audience: string[], tokens: Tokens) => audience.some((token) => holds(tokens, token))

/** Whether a reader may see an audience kept as text; computed once for each text that occurs. */
export const reader = (tokens: Tokens): ((audience: string) => boolean) => {
  const known = new Map<string, boolean>()
  return (audience) => {
    let may = known.get(audience)
    if (may === undefined) {
      may = opens(audienceTokens(audience), tokens)
      known.set(audience, may)
    }
    return may
  }
}

/**
 * What a committed change is to one who reads with `tokens`:
 * `change` for those who hold the record, `record` where access is new, `forget` where it is lost.
 */
export type Verdict = 'change' | 'record' | 'forget' | 'nothing'

export const verdictOf = (
  { audienceBefore, audience }: { audienceBefore: string[] | null; audience: string[] },
  tokens: Tokens,
): Verdict => {
  const may = opens(audience, tokens)
  if (audienceBefore === null) return may ? 'change' : 'nothing'
  const might = opens(audienceBefore, tokens)
  if (may) return might ? 'change' : 'record'
  return might ? 'forget' : 'nothing'
}

/**
 * What a change of tokens means for one record: what was surely or maybe on the device with the
 * tokens of before, and is to be there with those of now.
 *
 * `send` only for records the device thinks it has been given: those above its head and under its
 * `below` come by themselves.
 */
export const afterTokenChange = (
  { seq, audience }: Pick<DocumentHead, 'seq' | 'audience'>,
  readers: Record<'sure' | 'maybe' | 'now', (audience: string) => boolean>,
  cursor: Cursor,
): 'send' | 'forget' | 'nothing' => {
  if (!readers.now(audience)) return readers.maybe(audience) ? 'forget' : 'nothing'
  const passed = seq <= cursor.head && (cursor.below === 0 || seq >= cursor.below)
  return passed && !readers.sure(audience) ? 'send' : 'nothing'
}
