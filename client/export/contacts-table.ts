/**
 * Clients with their contact persons, or persons by themselves, as a table that the import reads back:
 * its headings are the import's own names of fields. A client with several persons has a row for each.
 * No I/O.
 */
import { fieldValue } from '../../shared/fields/fields.ts'
import { listSign, listWords, type Names } from '../../shared/fields/words.ts'
import { clientKinds, relations } from '../../shared/records/client.ts'
import { addressKinds, emailKinds, networks, phoneKinds } from '../../shared/records/contact.ts'
import type { Label } from '../../shared/records/declaration.ts'
import { tagNames } from '../../shared/records/directory.ts'
import { person as personType } from '../../shared/records/person.ts'
import { dateWords } from '../import/field-cells.ts'
import { type ImportField, type NamedTarget, targets } from '../import/targets.ts'
import type { StoredRow } from '../replica/tables.ts'
import { type Cell, cellOf, nobody } from './cells.ts'

type Client = StoredRow<'client'>
type Person = StoredRow<'person'>
type Contact = Client | Person

interface Column {
  label: Label
  ofClient?: (client: Client) => Cell
  ofPerson?: (person: Person) => Cell
  /** Of a client in a table of persons: whose they are. */
  identifies?: true
  /** What stands there for a person who belongs to no client. */
  ofNobody?: string
}

/** Several values of a cell that may hold any sign but this. */
const joined = (parts: readonly { value: string; kind: string }[], kind: string, sign: string) =>
  parts
    .filter((part) => part.kind === kind)
    .map(({ value }) => value)
    .join(sign)

/** Links hold commas, so they are parted by the sign alone; after the only one it guards a semicolon. */
const linksCell = (links: readonly string[]): string =>
  links.length === 1 && links[0]?.includes(';')
    ? `${links[0]} ${listSign}`
    : links.join(` ${listSign} `)

const keysOf = <T extends object>(kinds: T) => Object.keys(kinds) as (keyof T & string)[] // Object.keys forgets the key type

const columnsOf = (fields: readonly ImportField[], names: Names): Column[] => {
  const { language } = names
  const label = (options: Record<string, Label>, value: string | undefined) =>
    options[value ?? '']?.[language] ?? ''
  const column = (target: NamedTarget, rest: Omit<Column, 'label'>): Column => ({
    label: targets[target],
    ...rest,
  })
  /** A column of each of the two. */
  const contact = (of: 'client' | 'person', target: string, cell: (row: Contact) => Cell) =>
    of === 'client'
      ? column(target as NamedTarget, { ofClient: cell }) // made of a kind below
      : column(`person.${target}` as NamedTarget, { ofPerson: cell })
  const ways = (of: 'client' | 'person'): Column[] => [
    ...keysOf(phoneKinds).map((kind) =>
      contact(of, `phone.${kind}`, ({ phones }) => joined(phones, kind, '; ')),
    ),
    ...keysOf(emailKinds).map((kind) =>
      contact(of, `email.${kind}`, ({ emails }) => joined(emails, kind, '; ')),
    ),
    ...keysOf(networks).map((kind) =>
      contact(of, `messenger.${kind}`, ({ messengers }) =>
        listWords(messengers.filter((each) => each.kind === kind).map(({ value }) => value)),
      ),
    ),
    ...keysOf(addressKinds).map((kind) =>
      contact(of, `address.${kind}`, ({ addresses }) => joined(addresses, kind, ` ${listSign} `)),
    ),
    contact(of, 'link', ({ links }) => linksCell(links.map(({ value }) => value))),
  ]
  const access = (of: 'client' | 'person'): Column[] => [
    contact(
      of,
      'managers',
      ({ managers = [] }) =>
        listWords(managers.flatMap((id) => names.records.get(id) ?? [])) ||
        (managers.length === 0 ? nobody : ''),
    ),
    contact(of, 'tags', ({ tags = [] }) => listWords(tagNames(names.entries, tags))),
  ]
  const others = (of: 'client' | 'person'): Column[] =>
    fields
      .filter((field) => field.of === of)
      .map(({ info, label }): Column => {
        const cell = (row: Contact): Cell => {
          if (info.kind === 'dates') return datesCell(row, info.key, language)
          // Nothing there means closed; an empty cell would leave it to who loads the table.
          const value = info.key === 'open' ? (row.open ?? 'closed') : fieldValue(info, { ...row })
          return cellOf(info, value, names)
        }
        return { label, ...(of === 'client' ? { ofClient: cell } : { ofPerson: cell }) }
      })
  return [
    column('name', { ofClient: ({ name }) => name, identifies: true }),
    column('last', { ofClient: ({ lastName = '' }) => lastName }),
    column('first', { ofClient: ({ firstName = '' }) => firstName }),
    column('middle', { ofClient: ({ middleName = '' }) => middleName }),
    column('kind', {
      ofClient: ({ kind }) => label(clientKinds, kind),
      identifies: true,
      ofNobody: personType.label[language],
    }),
    column('fullName', { ofClient: ({ fullName = '' }) => fullName }),
    column('inn', { ofClient: ({ inn = '' }) => inn, identifies: true }),
    column('kpp', { ofClient: ({ kpp = '' }) => kpp, identifies: true }),
    column('ogrn', { ofClient: ({ ogrn = '' }) => ogrn }),
    column('relation', { ofClient: ({ relation }) => label(relations, relation) }),
    ...ways('client'),
    ...access('client'),
    column('segments', {
      ofClient: ({ segments = [] }) =>
        listWords([...new Set(segments.flatMap((id) => names.records.get(id) ?? []))]),
    }),
    ...others('client'),
    column('note', { ofClient: ({ note = '' }) => note }),
    column('person.name', { ofPerson: ({ name }) => name }),
    column('person.last', { ofPerson: ({ lastName = '' }) => lastName }),
    column('person.first', { ofPerson: ({ firstName = '' }) => firstName }),
    column('person.middle', { ofPerson: ({ middleName = '' }) => middleName }),
    column('person.position', { ofPerson: ({ position = '' }) => position }),
    ...ways('person'),
    ...access('person'),
    ...others('person'),
    column('person.note', { ofPerson: ({ note = '' }) => note }),
    column('id', { ofClient: ({ id }) => id, identifies: true }),
    column('person.id', { ofPerson: ({ id }) => id }),
  ]
}

