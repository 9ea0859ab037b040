/**
 * Clients with their contact persons as a table that the import reads back: its headings are the
 * import's own names of fields. A client with several persons has a row for each. No I/O.
 */
import { type FieldInfo, fieldValue } from '../../shared/fields/fields.ts'
import { type Names, wordsOf } from '../../shared/fields/words.ts'
import { clientKinds, relations } from '../../shared/records/client.ts'
import { addressKinds, emailKinds, phoneKinds } from '../../shared/records/contact.ts'
import type { Label } from '../../shared/records/declaration.ts'
import { tagNames } from '../../shared/records/directory.ts'
import { targets } from '../import/targets.ts'
import type { StoredRow } from '../replica/tables.ts'

type Client = StoredRow<'client'>
type Person = StoredRow<'person'>

interface Column {
  label: Label
  ofClient?: (client: Client) => string
  ofPerson?: (person: Person) => string
}

/** Between several values of one cell: no phone, address or link holds it. */
const between = ' ::: '

const joined = (parts: readonly { value: string; kind?: string }[], kind?: string): string =>
  parts
    .filter((part) => kind === undefined || part.kind === kind)
    .map(({ value }) => value)
    .join(kind === undefined || !(kind in phoneKinds) ? between : '; ')

const keysOf = <T extends object>(kinds: T) => Object.keys(kinds) as (keyof T & string)[] // Object.keys forgets the key type

const columnsOf = (fields: readonly FieldInfo[], names: Names): Column[] => {
  const { language } = names
  const column = (target: keyof typeof targets, rest: Omit<Column, 'label'>): Column => ({
    label: targets[target],
    ...rest,
  })
  const label = (options: Record<string, Label>, value: string | undefined) =>
    options[value ?? '']?.[language] ?? ''
  return [
    column('name', { ofClient: ({ name }) => name }),
    column('kind', { ofClient: ({ kind }) => label(clientKinds, kind) }),
    column('fullName', { ofClient: ({ fullName = '' }) => fullName }),
    column('inn', { ofClient: ({ inn = '' }) => inn }),
    column('kpp', { ofClient: ({ kpp = '' }) => kpp }),
    column('ogrn', { ofClient: ({ ogrn = '' }) => ogrn }),
    column('relation', { ofClient: ({ relation }) => label(relations, relation) }),
    ...keysOf(phoneKinds).map((kind) =>
      column(`phone.${kind}`, { ofClient: ({ phones }) => joined(phones, kind) }),
    ),
    ...keysOf(emailKinds).map((kind) =>
      column(`email.${kind}`, { ofClient: ({ emails }) => joined(emails, kind) }),
    ),
    ...keysOf(addressKinds).map((kind) =>
      column(`address.${kind}`, { ofClient: ({ addresses }) => joined(addresses, kind) }),
    ),
    column('link', { ofClient: ({ links }) => joined(links) }),
    column('managers', {
      ofClient: ({ managers = [] }) =>
        managers.flatMap((id) => names.records.get(id) ?? []).join(', '),
    }),
    column('tags', {
      ofClient: ({ tags = [] }) => tagNames(names.entries, tags).join(', '),
    }),
    ...fields.map(
      (info): Column => ({
        label: info.label,
        ofClient: (client) => wordsOf(info, fieldValue(info, { ...client }), names),
      }),
    ),
    column('note', { ofClient: ({ note = '' }) => note }),
    column('person.name', { ofPerson: ({ name }) => name }),
    column('person.position', { ofPerson: ({ position = '' }) => position }),
    ...keysOf(phoneKinds).map((kind) =>
      column(`person.phone.${kind}`, { ofPerson: ({ phones }) => joined(phones, kind) }),
    ),
    ...keysOf(emailKinds).map((kind) =>
      column(`person.email.${kind}`, { ofPerson: ({ emails }) => joined(emails, kind) }),
    ),
    column('person.note', { ofPerson: ({ note = '' }) => note }),
  ]
}

export interface ClientsTable {
  add: (client: Client, persons: readonly Person[]) => void
  /** Headings first. Columns in which nothing stands are left out. */
  end: () => string[][]
}

export const clientsTable = (fields: readonly FieldInfo[], names: Names): ClientsTable => {
  const columns = columnsOf(fields, names)
  const rows: string[][] = []
  const filled = new Set<number>([0])
  return {
    add: (client, persons) => {
      for (const person of persons.length > 0 ? persons : [null]) {
        const cells = columns.map(
          ({ ofClient, ofPerson }) => ofClient?.(client) ?? (person && ofPerson?.(person)) ?? '',
        )
        for (const [at, cell] of cells.entries()) if (cell !== '') filled.add(at)
        rows.push(cells)
      }
    },
    end: () => {
      const kept = [...columns.keys()].filter((at) => filled.has(at))
      const heads = kept.map((at) => columns[at]?.label[names.language] ?? '')
      return [heads, ...rows.map((cells) => kept.map((at) => cells[at] ?? ''))]
    },
  }
}
