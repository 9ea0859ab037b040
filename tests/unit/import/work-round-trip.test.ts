import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exportWork, interactionsOf } from '../../../client/export/export-work.ts'
import type { WorkType } from '../../../client/import/plan.ts'
import { createSession } from '../../../client/import/session.ts'
import { openBase, type ReplicaBase, rowsOf } from '../../../client/replica/tables.ts'
import { createWriter } from '../../../client/replica/writer.ts'
import { type Write, writeRecords } from '../../../client/replica/writes.ts'
import { newId } from '../../../shared/ids.ts'
import { entryId } from '../../../shared/records/directory.ts'
import { defaultEntries } from '../../../shared/records/first-entries.ts'
import { simpleScenario, simpleStage } from '../../../shared/records/scenario.ts'
import { type Subject, service, tokensOf } from '../../../shared/rights.ts'

const me = '00000000-0000-4000-8000-0000000000aa'
const anna = '00000000-0000-4000-8000-0000000000bb'
const subject: Subject = {
  kind: 'employee',
  id: me,
  administrator: true,
  tokens: tokensOf({ id: me, administrator: true }, []),
}
const relay: Subject = { ...service('relay'), id: me }
const [firm, oleg, cable, call, seen, size, lot, place] = Array.from({ length: 8 }, () =>
  newId(),
) as [string, string, string, string, string, string, string, string]

let now = 1_700_000_000_000
const bases: ReplicaBase[] = []

const write = async (base: ReplicaBase, writes: Write[], as: Subject = subject) => {
  const deps = { base, writer: createWriter(() => 4242), subject: () => as, clock: () => ++now }
  const result = await writeRecords(deps, writes)
  if (!result.ok) throw new Error(`${result.reason} ${result.field}`)
}

/** What the company has before any Interest: directories, people, fields of its own, a client. */
const company = async (): Promise<ReplicaBase> => {
  const base = openBase(`round-${newId()}`)
  bases.push(base)
  await base.open()
  const employee = (id: string, name: string): Write => ({
    type: 'employee',
    id,
    patch: { name, email: `${id}@firm.test`, role: 'employee' },
  })
  await write(
    base,
    [
      ...defaultEntries.map(
        ({ type, id, row, name, more }): Write => ({
          type,
          id,
          patch: { ...row, name: name.ru, ...more?.('ru') },
        }),
      ),
      employee(me, 'Ёлкин Пётр'),
      employee(anna, 'Смирнова, Анна'),
      {
        type: 'field',
        id: size,
        patch: { recordType: 'interest', name: 'Объём, м³', kind: 'number' },
      },
      {
        type: 'field',
        id: place,
        patch: { recordType: 'interaction', name: 'Место', kind: 'text' },
      },
      { type: 'field', id: lot, patch: { recordType: 'task', name: 'Партия', kind: 'text' } },
    ],
    relay,
  )
  await write(base, [
    { type: 'client', id: firm, patch: { kind: 'organisation', name: 'ООО «Ромашка»' } },
    // The same name: only the ids in the table tell which is meant.
    { type: 'client', id: newId(), patch: { kind: 'organisation', name: 'Ромашка' } },
    { type: 'person', id: oleg, patch: { name: 'Щукин Олег', client: firm } },
  ])
  return base
}

const work: Record<Exclude<WorkType, 'product'>, Write[]> = {
  interest: [
    {
      type: 'interest',
      id: cable,
      patch: {
        name: '=Кабель; "медный"',
        client: firm,
        person: oleg,
        position: {
          scenario: simpleScenario,
          stage: simpleStage('lost'),
          kind: 'lost',
          since: new Date(2024, 2, 12, 10, 30, 15).getTime(),
          reason: entryId('lossReason', 'price'),
        },
        amount: { amount: 1_250_000.5, currency: 'USD' },
        budget: 'month',
        periods: 6,
        closeDate: '2024-04-30',
        probability: 55,
        responsible: anna,
        channel: entryId('adChannel', 'site'),
        restricted: true,
        members: [me, anna],
        description: 'Ждут скидку;\nво вторник',
        custom: { [size]: 12.5 },
        createdAt: new Date(2023, 11, 1, 9, 0).getTime(),
      },
    },
    {
      type: 'interest',
      id: newId(),
      patch: {
        name: 'Пустой',
        position: {
          scenario: simpleScenario,
          stage: simpleStage('talks'),
          kind: 'open',
          since: new Date(2024, 2, 13).getTime(),
        },
      },
    },
  ],
  task: [
    {
      type: 'task',
      id: call,
      patch: {
        title: 'Позвонить',
        kind: 'call',
        category: entryId('taskCategory', 'call'),
        client: firm,
        person: oleg,
        interest: cable,
        due: new Date(2024, 2, 15, 14, 30).getTime(),
        duration: 45,
        remind: 60,
        responsible: me,
        restricted: true,
        members: [anna],
        description: 'Уточнить',
        done: { at: new Date(2024, 2, 15, 15, 1, 2).getTime(), by: me },
        result: 'Договорились',
        custom: { [lot]: '0012' },
      },
    },
    {
      type: 'task',
      id: newId(),
      patch: {
        title: 'Договор',
        kind: 'task',
        due: Date.UTC(2024, 2, 16),
        allDay: true,
        responsible: anna,
      },
    },
  ],
  interaction: [
    {
      type: 'interaction',
      id: seen,
      patch: {
        kind: entryId('interactionKind', 'meeting'),
        at: new Date(2024, 2, 14, 11, 0).getTime(),
        contact: firm,
        contactType: 'client',
        persons: [oleg],
        text: '@Показали образцы',
        custom: { [place]: 'У них, на складе' },
      },
    },
  ],
}