/** Days of one kind. One with its year is a day for a spreadsheet, too. */
const datesCell = (row: Contact, key: string, language: Names['language']): Cell => {
  const dates = row.dates.filter(({ kind }) => key === `dates/${kind}`)
  const [only] = dates
  if (dates.length === 1 && only?.remind === undefined && only && !only.value.startsWith('--'))
    return { day: only.value }
  return dates.map((date) => dateWords(date, language)).join(` ${listSign} `)
}

export interface ContactsTable {
  /** A client and all of their persons that are taken out. */
  addClient: (client: Client, persons: readonly Person[]) => void
  /** A person, and whose they are. */
  addPerson: (person: Person, client: Client | null) => void
  /** Headings first. Columns in which nothing stands are left out. */
  end: () => Cell[][]
}

export const contactsTable = (fields: readonly ImportField[], names: Names): ContactsTable => {
  const columns = columnsOf(fields, names)
  const rows: Cell[][] = []
  const filled = new Set<number>()
  const add = (cellIn: (column: Column) => Cell | undefined) => {
    const cells = columns.map((column) => cellIn(column) ?? '')
    for (const [at, cell] of cells.entries()) if (cell !== '') filled.add(at)
    rows.push(cells)
  }
  return {
    addClient: (client, persons) => {
      for (const person of persons.length > 0 ? persons : [null])
        add(({ ofClient, ofPerson }) => ofClient?.(client) ?? (person ? ofPerson?.(person) : ''))
    },
    addPerson: (person, client) =>
      add(({ ofClient, ofPerson, identifies, ofNobody }) => {
        if (!ofClient) return ofPerson?.(person)
        if (!client) return ofNobody
        return identifies ? ofClient(client) : ''
      }),
    end: () => {
      const kept = [...columns.keys()].filter((at) => filled.has(at))
      const heads = kept.map((at) => columns[at]?.label[names.language] ?? '')
      return [heads, ...rows.map((cells) => kept.map((at) => cells[at] ?? ''))]
    },
  }
}
