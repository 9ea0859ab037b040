/** Whatever clients and persons hold, the table that is made of them gives the same in an empty base. */
import fc from 'fast-check'
import { afterEach, expect, it } from 'vitest'
import { exportContacts } from '../../../client/export/export-contacts.ts'
import { type CheckOptions, createSession } from '../../../client/import/session.ts'
import { openBase, type ReplicaBase } from '../../../client/replica/tables.ts'
import { createWriter, drawClientId } from '../../../client/replica/writer.ts'
import type { Write } from '../../../client/replica/writes.ts'
import { writeRecords } from '../../../client/replica/writes.ts'
import { newId } from '../../../shared/ids.ts'
import { relations } from '../../../shared/records/client.ts'
import {
  addressKinds,
  emailKinds,
  networks,
  openness,
  phoneKinds,
} from '../../../shared/records/contact.ts'
import { entryId } from '../../../shared/records/directory.ts'
import { fieldKinds } from '../../../shared/records/field.ts'
import { declarationOf } from '../../../shared/records/index.ts'
import { type Subject, tokensOf } from '../../../shared/rights.ts'
import { inns } from './files.ts'

const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const admin: Subject = {
  kind: 'employee',
  id: idOf(1),
  administrator: true,
  tokens: tokensOf({ id: idOf(1), administrator: true }, []),
}

/** A name with a comma cannot be told from two names by the comma. */
const employees = { [idOf(1)]: 'Анна Смирнова', [idOf(2)]: 'Белов, Пётр', [idOf(3)]: 'Вера Ёлкина' }
const tags = { [idOf(11)]: 'опт', [idOf(12)]: 'опт, розница', [idOf(13)]: '=выставка' }
const entries = {
  heat: { [idOf(21)]: 'Горячий', [idOf(22)]: 'Холодный' },
  folder: { [idOf(23)]: 'Москва; область', [idOf(24)]: 'Урал' },
  contactType: { [idOf(25)]: 'Клиент' },
  contactRole: { [idOf(26)]: 'Бухгалтер' },
  currency: { [idOf(27)]: 'Доллар США' },
  dateKind: { [entryId('dateKind', 'birthday')]: 'День рождения', [idOf(28)]: 'Конец договора' },
}
const kinds = Object.keys(fieldKinds).filter((kind) => kind !== 'file')
const fieldId = (type: 'client' | 'person', kind: string) =>
  idOf((type === 'client' ? 100 : 200) + kinds.indexOf(kind))
const options = { a: 'Да, конечно', b: 'Нет', c: '-1' }

const directories: Write[] = [
  ...Object.entries(tags).map(
    ([id, name]): Write => ({ type: 'directory', id, patch: { directory: 'tag', name } }),
  ),
  ...Object.entries(entries).flatMap(([directory, list]) =>
    Object.entries(list).map(
      ([id, name]): Write => ({
        type: 'directory',
        id,
        patch: { directory, name, ...(directory === 'currency' && { code: 'USD' }) },
      }),
    ),
  ),
  ...(['client', 'person'] as const).flatMap((recordType) =>
    kinds.map(
      (kind): Write => ({
        type: 'field',
        id: fieldId(recordType, kind),
        patch: {
          recordType,
          kind,
          name: `Поле ${kind} (${recordType})`,
          options: Object.fromEntries(
            Object.entries(options).map(([id, name], at) => [id, { name, order: `a${at}` }]),
          ),
        },
      }),
    ),
  ),
]

const bases: ReplicaBase[] = []
afterEach(async () => {
  for (const base of bases.splice(0)) await base.delete()
})

const openOne = async (writes: readonly Write[]): Promise<ReplicaBase> => {
  const base = openBase(`round-trip-${newId()}`)
  bases.push(base)
  await base.open()
  for (const [id, name] of Object.entries(employees))
    await base.employee.put({
      id,
      type: 'employee',
      name,
      email: `${id}@firm.test`,
      role: 'employee',
    })
  const result = await writeRecords(
    { base, writer: createWriter(drawClientId), subject: () => admin, clock: Date.now },
    [...directories, ...writes],
  )
  if (!result.ok) throw new Error(`${result.reason} ${result.field}`)
  return base
}

const letters = [...'абвЁяZq019 .,;:=+-@\'"_()<>&%/|\\№'].map((letter) => fc.constant(letter))
const text = (extra: string[] = []) =>
  fc
    .array(fc.oneof(...letters, ...extra.map((each) => fc.constant(each))), {
      minLength: 1,
      maxLength: 20,
    })
    .map((list) => list.join('').replaceAll(':::', ':'))
    .map((value) => (extra.length > 0 ? value.trim() : value.replace(/\s+/g, ' ').trim()))
    .filter((value) => value !== '')
const line = text()
const lines = text(['\n', '\r\n', '\t', '_x000D_'])

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })
const oneOf = <T extends object>(list: T) => fc.constantFrom(...Object.keys(list))
const some = <T extends object>(list: T) =>
  fc.uniqueArray(oneOf(list), { maxLength: 3 }).map((ids) => (ids.length > 0 ? ids : undefined))

