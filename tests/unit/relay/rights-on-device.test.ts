import 'fake-indexeddb/auto'
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFile } from '../../../client/replica/files.ts'
import { openBase, type ReplicaBase } from '../../../client/replica/tables.ts'
import { createWriter, drawClientId } from '../../../client/replica/writer.ts'
import { writeRecords } from '../../../client/replica/writes.ts'
import { runIndexer } from '../../../client/search/run-indexer.ts'
import { runSync } from '../../../client/sync/sync.ts'
import { monthOf, newId, segmentId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import { actions, type Matrix, scopes } from '../../../shared/rights-scopes.ts'
import { until } from '../../lab/processes.ts'
import { connector, newMailbox, openLab, type Person } from './lab.ts'

/**
 * The real replica of a limited employee, over an IndexedDB in memory, synced by the real engine
 * while rights change at random. In the end its whole base is dumped and compared with an oracle
 * that works out from the rows, by the words of F57, F278 and F282, who may read what.
 */
const people = 4
const clients = 12
const dialogs = 4
/** When all messages were written. */
const month = Date.UTC(2026, 10, 21)
const matrix = fc.record(
  Object.fromEntries(actions.map((action) => [action, fc.constantFrom(...scopes)])),
  { requiredKeys: [] },
)
const step = fc.oneof(
  fc.record({
    do: fc.constant('managers' as const),
    at: fc.nat(clients - 1),
    who: fc.subarray([0, 1, 2, 3]),
  }),
  fc.record({
    do: fc.constant('open' as const),
    at: fc.nat(clients - 1),
    open: fc.constantFrom('closed', 'read', 'write'),
  }),
  fc.record({ do: fc.constant('name' as const), at: fc.nat(clients - 1) }),
  fc.record({ do: fc.constant('role' as const), at: fc.nat(1), matrix }),
  fc.record({ do: fc.constant('dropRole' as const), at: fc.nat(1), dropped: fc.boolean() }),
  fc.record({ do: fc.constant('roles' as const), roles: fc.subarray([0, 1]) }),
  fc.record({ do: fc.constant('exception' as const), matrix, given: fc.boolean() }),
  fc.record({
    do: fc.constant('department' as const),
    who: fc.nat(people - 1),
    at: fc.option(fc.nat(2), { nil: null }),
  }),
  fc.record({
    do: fc.constant('parent' as const),
    at: fc.nat(2),
    parent: fc.option(fc.nat(2), { nil: null }),
  }),
  fc.record({ do: fc.constant('administrator' as const), is: fc.boolean() }),
  fc.record({
    do: fc.constant('mailbox' as const),
    users: fc.subarray([0, 1]),
    access: fc.constantFrom('list', 'user', 'all'),
    openForReading: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('responsible' as const),
    at: fc.nat(dialogs - 1),
    type: fc.constantFrom('dialog', 'appeal'),
    who: fc.option(fc.nat(people - 1), { nil: null }),
  }),
  fc.record({ do: fc.constant('message' as const), at: fc.nat(dialogs - 1) }),
  fc.record({ do: fc.constant('file' as const), at: fc.nat(dialogs - 1) }),
  fc.record({ do: fc.constant('note' as const), at: fc.nat(dialogs - 1) }),
  fc.record({
    do: fc.constant('away' as const),
    who: fc.nat({ max: people - 1 }),
    parts: fc.subarray(['clients', 'correspondence'], { minLength: 1 }),
    byThemselves: fc.boolean(),
    running: fc.boolean(),
  }),
  fc.record({ do: fc.constant('type' as const), at: fc.nat(clients - 1) }),
  fc.record({ do: fc.constant('cut' as const) }),
  fc.record({ do: fc.constant('wait' as const) }),
)

/** From scratch and without tokens: may `user` read `row`? */
const oracle = (user: string, rows: Row[]) => {
  const of = (type: string) =>
    rows.filter((row) => row.type === type && row.deletedAt === undefined)
  const departments = new Map(of('department').map((row) => [row.id, row.parent]))
  const employee = (person: unknown) => of('employee').find(({ id }) => id === person)
  const isAdministrator = employee(user)?.role === 'administrator'
  const homeOf = (person: unknown) => {
    const home = employee(person)?.department
    return departments.has(String(home)) ? home : undefined
  }
  const isUnder = (department: unknown, top: unknown): boolean => {
    const seen = new Set<unknown>()
    for (let at = department; departments.has(String(at)) && !seen.has(at); ) {
      if (at === top) return true
      seen.add(at)
      at = departments.get(String(at))
    }
    return false
  }
  type Limited = 'client' | 'person' | 'dialog' | 'appeal'
  const usual = { client: 'own', person: 'own', dialog: 'all', appeal: 'all' } as const
  const scopeOf = (person: unknown, type: Limited) => {
    const exception = (employee(person)?.exceptions as Matrix | undefined)?.[type]?.read
    if (exception) return exception
    const given = of('role')
      .filter(({ id }) => ((employee(person)?.roles as string[] | undefined) ?? []).includes(id))
      .map((row) => (row.matrix as Matrix | undefined)?.[type]?.read ?? usual[type])
    return scopes.findLast((scope) => given.includes(scope)) ?? usual[type]
  }
  const reaches = (person: unknown, type: Limited, owners: string[]): boolean => {
    const scope = scopeOf(person, type)
    if (scope === 'none' || scope === 'all') return scope === 'all'
    const home = homeOf(person)
    return owners.some(
      (owner) =>
        owner === person ||
        (home !== undefined && scope === 'department' && homeOf(owner) === home) ||
        (home !== undefined && scope === 'departmentBelow' && isUnder(homeOf(owner), home)),
    )
  }
  /** Whose work the user does: their own, and for a time that of who is away. */
  const hats = (part: string) => [
    { person: user as unknown, chosen: true },
    ...of('substitution')
      .filter((row) => row.deputy === user && row.absent !== user)
      .filter((row) => Number(row.from) <= Date.now() && Date.now() < Number(row.to))
      .filter((row) => !row.parts || (row.parts as string[]).includes(part))
      .map((row) => ({ person: row.absent, chosen: row.createdBy === row.absent })),
  ]
  const mayReadContact = (row: Row): boolean =>
    isAdministrator ||
    hats('clients').some(({ person }) => {
      const type = row.type as 'client' | 'person'
      if (scopeOf(person, type) === 'none') return false
      const isOpen = row.open === 'read' || row.open === 'write'
      return isOpen || reaches(person, type, (row.managers as string[] | undefined) ?? [])
    })
  const worksWith = (person: unknown, account: Row) =>
    account.access === 'all' || ((account.users as unknown[] | undefined) ?? []).includes(person)
  const mayReadOfAccount = (type: 'dialog' | 'appeal', account: unknown, responsible: unknown) => {
    const mailbox = rows.find((row) => row.id === account)
    if (!mailbox) return false
    const owners = responsible === undefined ? [] : [String(responsible)]
    return hats('correspondence').some(({ person, chosen }) => {
      if (person !== user && mailbox.access === 'user' && !chosen) return false
      if (!worksWith(person, mailbox) && mailbox.openForReading !== true) return false
      return (person === user && isAdministrator) || reaches(person, type, owners)
    })
  }
  return (row: Row): boolean => {
    switch (row.type) {
      case 'client':
      case 'person':
        return mayReadContact(row)
      case 'account':
        return (
          isAdministrator ||
          row.openForReading === true ||
          hats('correspondence').some(
            ({ person, chosen }) =>
              worksWith(person, row) && (person === user || row.access !== 'user' || chosen),
          )
        )
      case 'dialog':
      case 'appeal':
        return mayReadOfAccount(row.type, row.account, row.responsible)
      case 'segment': {
        // Whatever the segment says of itself.
        const dialog = rows.find(({ id }) => id === row.dialog)
        return mayReadOfAccount('dialog', row.account, dialog?.responsible)
      }
      default:
        return true
    }
  }
}

/** Everything in the base as text: rows, states of documents, files, search, outbox, answers. */
const dump = async (base: ReplicaBase): Promise<{ where: string; text: string }[]> => {
  const entries: { where: string; text: string }[] = []
  const contents: Promise<void>[] = []
  for (const table of base.tables) {
    await table.each((value: unknown, { primaryKey }) => {
      const where = `${table.name} ${String(primaryKey)}`
      entries.push({ where, text: `${where} ${words(value)}` })
      for (const inner of Object.values(value ?? {}))
        if (inner instanceof Blob)
          contents.push(inner.text().then((text) => void entries.push({ where, text })))
    })
  }
  await Promise.all(contents)
  return entries
}

const words = (value: unknown): string => {
  if (value instanceof Uint8Array) return new TextDecoder().decode(value)
  if (Array.isArray(value)) return value.map(words).join(' ')
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([key, inner]) => `${key} ${words(inner)}`)
      .join(' ')
  return String(value)
}

