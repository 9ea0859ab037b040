/** The cells of a row, gathered by whom they speak of: the client, or the contact person. No I/O. */
import { normaliseEmail } from '../../shared/emails.ts'
import { listSign } from '../../shared/fields/words.ts'
import {
  isNobody,
  oneLine,
  phoneOf,
  plain,
  splitCell,
  splitEmails,
  splitPhones,
  splitTags,
} from './cells.ts'
import { fieldOf } from './field-cells.ts'
import { type ImportField, type Target, waysOf } from './targets.ts'
import type { ProblemCode, Reference, ValueOptions, Ways } from './values.ts'

/** Limits of `shared/records`: what is longer is not a name but a mistake in the mapping. */
export const limits = {
  name: 500,
  personName: 300,
  fullName: 1000,
  line: 500,
  tag: 60,
  segment: 200,
  position: 200,
  note: 90_000,
} as const

/** What the cells of a row say of one of the two, before it is known who is who. */
export interface Side {
  ways: Ways
  notes: string[]
  tags: string[]
  /** Of a client: those by hand. */
  segments: string[]
  managers: string[] | undefined
  fields: { field: ImportField; value: unknown; cell: string }[]
  references: Reference[]
}

export const emptySide = (): Side => ({
  ways: { phones: [], emails: [], addresses: [], messengers: [], links: [], dates: [] },
  notes: [],
  tags: [],
  segments: [],
  managers: undefined,
  fields: [],
  references: [],
})

/** Cells of one value. */
export type Single = Map<Target, { value: string; column: number }>

/** Cells with several values go to their side; those with one are returned by their targets. */
export const readCells = (
  cells: readonly string[],
  { headings, mapping, employees, fields, names, byRule }: ValueOptions,
  of: { client: Side; person: Side },
  problem: (code: ProblemCode, column: number, value: string) => void,
): Single => {
  const single: Single = new Map()
  const addressParts: string[] = []
  const severalNotes = mapping.filter((target) => target === 'note').length > 1
  for (const [column, target] of mapping.entries()) {
    const cell = cells[column] ?? ''
    if (!target || cell === '') continue
    const field = fields.find((each) => each.target === target)
    if (field) {
      const side = of[field.of]
      const parsed = fieldOf(field.info, cell, names)
      if (parsed.kind === 'wrong') problem('field', column, cell)
      else if (parsed.kind === 'client')
        side.references.push({ key: field.info.key, name: parsed.name, column })
      else if (parsed.kind === 'dates') side.ways.dates.push(...parsed.dates)
      else if (parsed.value !== undefined) side.fields.push({ field, value: parsed.value, cell })
      continue
    }
    const ways = waysOf(target)
    const side = of[target.startsWith('person.') ? 'person' : 'client']
    const lines = (value: string): boolean => {
      if (value.length <= limits.line) return true
      problem('tooLong', column, value)
      return false
    }
    switch (ways?.way) {
      case 'phone':
        for (const typed of splitPhones(cell)) {
          const { value, code } = phoneOf(typed)
          if (code) problem(code, column, typed)
          else addOnce(side.ways.phones, { value, kind: ways.kind })
        }
        continue
      case 'email':
        for (const typed of splitEmails(cell)) {
          const value = normaliseEmail(typed)
          if (value) addOnce(side.ways.emails, { value, kind: ways.kind })
          else problem('email', column, typed)
        }
        continue
      case 'address':
        for (const value of cell.split(listSign).map(oneLine))
          if (value !== '' && lines(value))
            addOfKind(side.ways.addresses, { value, kind: ways.kind })
        continue
      case 'messenger':
        for (const value of splitCell(cell, /[,;\n]/))
          if (lines(value)) addOfKind(side.ways.messengers, { value, kind: ways.kind })
        continue
    }
    switch (target) {
      case 'link':
      case 'person.link':
        for (const value of splitCell(cell, /\n|;(?=\s|$)/))
          if (lines(value)) addOnce(side.ways.links, { value })
        break
      case 'addressPart':
        addressParts.push(oneLine(cell))
        break
      case 'note':
        side.notes.push(severalNotes ? `${headings[column] ?? ''}: ${cell}` : cell)
        break
      case 'person.note':
        side.notes.push(cell)
        break
      case 'tags':
      case 'person.tags':
        for (const tag of splitTags(cell))
          if (tag.length > limits.tag) problem('tooLong', column, tag)
          else if (!side.tags.includes(tag)) side.tags.push(tag)
        break
      case 'segments':
        for (const name of splitCell(cell, /[,;\n]/))
          if (name.length > limits.segment) problem('tooLong', column, name)
          else if (byRule.has(plain(name))) problem('byRule', column, name)
          else if (!side.segments.includes(name)) side.segments.push(name)
        break
      case 'managers':
      case 'person.managers':
        if (isNobody(cell)) side.managers ??= []
        else
          for (const name of splitCell(cell, /[,;]/)) {
            const id = employees.get(plain(name))
            if (id) side.managers = [...new Set([...(side.managers ?? []), id])]
            else problem('manager', column, name)
          }
        break
      default:
        single.set(target, { value: oneLine(cell), column })
    }
  }
  if (addressParts.length > 0)
    of.client.ways.addresses.push({
      value: addressParts.join(', ').slice(0, limits.line),
      kind: 'actual',
    })
  return single
}

/** An individual: what is said of the person is said of the client; what clients do not have is noted. */
export const joined = (client: Side, person: Side): Side => {
  const all: Side = {
    ways: {
      phones: [...client.ways.phones],
      emails: [...client.ways.emails],
      addresses: [...client.ways.addresses],
      messengers: [...client.ways.messengers],
      links: [...client.ways.links],
      dates: [...client.ways.dates],
    },
    notes: [...client.notes, ...person.notes],
    tags: [...new Set([...client.tags, ...person.tags])],
    segments: client.segments,
    managers: client.managers ?? person.managers,
    fields: [...client.fields],
    references: client.references,
  }
  for (const part of person.ways.phones) addOnce(all.ways.phones, part)
  for (const part of person.ways.emails) addOnce(all.ways.emails, part)
  for (const part of person.ways.addresses) addOfKind(all.ways.addresses, part)
  for (const part of person.ways.messengers) addOfKind(all.ways.messengers, part)
  for (const part of person.ways.links) addOnce(all.ways.links, part)
  for (const part of person.ways.dates) addOfKind(all.ways.dates, part)
  for (const { field, value, cell } of person.fields)
    if (field.info.definition || !sharedFields.has(field.info.key))
      all.notes.push(`${field.info.label.ru}: ${cell}`)
    else if (!all.fields.some((each) => each.field.info.key === field.info.key))
      all.fields.push({ field, value, cell })
  for (const { name } of person.references) all.notes.push(name)
  return all
}

/** Fields that clients and contact persons both have. */
const sharedFields: ReadonlySet<string> = new Set(['open', 'contactType', 'heat'])

const addOnce = <T extends { value: string }>(list: T[], part: T): void => {
  if (!list.some(({ value }) => value === part.value)) list.push(part)
}

/** One address may be the legal and the postal one. */
const addOfKind = <T extends { value: string; kind: string }>(list: T[], part: T): void => {
  if (!list.some(({ value, kind }) => value === part.value && kind === part.kind)) list.push(part)
}
