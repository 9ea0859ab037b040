/** What clients have in common, by the characteristics that the company chose (F75). No I/O. */
import { type FieldInfo, fieldValue, type InfoKind, isEmpty } from './fields.ts'
import type { Condition, Group } from './filter.ts'

/** Few values, so that many clients have the same, or a number. */
const telling: ReadonlySet<InfoKind> = new Set([
  'oneOf',
  'manyOf',
  'entry',
  'tags',
  'yesNo',
  'number',
])

/** Fields that can make a portrait: those that say something of the client rather than of who may see it. */
export const portraying = (infos: readonly FieldInfo[]): FieldInfo[] =>
  infos.filter(({ key, kind }) => telling.has(kind) && key !== 'open')

const usual: readonly string[] = ['kind', 'relation', 'contactType', 'heat']

interface Kept {
  recordType: string
  portrait?: string[]
}

/** Null where the company chose none. */
export const chosenPortrait = (kept: Iterable<Kept>): readonly string[] | null =>
  [...kept].find(({ recordType }) => recordType === 'client')?.portrait ?? null

export const portraitKeys = (kept: Iterable<Kept>): readonly string[] =>
  chosenPortrait(kept) ?? usual

type Row = Readonly<Record<string, unknown>>

/** Of the group that is looked at, and of all clients that it is compared with. */
export interface Counts {
  group: number
  all: number
}

export interface Trait {
  /** Of each value how many have it. One that was switched on is `true`. */
  values: Map<string, Counts>
  filled: Counts
  /** Of a number: the group's. */
  numbers: number[]
}

export interface Portrait {
  records: Counts
  traits: Map<string, Trait>
}

const none = (): Counts => ({ group: 0, all: 0 })

const count = (counts: Counts, isInGroup: boolean): void => {
  counts.all++
  if (isInGroup) counts.group++
}

/** Takes one client after another, so that the counting can stop between two steps. */
export const openPortrait = (
  infos: readonly FieldInfo[],
  isInGroup: (row: Row) => boolean,
): { add: (row: Row) => void; portrait: Portrait } => {
  const portrait: Portrait = {
    records: none(),
    traits: new Map(
      infos.map(({ key }) => [key, { values: new Map(), filled: none(), numbers: [] }]),
    ),
  }
  return {
    portrait,
    add: (row) => {
      const isIn = isInGroup(row)
      count(portrait.records, isIn)
      for (const info of infos) {
        const trait = portrait.traits.get(info.key)
        const value = fieldValue(info, row)
        // «Нет» and nothing said are the same of a switch.
        if (!trait || isEmpty(value) || value === false) continue
        count(trait.filled, isIn)
        if (info.kind === 'number') {
          if (isIn) trait.numbers.push(Number(value))
          continue
        }
        for (const each of new Set((Array.isArray(value) ? value : [value]).map(String))) {
          const counts = trait.values.get(each) ?? none()
          trait.values.set(each, counts)
          count(counts, isIn)
        }
      }
    },
  }
}

/** What most of the group have stands first. */
export const byFrequency = ({ values }: Trait): [string, Counts][] =>
  [...values].filter(([, { group }]) => group > 0).sort(([, a], [, b]) => b.group - a.group)

/** The least, the one in the middle, the greatest; null of none. */
export const spreadOf = (
  numbers: readonly number[],
): { least: number; middle: number; most: number } | null => {
  const sorted = [...numbers].sort((a, b) => a - b)
  const [least, most] = [sorted[0], sorted.at(-1)]
  const middle = sorted[Math.floor((sorted.length - 1) / 2)]
  return least === undefined || middle === undefined || most === undefined
    ? null
    : { least, middle, most }
}

/** Whole percent. */
export const shareOf = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((part / whole) * 100)

/** Those of the group that have the value; `null`: that have none. */
export const traitFilter = (
  { key, kind }: Pick<FieldInfo, 'key' | 'kind'>,
  value: string | null,
  segment: string | null,
): Group => {
  const asked: Condition =
    value === null
      ? kind === 'yesNo'
        ? { field: key, op: 'is', value: false }
        : { field: key, op: 'empty' }
      : { field: key, op: 'is', value: kind === 'yesNo' ? true : [value] }
  return {
    join: 'all',
    of: [...(segment ? [{ field: 'segments', op: 'is' as const, value: [segment] }] : []), asked],
  }
}
