/**
 * Y.Doc → row, and the judgement whether a document is well formed. The relay projects once and the
 * row travels with the state; a device projects itself only what it changed.
 */
import * as v from 'valibot'
import * as Y from 'yjs'
import { isId } from '../ids.ts'
import { fail, ok, type Result } from '../reasons.ts'
import { type CustomValue, customValue } from './custom-value.ts'
import type { Declaration, Row } from './declaration.ts'
import { declarationOf, type RecordType, recordTypes } from './index.ts'
import { type MessageEntry, message, messageState, segmentColumns } from './segment.ts'
import { itemsOf } from './sets.ts'

/** A document for a record. A guid must be given: Yjs draws a UUID otherwise, 20 times the cost. */
export const openDoc = (id: string, state?: Uint8Array | null, writer?: number): Y.Doc => {
  const doc = new Y.Doc({ guid: id })
  if (state) Y.applyUpdate(doc, state)
  // After the state: Yjs draws another id when it is given structs of its own.
  if (writer !== undefined) doc.clientID = writer
  return doc
}

/** What of a declaration a projection asks, made once: fields are dozens, and projections many. */
interface Plan {
  /** Root names that a document of this type may have. */
  roots: ReadonlySet<string>
  /** Fields that are lists of parts: there with no parts too. */
  parts: readonly string[]
  /** Fields that are texts, or required. */
  late: readonly (readonly [name: string, field: Declaration['fields'][string]])[]
}

const planOf = ({ fields, maps = [] }: Declaration): Plan => {
  const named = Object.entries(fields)
  const namesOf = (wanted: string) =>
    named.flatMap(([name, { kind }]) => (kind === wanted ? [name] : []))
  return {
    roots: new Set(['f', ...maps, ...namesOf('prose')]),
    parts: namesOf('parts'),
    late: named.filter(([, { kind, required }]) => kind === 'prose' || required),
  }
}

const plans = Object.fromEntries(
  recordTypes.map((type) => [type, planOf(declarationOf(type))]),
) as Record<RecordType, Plan> // one for each of them

/**
 * Projects a document to its row.
 * Fails with `unknownField`, `invalidValue` or `missingRequired` and the field's name.
 */
export const project = (type: RecordType, id: string, doc: Y.Doc): Result<Row> => {
  const declaration = declarationOf(type)
  const { roots, parts, late } = plans[type]
  for (const name of doc.share.keys()) if (!roots.has(name)) return fail('unknownField', name)
  const row: Row = { id, type }
  const partsByField = new Map<string, { id: string; order: string }[]>()
  for (const name of parts) partsByField.set(name, [])

  const sets = new Map<string, { list: string[]; keys: Map<string, boolean> }>()
  const values: Record<string, Record<string, CustomValue>> = {}
  for (const [key, value] of doc.getMap('f').entries()) {
    const slash = key.indexOf('/')
    const name = slash < 0 ? key : key.slice(0, slash)
    const field = Object.hasOwn(declaration.fields, name) ? declaration.fields[name] : undefined
    if (!field || field.kind === 'prose') return fail('unknownField', key.slice(0, 100))
    if (field.kind === 'set') {
      const kept = sets.get(name) ?? { list: [], keys: new Map() }
      sets.set(name, kept)
      if (slash >= 0 && typeof value === 'boolean') kept.keys.set(key.slice(slash + 1), value)
      else if (slash < 0 && isTexts(value)) kept.list = value
      else return fail('invalidValue', name)
      continue
    }
    if ((field.kind === 'scalar') !== slash < 0) return fail('unknownField', key.slice(0, 100))
    if (field.kind === 'values') {
      const part = key.slice(slash + 1)
      const parsed = v.safeParse(customValue, value)
      if (!isId(part)) return fail('unknownField', key.slice(0, 100))
      if (!parsed.success) return fail('invalidValue', key)
      values[name] = { ...values[name], [part]: parsed.output }
    } else if (field.kind === 'scalar') {
      const parsed = v.safeParse(field.schema, value)
      if (!parsed.success) return fail('invalidValue', name)
      row[name] = parsed.output
    } else {
      const order = (value as { order?: unknown } | null)?.order // any JSON; checked on this line
      const parsed = v.safeParse(field.schema, value)
      if (!parsed.success || typeof order !== 'string' || order.length > 500)
        return fail('invalidValue', name)
      partsByField
        .get(name)
        ?.push({ ...(parsed.output as object), id: key.slice(slash + 1), order })
    }
  }
  for (const [name, list] of partsByField)
    row[name] = list.sort((a, b) =>
      a.order === b.order ? (a.id < b.id ? -1 : 1) : a.order < b.order ? -1 : 1,
    )

  for (const [name, { list, keys }] of sets) {
    const items = itemsOf(list, keys)
    const field = declaration.fields[name]
    if (field?.kind !== 'set' || items.length > field.maxItems) return fail('invalidValue', name)
    if (items.some((item) => item.length > field.maxLength)) return fail('invalidValue', name)
    if (items.length > 0) row[name] = items
  }
  Object.assign(row, values)
  const { composed } = declaration
  const whole = composed?.join(row)
  if (composed && whole) row[composed.field] = whole
  for (const [name, field] of late) {
    if (field.kind === 'prose') {
      const text = doc.getText(name).toString()
      if (text.length > field.maxLength) return fail('invalidValue', name)
      if (text !== '') row[name] = text
    }
    if (field.required && row[name] === undefined) return fail('missingRequired', name)
  }
  if (declaration.derived) Object.assign(row, declaration.derived.of(row))
  if (declaration.maps) {
    const messages = projectMessages(doc)
    if (!messages.ok) return messages
    Object.assign(row, segmentColumns(messages.value))
  }
  return ok(row)
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')

/** `mail:<externalId>`; the id is the provider's own and may hold anything printable. */
const messageKey = /^[a-z]{1,20}:[^\p{Cc}]{1,900}$/u

const projectMessages = (doc: Y.Doc): Result<MessageEntry[]> => {
  const states = doc.getMap('s')
  const entries: MessageEntry[] = []
  for (const [key, value] of doc.getMap('m').entries()) {
    const parsed = v.safeParse(message, value)
    if (!parsed.success || !messageKey.test(key)) return fail('invalidValue', 'm')
    const raw = states.get(key)
    const state = raw === undefined ? null : v.safeParse(messageState, raw)
    if (state && !state.success) return fail('invalidValue', 's')
    entries.push({ ...parsed.output, key, state: state?.output ?? null })
  }
  for (const key of states.keys()) if (!doc.getMap('m').has(key)) return fail('invalidValue', 's')
  return ok(entries)
}

/**
 * What of `after` is worth sending to one that holds `before`: all of it, but of messages only
 * those that changed, since a row of a busy month weighs megabytes.
 */
export const rowChange = (before: Row | null, after: Row): Row => {
  const declaration = declarationOf(after.type as RecordType) // rows are projected by a known type
  if (!before || !declaration.maps) return after
  const old = new Map(
    (before.messages as MessageEntry[]).map((entry) => [entry.key, JSON.stringify(entry)]),
  )
  const messages = (after.messages as MessageEntry[]).filter(
    (entry) => old.get(entry.key) !== JSON.stringify(entry),
  )
  return { ...after, messages }
}
