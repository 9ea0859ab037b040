/** What the relay counts, in the form Prometheus reads. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { PipelineMeter } from './commit/pipeline.ts'

export interface Metrics {
  commits: PipelineMeter
  feedStreams: Gauge
  rooms: Gauge
  /** The page that Prometheus reads. */
  page(): Promise<string>
  contentType: string
}

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
    page: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
