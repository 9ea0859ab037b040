/** What SQLite reads for each statement of the store, with no statistics, as a relay starts. */
import Database from 'better-sqlite3'
import { afterEach, expect, test, vi } from 'vitest'
import { openSqlite } from '../../../sync-server/store/sqlite.ts'

/** Tables that grow with the company's work. */
const growing = 'document|history|lookup|file_link|audience_loss'

/**
 * A step of a plan that reads a growing table from end to end: by no index, or by one of which only the
 * workspace is known, which is all there is.
 */
const walk = (aliases: string): RegExp =>
  new RegExp(`^(SCAN|SEARCH) (${aliases}) (?!.*\\(workspace=\\? AND)`)

/** Statements that have to read all, each asked for rarely and none for a change. */
const whole = [
  // How much a device lacks, once when its feed opens.
  'SELECT audience, type, count(*)',
  // An entry of a directory goes: is it in use anywhere?
  'SELECT type, count(*) AS n FROM document',
]

afterEach(() => {
  vi.restoreAllMocks()
})

test('no statement reads a table from end to end but those that have to', () => {
  const bases: Database.Database[] = []
  const statements: string[] = []
  const { prepare } = Database.prototype
  vi.spyOn(Database.prototype, 'prepare').mockImplementation(function (
    this: Database.Database,
    sql: string,
  ) {
    bases.push(this)
    statements.push(sql)
    return prepare.call(this, sql)
  })
  openSqlite(':memory:').of('workspace')
  vi.restoreAllMocks()
  const [base] = bases
  const walking = statements.filter((sql) => {
    const aliases = [...sql.matchAll(new RegExp(`(?:${growing}) ([a-z])\\b`, 'g'))].map(
      ([, alias]) => alias,
    )
    const values = Array.from({ length: sql.split('?').length - 1 }, () => 'x')
    const plan = base?.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
    const step = walk([growing, ...aliases].join('|'))
    return plan?.all(...values).some(({ detail }) => step.test(detail))
  })
  expect(statements.length).toBeGreaterThan(50)
  expect(walking.filter((sql) => !whole.some((known) => sql.startsWith(known)))).toEqual([])
})
