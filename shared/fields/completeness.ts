/** What a card lacks of the fields that the company controls (F73). No I/O. */
import type { Label } from '../records/declaration.ts'
import { nameParts } from '../records/name-parts.ts'
import { type FieldInfo, fieldValue, isEmpty } from './fields.ts'
import type { Condition, Group } from './filter.ts'

export type ControlledType = 'client' | 'person'

/** A phone or an e-mail address: whoever has one of them can be reached. */
export const contactWay = 'contact'
export const contactWayLabel: Label = { ru: 'Телефон или почта', en: 'Phone or e-mail' }

const usual: Readonly<Record<ControlledType, readonly string[]>> = {
  client: [contactWay, 'inn', 'addresses', 'managers', 'relation'],
  person: [contactWay, 'client', 'position', 'managers'],
}

interface Kept {
  recordType: string
  controlled?: string[]
}

/** Keys that are controlled; what was never chosen is the usual. */
export const controlledKeys = (type: ControlledType, kept: Iterable<Kept>): readonly string[] =>
  [...kept].find(({ recordType }) => recordType === type)?.controlled ?? usual[type]

/** Kinds of clients that a field is asked of; of others, and of contact persons, it is asked of all. */
const askedOf: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(nameParts.map((part) => [part, ['entrepreneur', 'person']])),
  inn: ['organisation', 'entrepreneur'],
  ogrn: ['organisation', 'entrepreneur'],
  fullName: ['organisation', 'entrepreneur'],
  kpp: ['organisation'],
}

type Row = Readonly<Record<string, unknown>>

const isAsked = (key: string, row: Row): boolean => {
  const kinds = Object.hasOwn(askedOf, key) ? askedOf[key] : undefined
  return kinds === undefined || row.kind === undefined || kinds.includes(String(row.kind))
}

const isFilled = (key: string, row: Row): boolean =>
  key === contactWay
    ? !isEmpty(row.phones) || !isEmpty(row.emails)
    : !isEmpty(fieldValue({ key }, row))

export interface Filled {
  /** Keys that are asked of the row. */
  asked: string[]
  missing: string[]
}

export const filledOf = (keys: readonly string[], row: Row): Filled => {
  const asked = keys.filter((key) => isAsked(key, row))
  return { asked, missing: asked.filter((key) => !isFilled(key, row)) }
}

/** Fields that must be read to say so. */
export const fieldsOfKeys = (keys: readonly string[]): string[] => [
  ...new Set([
    ...keys.flatMap((key) => (key === contactWay ? ['phones', 'emails'] : [key])),
    'managers',
    'kind',
  ]),
]

const empty = (field: string): Condition => ({ field, op: 'empty' })

const lacksOne = (type: ControlledType, key: string): Group => {
  const kinds = type === 'client' && Object.hasOwn(askedOf, key) ? askedOf[key] : undefined
  return {
    join: 'all',
    of: [
      ...(key === contactWay ? [empty('phones'), empty('emails')] : [empty(key)]),
      ...(kinds ? [{ field: 'kind', op: 'is' as const, value: [...kinds] }] : []),
    ],
  }
}

/** The records that lack any of these, of one manager (null: of none) or of all. */
export const lackingFilter = (
  type: ControlledType,
  keys: readonly string[],
  manager?: string | null,
): Group => {
  const lacks = keys.map((key) => lacksOne(type, key))
  const [only] = lacks
  const whose: Condition[] =
    manager === undefined
      ? []
      : [manager === null ? empty('managers') : { field: 'managers', op: 'is', value: [manager] }]
  if (only && lacks.length === 1) return { join: 'all', of: [...only.of, ...whose] }
  return { join: 'all', of: [...whose, { join: 'any', of: lacks }] }
}

export interface Share {
  records: number
  /** Records that lack something. */
  lacking: number
  /** Fields asked and filled, over all records. */
  asked: number
  filled: number
}

export interface Report {
  all: Share
  byField: Map<string, { asked: number; missing: number }>
  /** By id of the manager; null: of records that have none. */
  byManager: Map<string | null, Share>
}

const noShare = (): Share => ({ records: 0, lacking: 0, asked: 0, filled: 0 })

/** Takes one record after another, so that the counting can stop between two steps. */
export const openReport = (
  keys: readonly string[],
): { add: (row: Row) => void; report: Report } => {
  const report: Report = {
    all: noShare(),
    byField: new Map(keys.map((key) => [key, { asked: 0, missing: 0 }])),
    byManager: new Map(),
  }
  const shareOf = (manager: string | null): Share => {
    const found = report.byManager.get(manager) ?? noShare()
    report.byManager.set(manager, found)
    return found
  }
  return {
    report,
    add: (row) => {
      const { asked, missing } = filledOf(keys, row)
      const managers: unknown[] = Array.isArray(row.managers) ? row.managers : []
      const of = managers.length > 0 ? managers.map((id) => shareOf(String(id))) : [shareOf(null)]
      for (const share of [report.all, ...of]) {
        share.records++
        if (missing.length > 0) share.lacking++
        share.asked += asked.length
        share.filled += asked.length - missing.length
      }
      for (const key of asked) {
        const field = report.byField.get(key)
        if (field) field.asked++
      }
      for (const key of missing) {
        const field = report.byField.get(key)
        if (field) field.missing++
      }
    },
  }
}

/** Rounded down, so that 100 % means all. */
export const percent = ({ asked, filled }: Pick<Share, 'asked' | 'filled'>): number =>
  asked === 0 ? 100 : Math.floor((filled / asked) * 100)

/** Fields that can be controlled: those that people fill in. */
export const controllable = (infos: readonly FieldInfo[]): FieldInfo[] =>
  infos.filter(
    ({ key, kind, writable }) =>
      writable && kind !== 'yesNo' && !['phones', 'emails', 'open', 'segments'].includes(key),
  )