const parts = (values: fc.Arbitrary<object>, by: (part: object) => string) =>
  fc
    .uniqueArray(values, { maxLength: 4, selector: by })
    .map((list) =>
      Object.fromEntries(list.map((part, at) => [newId(), { ...part, order: `a${at}` }])),
    )
const whole = (part: object) => JSON.stringify(part)
const value = (part: object) => String((part as { value: string }).value)

const day = fc
  .date({ min: new Date('1850-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const yearless = day.map((each) => `--${each.slice(5)}`)
const digits = fc.integer({ min: 1_000_000, max: 9_999_999 })

/** A few numbers for many: two clients that share one stay two. */
const phone = fc.oneof(
  fc.constantFrom('+74951234567', '+79161234567', '+442079460958'),
  digits.map((each) => `+7903${each}`),
  digits.map((each) => `+7495${each} доб. ${each % 1000}`),
  fc.constantFrom('112', '1234'),
)

/** Objects as JSON gives them. */
const json = { noNullPrototype: true } as const

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })
const customOf = (type: 'client' | 'person', names: readonly string[]) => {
  const byKind: Record<string, fc.Arbitrary<unknown>> = {
    text: lines,
    longText: lines,
    number: fc.oneof(finite, fc.integer()).map((each) => (Object.is(each, -0) ? 0 : each)),
    money: fc.record(
      {
        amount: fc.oneof(
          fc.integer({ min: -1e12, max: 1e12 }).map((each) => each / 100),
          fc.double({ min: 1e-5, max: 1e15, noNaN: true }),
        ),
        currency: fc.constantFrom('RUB', 'USD', 'KZT'),
      },
      json,
    ),
    date: day,
    yesNo: fc.boolean(),
    oneOf: oneOf(options),
    manyOf: fc.uniqueArray(oneOf(options), { minLength: 1 }),
    phone: fc.constantFrom('+74951234567', '+79161234567'),
    email: fc.constant('field@firm.test'),
    link: fc.constantFrom('https://firm.test/?a=1;b=2', 'firm.test'),
    client: fc.constantFrom(...names),
    employee: oneOf(employees),
  }
  return fc
    .record(
      Object.fromEntries(kinds.map((kind) => [kind, maybe(byKind[kind] ?? fc.constant(0))])),
      json,
    )
    .map((values) => {
      const given = Object.entries(values).filter(([, each]) => each !== undefined)
      return Object.fromEntries(given.map(([kind, each]) => [fieldId(type, kind), each]))
    })
}

const contact = (type: 'client' | 'person', names: readonly string[]) => ({
  phones: parts(fc.record({ value: phone, kind: oneOf(phoneKinds) }), value),
  emails: parts(
    fc.record({ value: digits.map((each) => `m${each}@firm.test`), kind: oneOf(emailKinds) }),
    value,
  ),
  addresses: parts(fc.record({ value: line, kind: oneOf(addressKinds) }), whole),
  messengers: parts(fc.record({ value: line, kind: oneOf(networks) }), whole),
  links: parts(fc.record({ value: line }), value),
  dates: parts(
    fc
      .record({
        kind: oneOf(entries.dateKind),
        value: fc.oneof(day, yearless),
        remind: maybe(fc.integer({ min: 0, max: 365 })),
      })
      .map(({ remind, ...rest }) => (remind === undefined ? rest : { ...rest, remind })),
    (part) => JSON.stringify({ ...part, remind: 0 }),
  ),
  note: maybe(lines),
  managers: some(employees),
  open: maybe(oneOf(openness)),
  tags: some(tags),
  contactType: maybe(oneOf(entries.contactType)),
  heat: maybe(oneOf(entries.heat)),
  custom: customOf(type, names),
})

const withoutEmpty = (record: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(record).filter(([, each]) => each !== undefined))

/** None, or some. */
const nameParts = {
  lastName: maybe(line),
  firstName: maybe(line),
  middleName: maybe(line),
}

/** Clients with names of their own, since fields name them; persons of them and of nobody. */
const company = fc.integer({ min: 1, max: 5 }).chain((count) => {
  const ids = Array.from({ length: count }, (_, n) => idOf(1000 + n))
  const clients = ids.map((id, n) =>
    fc
      .record({
        kind: fc.constantFrom('organisation', 'entrepreneur', 'person'),
        name: line.map((name) => `${name} №${n}`),
        ...nameParts,
        lastName: maybe(line.map((name) => `${name} №${n}`)),
        fullName: maybe(line.map((name) => `${name} (полностью)`)),
        inn: maybe(fc.constantFrom(...inns)),
        kpp: maybe(fc.constantFrom('770101001', '027701001')),
        ogrn: maybe(fc.constant('1027700132195')),
        relation: maybe(oneOf(relations)),
        // A row further down, and so no ring.
        parent: maybe(fc.constantFrom(undefined, ...ids.slice(n + 1))),
        folder: maybe(oneOf(entries.folder)),
        currency: maybe(oneOf(entries.currency)),
        ...contact('client', ids),
      })
      .map((patch): Write => ({ type: 'client', id, patch: withoutEmpty(patch) })),
  )
  const person = fc
    .record({
      name: line,
      ...nameParts,
      client: maybe(fc.constantFrom(...ids)),
      position: maybe(line),
      role: maybe(oneOf(entries.contactRole)),
      keyPerson: maybe(fc.boolean()),
      ...contact('person', ids),
    })
    .map(withoutEmpty)
  return fc
    .tuple(fc.tuple(...clients), fc.array(person, { maxLength: 5 }))
    .map(([made, persons]): Write[] => [
      ...made,
      ...persons.map((patch, n): Write => ({ type: 'person', id: idOf(2000 + n), patch })),
    ])
})

/** Of the base and not of the record. */
const ofTheBase: ReadonlySet<string> = new Set(['imports', 'createdAt', 'createdBy'])

/** All that a table holds: ids by the names of what they name, lists without the ids of their parts. */
const contentOf = async (base: ReplicaBase) => {
  const [clients, persons] = await Promise.all([base.client.toArray(), base.person.toArray()])
  const nameOf = new Map(clients.map(({ id, name }) => [id, name]))
  const plain = (row: (typeof clients)[number] | (typeof persons)[number]) => {
    const type = row.type === 'client' ? 'client' : 'person'
    const lists = Object.fromEntries(
      (['phones', 'emails', 'addresses', 'messengers', 'links', 'dates'] as const).map((name) => [
        name,
        row[name]
          .map(({ id: _, order: __, ...part }) => JSON.stringify(part, Object.keys(part).sort()))
          // Within a kind they stay in their order.
          .sort(),
      ]),
    )
    const named = (value: unknown): unknown =>
      typeof value === 'string' ? (nameOf.get(value) ?? value) : value
    const custom = Object.entries(row.custom ?? {}).map(([key, value]) => [key, named(value)])
    const fields = Object.entries(row).filter(
      ([name]) => Object.hasOwn(declarationOf(type).fields, name) && !ofTheBase.has(name),
    )
    return {
      ...Object.fromEntries(fields),
      ...lists,
      custom: Object.fromEntries(custom),
      open: row.open ?? 'closed',
      managers: [...(row.managers ?? [])].sort(),
      tags: [...(row.tags ?? [])].sort(),
      ...('parent' in row && { parent: named(row.parent) }),
      ...('client' in row && { client: named(row.client) }),
    }
  }
  const sorted = (list: object[]) =>
    list
      .map((each) => JSON.stringify(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1))))
      .sort()
      .map((each) => Object.fromEntries(JSON.parse(each)))
  return { clients: sorted(clients.map(plain)), persons: sorted(persons.map(plain)) }
}

