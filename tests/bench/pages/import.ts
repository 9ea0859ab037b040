/** The import of a large file, as the benchmark drives it from outside: no relay and no screens. */
import Dexie from 'dexie'
import { startImporter } from '../../../client/import/importer.ts'
import { openBase } from '../../../client/replica/tables.ts'
import { newId } from '../../../shared/ids.ts'
import type { Subject } from '../../../shared/rights.ts'

const me = '00000000-0000-4000-8000-000000000001'
const subject: Subject = {
  kind: 'employee',
  id: me,
  administrator: true,
  tokens: new Set(['all', 'admin']),
}

/** Made by the bench; parsed before anything is measured. */
const run = async (text: string) => {
  const name = `import-bench-${newId()}`
  const base = openBase(name)
  await base.open()
  const importer = startImporter(name)
  let blocked = 0
  let ticked = performance.now()
  const ticking = setInterval(() => {
    blocked = Math.max(blocked, performance.now() - ticked)
    ticked = performance.now()
  }, 1)
  const since = (at: number) => performance.now() - at
  const started = performance.now()
  const read = await importer.read(new Blob([text]), {}, 'column')
  const reading = since(started)
  if (!read.ok) throw new Error(read.reason)
  const options = {
    mapping: read.value.mapping,
    kind: 'auto' as const,
    mode: 'fill' as const,
    withMistakes: false,
    defaults: { managers: [me], tags: [] },
    stamp: { id: newId(), at: Date.now() },
    by: me,
    self: null,
  }
  const checkStarted = performance.now()
  const check = await importer.check(options)
  const checking = since(checkStarted)
  const loadStarted = performance.now()
  const end = await importer.load(options, subject)
  const loading = since(loadStarted)
  const againStarted = performance.now()
  // Another import of the same file: going on with the first one would count what that created.
  const again = await importer.check({ ...options, stamp: { id: newId(), at: Date.now() } })
  const checkingAgain = since(againStarted)
  clearInterval(ticking)
  const rows = await base.client.count()
  importer.close()
  await base.delete()
  return { reading, checking, loading, checkingAgain, blocked, rows, check, end: end.counts, again }
}

/** The same rows put with no outbox, no documents, no checks: what the disk alone takes. */
const raw = async (count: number) => {
  const base = new Dexie(`import-bench-raw-${newId()}`)
  base.version(1).stores({ client: 'id, name', docs: 'id', outbox: '++n, doc', acknowledged: 'id' })
  const started = performance.now()
  for (let at = 0; at < count; at += 200)
    await base.transaction('rw', base.tables, async () => {
      const ids = Array.from({ length: Math.min(200, count - at) }, () => newId())
      const state = new Uint8Array(400)
      await Promise.all([
        base.table('client').bulkPut(ids.map((id) => ({ id, name: `ООО «Ромашка» ${id}` }))),
        base.table('docs').bulkPut(ids.map((id) => ({ id, state }))),
        base.table('outbox').bulkAdd(ids.map((doc) => ({ doc, update: state }))),
        base.table('acknowledged').bulkPut(ids.map((id) => ({ id, state: null }))),
      ])
    })
  const taken = performance.now() - started
  await base.delete()
  return taken
}

const bench = { run, raw }
export type ImportBench = typeof bench

declare global {
  interface Window {
    importBench: ImportBench
  }
}
window.importBench = bench