test('the whole base of a limited employee holds what they may read, and no word of anything else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 500, maxLength: 500 }), async (script) => {
      const lab = await openLab()
      const { relay, anna, app } = lab
      const boris = await lab.join('boris@romashka.ru')
      const vera = await lab.join('vera@romashka.ru')
      const gleb = await lab.join('gleb@romashka.ru')
      const everyone = [boris.id, vera.id, gleb.id, anna.id]
      const write = async (type: RecordType, id: string, patch: Patch) => {
        const written = await relay.workspace?.write(type, id, patch)
        if (!written?.ok) throw new Error(`${type} was refused: ${written?.reason}`)
      }
      // Words that stand nowhere else: one for each name that a record ever had.
      let n = 0
      const namesOf = new Map<string, string[]>()
      const rename = (id: string) => {
        const name = `Тайна${String(++n).padStart(5, '0')}`
        namesOf.set(id, [...(namesOf.get(id) ?? []), name])
        return name
      }
      const ids = Array.from({ length: clients }, newId)
      for (const [at, id] of ids.entries())
        await write(at % 3 === 2 ? 'person' : 'client', id, {
          ...(at % 3 !== 2 && { kind: 'organisation' }),
          name: rename(id),
        })
      const typeAt = (at: number) => (at % 3 === 2 ? 'person' : 'client')
      const departments = [newId(), newId(), newId()]
      for (const [at, id] of departments.entries())
        await write('department', id, { name: `Отдел ${at}` })
      const roles = [newId(), newId()]
      for (const [at, id] of roles.entries()) await write('role', id, { name: `Роль ${at}` })
      const mailbox = newId()
      await write(
        'account',
        mailbox,
        newMailbox({ access: 'list', users: [], name: rename(mailbox) }),
      )
      const conversations = Array.from({ length: dialogs }, () => {
        const dialog = newId()
        return { dialog, segment: segmentId(dialog, month), appeal: newId(), file: '' }
      })
      const say = (segment: string, dialog: string, more: object = {}) =>
        write('segment', segment, {
          dialog,
          account: mailbox,
          month: monthOf(month),
          messages: {
            [`mail:${++n}`]: {
              at: month,
              direction: 'in',
              kind: 'letter',
              author: { address: 'ivan@zavod.ru' },
              text: rename(segment),
              ...more,
            },
          },
        })
      for (const one of conversations) {
        const { dialog, segment, appeal } = one
        await write('dialog', dialog, {
          account: mailbox,
          channel: 'mail',
          subject: rename(dialog),
          peer: { address: 'ivan@zavod.ru' },
        })
        // A file is a secret of its segment.
        const content = new TextEncoder().encode(rename(segment))
        one.file = createHash('sha256').update(content).digest('hex')
        const put = { method: 'PUT', headers: connector(app).headers, body: content }
        expect((await app.request(`/files/${one.file}`, put)).status).toBe(200)
        const size = content.length
        const files = [{ hash: one.file, name: 'смета.txt', size, type: 'text/plain' }]
        await say(segment, dialog, { files })
        await write('appeal', appeal, {
          account: mailbox,
          channel: 'mail',
          dialog,
          who: { address: 'ivan@zavod.ru' },
          firstWords: rename(appeal),
          at: month,
          state: 'new',
        })
      }
      const substitutions: string[] = []
      const running = new Map<string, string>()
      const reading: Promise<unknown>[] = []

      const base = openBase(`rights-${newId()}`)
      await base.open()
      const engine = startEngine(base, app, boris)
      const own = createWriter(drawClientId)
      for (const each of script) {
        if (each.do === 'managers')
          await write(typeAt(each.at), ids[each.at] ?? '', {
            managers: each.who.map((who) => everyone[who]),
          })
        if (each.do === 'open')
          await write(typeAt(each.at), ids[each.at] ?? '', { open: each.open })
        if (each.do === 'name')
          await write(typeAt(each.at), ids[each.at] ?? '', { name: rename(ids[each.at] ?? '') })
        if (each.do === 'role')
          await write('role', roles[each.at] ?? '', {
            matrix: {
              client: each.matrix,
              person: each.matrix,
              dialog: each.matrix,
              appeal: each.matrix,
            },
          })
        if (each.do === 'dropRole')
          await write('role', roles[each.at] ?? '', { deletedAt: each.dropped ? 1 : null })
        if (each.do === 'roles')
          await write('employee', boris.id, { roles: each.roles.map((at) => roles[at]) })
        if (each.do === 'exception')
          await write('employee', boris.id, {
            exceptions: each.given ? { client: each.matrix, dialog: each.matrix } : null,
          })
        if (each.do === 'department')
          await write('employee', everyone[each.who] ?? '', {
            department: each.at === null ? null : departments[each.at],
          })
        if (each.do === 'parent')
          await write('department', departments[each.at] ?? '', {
            parent: each.parent === null ? null : departments[each.parent],
          })
        if (each.do === 'administrator')
          await write('employee', boris.id, { role: each.is ? 'administrator' : 'employee' })
        if (each.do === 'mailbox')
          await write('account', mailbox, {
            users: each.users.map((who) => everyone[who]),
            access: each.access,
            openForReading: each.openForReading,
          })
        if (each.do === 'responsible') {
          const one = conversations[each.at]
          const responsible = each.who === null ? null : everyone[each.who]
          await write(
            each.type as RecordType,
            (each.type === 'dialog' ? one?.dialog : one?.appeal) ?? '',
            {
              responsible,
            },
          )
        }
        if (each.do === 'message') {
          const one = conversations[each.at]
          if (one) await say(one.segment, one.dialog)
        }
        // Not waited for: rights change while the file is on its way.
        if (each.do === 'file')
          reading.push(
            readFile(
              { base, fetch: engine.ask, clock: () => Date.now() },
              conversations[each.at]?.file ?? '',
            ),
          )
        if (each.do === 'note') {
          const one = conversations[each.at]
          const subject = relay.workspace?.directory.subjectOf(boris.id)
          const note = {
            at: month,
            direction: 'out',
            kind: 'note',
            author: { employee: boris.id },
            text: `Слова ${n}`,
          }
          if (subject && one)
            await writeRecords(
              { base, writer: own, subject: () => subject, clock: () => Date.now() },
              [
                {
                  type: 'segment',
                  id: one.segment,
                  patch: {
                    dialog: one.dialog,
                    account: mailbox,
                    month: monthOf(month),
                    messages: { [`mail:${newId()}`]: note },
                  } as Patch,
                },
              ],
            )
        }
        if (each.do === 'away' && everyone[each.who] !== boris.id) {
          const absent = everyone[each.who] ?? ''
          const id = newId()
          const before = running.get(absent)
          if (before) await write('substitution', before, { to: Date.now() })
          running.delete(absent)
          if (each.running) {
            running.set(absent, id)
            substitutions.push(id)
            await write('substitution', id, {
              absent,
              deputy: boris.id,
              from: Date.now() - 1_000,
              to: Date.now() + 3_600_000,
              parts: each.parts,
              createdBy: each.byThemselves ? absent : anna.id,
            })
          }
        }
        if (each.do === 'cut') await engine.cut()
        if (each.do === 'wait') await new Promise((resolve) => setTimeout(resolve, 5))
        if (each.do === 'type') {
          const subject = relay.workspace?.directory.subjectOf(boris.id)
          if (subject)
            // On what is not on the device this creates a record that the relay refuses.
            await writeRecords(
              { base, writer: own, subject: () => subject, clock: () => Date.now() },
              [{ type: typeAt(each.at), id: ids[each.at] ?? '', patch: { note: `Слова ${n}` } }],
            )
        }
      }

      await write('employee', boris.id, { role: 'employee' })
      await write('employee', vera.id, { name: 'Последнее' })
      const rows: Row[] = []
      await Promise.all(reading)
      const all = [
        ...everyone,
        ...ids,
        ...departments,
        ...roles,
        mailbox,
        ...conversations.flatMap(({ dialog, segment, appeal }) => [dialog, segment, appeal]),
        ...substitutions,
      ]
      await until('the device is in step', async () => {
        const settled =
          (await base.outbox.count()) === 0 &&
          (await base.employee.get(vera.id))?.name === 'Последнее' &&
          (await base.meta.get('complete')) === true &&
          (await base.searchLog.count()) === 0
        return settled || undefined
      })
      for (const id of all) {
        const row = (await relay.workspace?.pipeline.read(id))?.row
        if (row) rows.push(row)
      }
      const mayRead = oracle(boris.id, rows)
      const readable = rows.filter(mayRead).map(({ id }) => id)
      await until(
        'what came late is stored',
        async () => {
          const held = await heldIds(base)
          return held.size === readable.length && readable.every((id) => held.has(id))
            ? true
            : undefined
        },
        3_000,
      ).catch(() => undefined)
      expect([...(await heldIds(base))].sort()).toEqual(readable.sort())

      await until(
        'the index is in step',
        async () => (await base.searchLog.count()) === 0 || undefined,
      )
      const entries = await dump(base)
      const leaks: string[] = []
      for (const row of rows) {
        const names = namesOf.get(row.id) ?? []
        const newest = names.at(-1) ?? ''
        if (mayRead(row)) expect(entries.some(({ text }) => text.includes(newest))).toBe(true)
        // Search keeps words in lower case.
        else
          for (const { where, text } of entries)
            for (const name of names)
              if (text.includes(name) || text.includes(name.toLowerCase()))
                leaks.push(`${name} of ${row.type} ${row.id} in ${where}`)
      }
      expect(leaks).toEqual([])
      await engine.stop()
      await base.delete()
    }),
    { numRuns: 2, seed: 20261122, endOnFailure: true },
  )
}, 120_000)

