/**
 * `npm run faults [name…]`: every fault under writing devices, each saying what it counted. Prints a
 * table, ends with N passed, N failed, and with 1 on any loss.
 */
import { blackHole } from './black-hole.ts'
import { clocks } from './clocks.ts'
import { cutStreams } from './cut-streams.ts'
import { floods } from './floods.ts'
import { fullDisk } from './full-disk.ts'
import { ghostPushes } from './ghost-pushes.ts'
import { killConnectorSteps } from './kill-connector-steps.ts'
import { killRelay } from './kill-relay.ts'
import { killRelaySteps } from './kill-relay-steps.ts'
import { lockedBase } from './locked-base.ts'
import { Skipped } from './skipped.ts'
import { tabs } from './tabs.ts'

const faults: Record<string, () => Promise<string>> = {
  'kill-relay': killRelay,
  'kill-relay-steps': killRelaySteps,
  'kill-connector-steps': killConnectorSteps,
  'locked-base': lockedBase,
  'full-disk': fullDisk,
  clocks,
  'cut-streams': cutStreams,
  'ghost-pushes': ghostPushes,
  'black-hole': blackHole,
  floods,
  tabs,
}

const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !Object.hasOwn(faults, name))
if (unknown.length > 0) {
  console.error(`No fault ${unknown.join(', ')}. There are: ${Object.keys(faults).join(', ')}`)
  process.exit(1)
}

type Outcome = 'passed' | 'failed' | 'skipped'
const rows: { name: string; outcome: Outcome; seconds: number; words: string }[] = []
for (const [name, fault] of Object.entries(faults)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  console.log(`\n${name}`)
  const started = performance.now()
  let outcome: Outcome = 'passed'
  let words: string
  try {
    words = await fault()
  } catch (error) {
    outcome = error instanceof Skipped ? 'skipped' : 'failed'
    words = error instanceof Error ? error.message : String(error)
    if (outcome === 'failed') console.error(error)
  }
  const seconds = Math.round((performance.now() - started) / 1000)
  rows.push({ name, outcome, seconds, words })
  console.log(words)
}

const widest = Math.max(...rows.map(({ name }) => name.length))
console.log('')
for (const { name, outcome, seconds, words } of rows)
  console.log(
    `${name.padEnd(widest)}  ${outcome.padEnd(7)} ${String(seconds).padStart(4)} s  ${words}`,
  )
const count = (wanted: Outcome) => rows.filter(({ outcome }) => outcome === wanted).length
const skipped = count('skipped') > 0 ? `, ${count('skipped')} skipped` : ''
console.log(`\n${count('passed')} passed, ${count('failed')} failed${skipped}`)
process.exit(count('failed') > 0 || count('passed') + count('skipped') === 0 ? 1 : 0)
