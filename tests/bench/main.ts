/**
 * Runs the benchmarks named on the command line, or all, and prints one table beside the figures
 * kept in `baseline.json`; with `--save`, keeps the new ones.
 */
import { cpus, loadavg, totalmem } from 'node:os'
import { readBaseline, saveBaseline } from './baseline.ts'
import { type Line, printReport } from './report.ts'
import { acknowledged } from './scenarios/acknowledged.ts'
import { editLatency } from './scenarios/edit-latency.ts'
import { firstSync } from './scenarios/first-sync.ts'
import { list } from './scenarios/list.ts'
import { reconnect } from './scenarios/reconnect.ts'
import { searchBench } from './scenarios/search.ts'

const scenarios: Record<string, () => Promise<Line[]>> = {
  'first-sync': firstSync,
  'edit-latency': editLatency,
  acknowledged,
  search: searchBench,
  reconnect,
  list,
}

const named = process.argv.slice(2)
const chosen = named.filter((name) => name !== '--save')
const lines: Line[] = []
for (const [name, scenario] of Object.entries(scenarios)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  console.log(`${name} …`)
  lines.push(...(await scenario()))
}
const gigabytes = Math.round(totalmem() / 2 ** 30)
const processors = `${cpus().length} × ${cpus()[0]?.model.trim()}`
// A machine that others work on is slower: the ratios say more then than the seconds.
const load = loadavg()[1]?.toFixed(1)
const machine = `${processors}, ${gigabytes} GB, Node ${process.version}, load ${load}`
console.log(`\n${machine}\n`)
const baseline = await readBaseline()
printReport(lines, baseline)
if (named.includes('--save')) await saveBaseline(baseline, lines, machine)
process.exit(0)
