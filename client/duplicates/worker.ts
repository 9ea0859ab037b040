/** The worker of the page of duplicates: reads, compares, answers. One page has one. */
import { openBase, type ReplicaBase } from '../replica/tables.ts'
import type { Answer, Ask } from './messages.ts'
import { openRecordIndex, type RecordIndex, search } from './record-index.ts'

let base: ReplicaBase | null = null
let index: RecordIndex | null = null
/** Asks are answered one after another; of those that came meanwhile only the last counts. */
let next: Ask | null = null
let working = false

const tell = (answer: Answer) => postMessage(answer)

const answer = async ({ kind, name, table, fields, subject }: Ask): Promise<void> => {
  const started = performance.now()
  if (!base) {
    base = openBase(name)
    await base.open()
  }
  const isNew = index?.table !== table
  if (isNew) index?.close()
  index = index && !isNew ? index : openRecordIndex(base, table)
  if (kind === 'index' || isNew)
    await index.refresh((done, total) => tell({ kind: 'progress', done, total }))
  const found = await search(base, index, fields, subject)
  const took = performance.now() - started
  tell({ kind: 'found', ...found, records: index.records.size, took })
}

const work = async (): Promise<void> => {
  working = true
  while (next) {
    const ask = next
    next = null
    try {
      await answer(ask)
    } catch (error) {
      tell({ kind: 'failed', message: String(error) })
    }
  }
  working = false
}

addEventListener('message', ({ data }: MessageEvent<Ask>) => {
  next = data
  if (!working) void work()
})
