/** What the relay counts, in the form Prometheus reads. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Census, CensusOfType } from './census.ts'
import type { PipelineMeter } from './commit/pipeline.ts'
import type { StoreSizes } from './store/store.ts'

export interface Metrics {
  commits: PipelineMeter
  feedStreams: Gauge
  rooms: Gauge
  /** A push was answered: how many changes it brought, and how long they took. */
  pushed(entries: number, seconds: number): void
  /** A program's request was answered. */
  asked(status: number, seconds: number): void
  sizes(sizes: StoreSizes): void
  census(census: Census): void
  /** The page that Prometheus reads. */
  page(): Promise<string>
  contentType: string
}

const countedNames = [
  'documents',
  'bytes',
  'largestBytes',
  'vectorEntries',
  'mostVectorEntries',
] as const

export const openMetrics = (): Metrics => {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const commits = new Counter({
    name: 'interes_commits_total',
    help: 'Changes stored',
    registers,
  })
  const refusals = new Counter({
    name: 'interes_refusals_total',
    help: 'Changes refused, by reason',
    labelNames: ['reason'],
    registers,
  })
  const groups = new Histogram({
    name: 'interes_commit_group_size',
    help: 'Changes that shared one transaction',
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
    registers,
  })
  const seconds = new Histogram({
    name: 'interes_commit_seconds',
    help: 'Time of one durable transaction',
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1],
    registers,
  })
  const bytes = new Histogram({
    name: 'interes_document_bytes',
    help: 'Encoded size of the documents stored',
    buckets: [256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216],
    registers,
  })
  const pushEntries = new Histogram({
    name: 'interes_push_entries',
    help: 'Changes in one push',
    buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500],
    registers,
  })
  const pushSeconds = new Histogram({
    name: 'interes_push_seconds',
    help: 'From a push read to its answer',
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5],
    registers,
  })
  const programs = new Histogram({
    name: 'interes_rest_seconds',
    help: 'From a request of a program to its answer, by the first digit of the status',
    labelNames: ['status'],
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5],
    registers,
  })
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers })
  const base = gauge('interes_base_bytes', 'The base on the disk, without its log')
  const free = gauge('interes_base_free_bytes', 'Of the base: free for what is written next')
  const log = gauge('interes_log_bytes', 'The write-ahead log on the disk')
  const takenAt = gauge('interes_census_timestamp_seconds', 'When the records were last counted')
  const history = gauge('interes_history_rows', 'History entries, at the last count')
  const ofType = (name: string, help: string) =>
    new Gauge({ name, help: `${help}, at the last count`, labelNames: ['type'], registers })
  const counted = {
    documents: ofType('interes_documents', 'Records'),
    bytes: ofType('interes_state_bytes', 'Encoded states'),
    largestBytes: ofType('interes_state_largest_bytes', 'The largest encoded state'),
    vectorEntries: ofType('interes_state_vector_entries', 'Page loads that wrote into records'),
    mostVectorEntries: ofType(
      'interes_state_vector_most_entries',
      'Page loads that wrote into one record, the most',
    ),
  } satisfies Record<keyof CensusOfType, Gauge>

  return {
    commits: {
      group: (size, took) => {
        commits.inc(size)
        groups.observe(size)
        seconds.observe(took)
      },
      refused: (reason) => refusals.inc({ reason }),
      stored: (size) => bytes.observe(size),
    },
    feedStreams: new Gauge({ name: 'interes_feed_streams', help: 'Open feed streams', registers }),
    rooms: new Gauge({ name: 'interes_rooms', help: 'Records open in live rooms', registers }),
    pushed: (entries, seconds) => {
      pushEntries.observe(entries)
      pushSeconds.observe(seconds)
    },
    asked: (status, seconds) =>
      programs.observe({ status: `${Math.floor(status / 100)}xx` }, seconds),
    sizes: (sizes) => {
      base.set(sizes.base)
      free.set(sizes.free)
      log.set(sizes.log)
    },
    census: ({ at, byType, historyRows }) => {
      takenAt.set(at / 1000)
      history.set(historyRows)
      for (const name of countedNames) {
        // A type whose last record was erased has none.
        counted[name].reset()
        for (const [type, values] of byType) counted[name].set({ type }, values[name])
      }
    },
    page: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