const load = async (base: ReplicaBase, content: WorkType, blob: Blob) => {
  const run = createSession({ base, clock: () => ++now, onProgress: () => {} })
  const read = await run.read(blob, {}, 'Столбец', content)
  if (!read.ok) throw new Error(read.reason)
  const options = {
    content,
    mapping: read.value.mapping,
    mode: 'overwrite' as const,
    defaults: { responsible: me, scenario: '', tags: [], restricted: false },
    withMistakes: false,
    stamp: { id: newId(), at: ++now },
    by: me,
  }
  await run.check(options)
  const rows = await run.rows('all', 0, 100)
  return { end: await run.load(options, subject), rows }
}

/** What people see of a record; not its id, nor when it was written here. */
const content = (row: object): unknown => {
  const { id, imports, entered, createdBy, createdAt, ...rest } = row as Record<string, unknown>
  const { importIds, openAt, closedAt, places, listedAt, words, facets, sortName, ...seenOf } = rest
  return JSON.parse(JSON.stringify(seenOf))
}

let base: ReplicaBase
beforeEach(async () => {
  base = await company()
  for (const type of ['interest', 'task', 'interaction'] as const) await write(base, work[type])
})
afterEach(() => Promise.all(bases.splice(0).map((each) => each.delete())))

describe.each(['csv', 'xlsx'] as const)('Interests, tasks and events in %s (F45)', (format) => {
  it('come back as they were, into another base and into their own', async () => {
    const other = await company()
    for (const type of ['interest', 'task', 'interaction'] as const) {
      const ids = work[type].map(({ id }) => id)
      const { blob, count } = await exportWork(base, type, ids, subject, 'ru', format)
      expect(count).toBe(ids.length)
      const own = await load(base, type, blob)
      expect(own.rows.flatMap(({ problems }) => problems)).toEqual([])
      expect(own.end.counts).toMatchObject({ same: ids.length, create: 0, change: 0 })
      const there = await load(other, type, blob)
      expect(there.rows.flatMap(({ problems }) => problems)).toEqual([])
      expect(there.end.counts).toMatchObject({ create: ids.length })
      const [before, after] = await Promise.all([
        rowsOf(base, type).toArray(),
        rowsOf(other, type).toArray(),
      ])
      const interests = new Map((await other.interest.toArray()).map((row) => [row.name, row.id]))
      const renamed = before.map((row) => {
        const { interest } = row as { interest?: string } // a task's
        return { ...row, ...(interest && { interest: interests.get('=Кабель; "медный"') }) }
      })
      const named = (rows: object[]) =>
        new Map(
          rows.map((row) => {
            const { name, title, text } = row as { name?: string; title?: string; text?: string } // one of them
            return [name ?? title ?? text, content(row)]
          }),
        )
      expect(named(after)).toEqual(named(renamed))
    }
  })
})

describe('the export of Interests, tasks and events', () => {
  it('disarms what a spreadsheet would run', async () => {
    const interests = await exportWork(base, 'interest', [cable], subject, 'ru', 'csv')
    expect(await interests.blob.text()).toContain(`"'=Кабель; ""медный"""`)
    const events = await exportWork(base, 'interaction', [seen], subject, 'ru', 'csv')
    expect(await events.blob.text()).toContain(`;'@Показали образцы;`)
  })

  it('leaves out what this user may not take out, and names of such', async () => {
    const limited: Subject = {
      kind: 'employee',
      id: anna,
      administrator: false,
      tokens: tokensOf({ id: anna, administrator: false }, []),
    }
    const [, open] = work.interest.map(({ id }) => id)
    await write(base, [{ type: 'interest', id: cable, patch: { members: [me], responsible: me } }])
    const { count, withheld } = await exportWork(
      base,
      'interest',
      [cable, open ?? ''],
      limited,
      'ru',
      'csv',
    )
    expect({ count, withheld }).toEqual({ count: 1, withheld: 1 })
    await write(base, [{ type: 'interest', id: cable, patch: { restricted: null } }])
    const { blob } = await exportWork(base, 'interest', [cable], limited, 'ru', 'csv')
    const text = await blob.text()
    expect(text).toContain('медный')
    expect(text).not.toContain('Ромашка')
    expect(text).not.toContain(firm)
  })

  it('finds the events of clients once each, newest first', async () => {
    const later = newId()
    const patch = { ...work.interaction[0]?.patch, at: new Date(2024, 3, 1).getTime() }
    await write(base, [{ type: 'interaction', id: later, patch }])
    expect(await interactionsOf(base, [firm])).toEqual([later, seen])
    expect(await interactionsOf(base, [oleg])).toEqual([])
  })
})