const heldIds = async (base: ReplicaBase): Promise<Set<string>> => {
  const held = new Set<string>()
  const types: RecordType[] = [
    'account',
    'appeal',
    'client',
    'department',
    'dialog',
    'employee',
    'person',
    'role',
    'segment',
    'substitution',
  ]
  for (const type of types)
    for (const id of await base.table(type).toCollection().primaryKeys()) held.add(String(id))
  return held
}

/** The syncing worker's part, against the relay's own doors; `cut` breaks its connections. */
const startEngine = (
  base: ReplicaBase,
  app: { request: (path: string, init?: RequestInit) => Response | Promise<Response> },
  who: Person,
) => {
  const ask: typeof fetch = async (input, { signal, ...init } = {}) => {
    const { status, headers, body } = await app.request(String(input), {
      ...init,
      headers: { ...Object.fromEntries(new Headers(init.headers)), cookie: who.cookie },
    })
    if (!body) return new Response(null, { status, headers })
    // The app knows nothing of the signal that a browser ends a stream by.
    const source = body.getReader()
    const cut = new ReadableStream<Uint8Array>({
      start: (controller) => {
        const end = () => {
          controller.error(new TypeError('cut'))
          void source.cancel()
        }
        if (signal?.aborted) end()
        else signal?.addEventListener('abort', end, { once: true })
      },
      pull: async (controller) => {
        const { done, value } = await source.read()
        if (signal?.aborted) return
        if (done) controller.close()
        else controller.enqueue(value)
      },
    })
    return new Response(cut, { status, headers })
  }
  const start = () => {
    const ending = new AbortController()
    const channel = { send: () => {}, listen: () => () => {}, close: () => {} }
    const running = Promise.all([
      runSync(
        {
          base,
          channel,
          fetch: ask,
          clock: () => Date.now(),
          random: () => 0,
          draw: drawClientId,
          device: who.device,
        },
        ending.signal,
      ),
      runIndexer({ base, now: () => performance.now(), hasRoom: async () => true }, ending.signal),
    ])
    return { ending, running }
  }
  let engine = start()
  const stop = async () => {
    engine.ending.abort()
    await engine.running
  }
  return {
    ask,
    stop,
    cut: async () => {
      await stop()
      engine = start()
    },
  }
}