const load = async (base: ReplicaBase, blob: Blob) => {
  const session = createSession({ base, clock: Date.now, onProgress: () => {} })
  const read = await session.read(blob, {}, 'Столбец')
  if (!read.ok) throw new Error(read.reason)
  const options: CheckOptions = {
    mapping: read.value.mapping,
    kind: 'auto',
    mode: 'overwrite',
    withMistakes: false,
    defaults: { managers: [idOf(1)], tags: [] },
    stamp: { id: newId(), at: Date.now() },
    by: idOf(1),
    self: null,
  }
  const check = await session.check(options)
  const problems = (await session.rows('all', 0, 1000)).flatMap((row) => row.problems)
  const end = await session.load(options, admin)
  return { mapping: read.value.mapping, check, problems, end }
}

it.each(['csv', 'xlsx'] as const)(
  'clients and persons come back from %s as they were, and again as nothing new',
  async (format) => {
    await fc.assert(
      fc.asyncProperty(
        company,
        fc.constantFrom('ru' as const, 'en' as const),
        async (writes, language) => {
          const from = await openOne(writes)
          const to = await openOne([])
          const files: Blob[] = []
          for (const table of ['client', 'person'] as const) {
            const ids = await from[table].toCollection().primaryKeys()
            const file = await exportContacts(from, table, ids, admin, language, format)
            expect(file).toMatchObject({ count: ids.length, withheld: 0, cut: 0 })
            if (ids.length > 0) files.push(file.blob)
          }
          for (const file of files) {
            const { mapping, problems, end } = await load(to, file)
            expect(mapping).not.toContain(null)
            expect(problems).toEqual([])
            expect(end).toMatchObject({ kind: 'done', failed: [] })
          }
          expect(await contentOf(to)).toEqual(await contentOf(from))
          for (const file of files)
            expect((await load(to, file)).end.counts).toMatchObject({ create: 0, change: 0 })
        },
      ),
      { numRuns: 4 },
    )
  },
  60_000,
)
