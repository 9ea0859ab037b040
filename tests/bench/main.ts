/** Runs the benchmarks named on the command line, or all, and prints one table. */
import { cpus, totalmem } from 'node:os'
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

const chosen = process.argv.slice(2)
const lines: Line[] = []
for (const [name, scenario] of Object.entries(scenarios)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  console.log(`${name} …`)
  lines.push(...(await scenario()))
}
const gigabytes = Math.round(totalmem() / 2 ** 30)
console.log(
  `\n${cpus().length} × ${cpus()[0]?.model.trim()}, ${gigabytes} GB, Node ${process.version}\n`,
)
printReport(lines)
process.exit(0)
