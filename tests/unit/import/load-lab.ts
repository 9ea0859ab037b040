/** Files that are read, checked and loaded into a base of their own, one for each test. */
import { afterEach, beforeEach } from 'vitest'
import {
  type ContactOptions,
  createSession,
  type Progress,
} from '../../../client/import/session.ts'
import { openBase, type ReplicaBase } from '../../../client/replica/tables.ts'
import { createWriter } from '../../../client/replica/writer.ts'
import { writeRecords } from '../../../client/replica/writes.ts'
import { newId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import { type Subject, tokensOf } from '../../../shared/rights.ts'

/** Who loads. */
export const me = '00000000-0000-4000-8000-0000000000aa'
export const subject: Subject = {
  kind: 'employee',
  id: me,
  administrator: false,
  tokens: tokensOf({ id: me, administrator: false }, []),
}

export const csv = (...rows: string[]) => new Blob([rows.join('\r\n')])

export const segment = { type: 'clientSegment', createdAt: 1 } as const

export const withoutIds = (list: object[]) =>
  list.map((part) => {
    const { id: _, order: __, ...rest } = part as { id?: string; order?: string }
    return rest
  })

export const loadLab = () => {
  let base: ReplicaBase
  let now = 1_700_000_000_000
  const clock = () => ++now
  beforeEach(async () => {
    base = openBase(`import-${newId()}`)
    await base.open()
  })
  afterEach(() => base.delete())

  const sessionWith = (onProgress: (progress: Progress) => void) =>
    createSession({ base, clock, onProgress })
  const session = () => sessionWith(() => {})

  const optionsOf = (more: Partial<ContactOptions> = {}): ContactOptions => ({
    mapping: [],
    kind: 'auto',
    mode: 'fill',
    defaults: { managers: [me], tags: [] },
    withMistakes: false,
    stamp: { id: newId(), at: clock() },
    by: me,
    self: me,
    ...more,
  })

  /** Reads, checks and loads a file; what the check promised and what the load did. */
  const load = async (file: Blob, more: Partial<ContactOptions> = {}, as: Subject = subject) => {
    const run = session()
    const read = await run.read(file, {}, 'Столбец')
    if (!read.ok) throw new Error(read.reason)
    const options = optionsOf({ mapping: read.value.mapping, ...more })
    const check = await run.check(options)
    const rows = await run.rows('all', 0, 1000)
    const end = await run.load(options, as)
    return { run, options, check, rows, end, id: options.stamp.id }
  }

  const change = async (type: RecordType, id: string, patch: Patch, as: Subject = subject) => {
    const deps = { base, writer: createWriter(() => 4242), subject: () => as, clock }
    const result = await writeRecords(deps, [{ type, id, patch }])
    if (!result.ok) throw new Error(`${result.reason} ${result.field}`)
  }

  const clients = async () =>
    (await base.client.toArray()).filter(({ deletedAt }) => deletedAt === undefined)
  const named = async (name: string) => {
    const row = (await clients()).find((client) => client.name === name)
    if (!row) throw new Error(`no ${name}`)
    return row
  }

  return {
    get base() {
      return base
    },
    get now() {
      return now
    },
    change,
    clients,
    clock,
    load,
    named,
    optionsOf,
    session,
    sessionWith,
  }
}
