/**
 * Runs the scenarios named on the command line, or all, and prints one table in Markdown beside the
 * figures kept in `baseline.json`; with `--save`, keeps the new ones; with `--size=S` or `M`, no
 * scenario takes a larger size than that.
 *
 * Each scenario runs in a process of its own, so that one that fails or takes too long leaves
 * nothing behind and does not stop the others. Ends with 1 where one failed. A goal that was missed
 * is no failure: machines differ.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { machine, readBaseline, saveBaseline } from './baseline.ts'
import { type Line, reportOf } from './report.ts'
import { scenarios } from './scenarios/index.ts'

/** What a scenario that is told to end gets to close its browser and its servers, ms. */
const endsWithin = 10_000

const entry = fileURLToPath(new URL('scenario.ts', import.meta.url))
const args = process.argv.slice(2)
const size = args.find((arg) => arg.startsWith('--size='))?.slice('--size='.length) ?? ''
const save = args.includes('--save')
const named = args.filter((arg) => !arg.startsWith('--'))
const unknown = named.filter((name) => !(name in scenarios))
if (unknown.length > 0 || !['', 'S', 'M', 'L'].includes(size)) {
  console.error(`There are: ${Object.keys(scenarios).join(', ')}; --size=S|M|L, --save`)
  process.exit(1)
}

const folder = await mkdtemp(join(tmpdir(), 'interes-bench-'))
await mkdir(join(folder, 'seeded'))
const lines: (Line & { machine: string })[] = []

/** Resolves with what went wrong, null where nothing did. */
const run = async (name: string, limit: number): Promise<string | null> => {
  const temporary = join(folder, name)
  await mkdir(temporary, { recursive: true })
  const child = spawn(process.execPath, ['--import', 'tsx', entry, name, size], {
    // A group of its own: whatever it started is ended with it.
    detached: true,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, TMPDIR: temporary, BENCH_SEEDED: join(folder, 'seeded') },
  })
  const signal = (name: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name)
    } catch {
      // ESRCH: nobody of the group is there any more.
    }
  }
  child.on('message', (line) => {
    const measured = line as Line // sent by scenario.ts
    lines.push({ ...measured, machine: machine() })
    console.log(`  ${measured.what}: ${measured.measured}`)
  })
  let late = false
  const timer = setTimeout(() => {
    late = true
    signal('SIGTERM')
    setTimeout(signal, endsWithin, 'SIGKILL').unref()
  }, limit)
  const interrupted = () => signal('SIGKILL')
  process.once('SIGINT', interrupted)
  const [code] = await once(child, 'close')
  clearTimeout(timer)
  process.off('SIGINT', interrupted)
  signal('SIGKILL')
  await rm(temporary, { recursive: true, force: true })
  if (late) return `not done after ${limit / 1000} s`
  return code === 0 ? null : `ended with ${code}`
}

const failed: string[] = []
for (const [name, { limit }] of Object.entries(scenarios)) {
  if (named.length > 0 && !named.includes(name)) continue
  console.log(`${name} …`)
  const started = performance.now()
  const problem = await run(name, limit)
  console.log(`  ${((performance.now() - started) / 1000).toFixed(0)} s`)
  if (problem) {
    console.error(`  FAILED: ${problem}`)
    failed.push(`${name}: ${problem}`)
  }
}
await rm(folder, { recursive: true, force: true })

const baseline = await readBaseline()
console.log(`\n${machine()}${size && `, sizes up to ${size}`}\n\n${reportOf(lines, baseline)}`)
const missed = lines.filter(({ met }) => met === false).length
const met = lines.filter(({ met }) => met === true).length
console.log(`\n${met} goals met, ${missed} missed; ${failed.length} scenarios failed`)
for (const failure of failed) console.log(`FAILED ${failure}`)
if (save) await saveBaseline(baseline, lines)
process.exit(failed.length > 0 ? 1 : 0)
