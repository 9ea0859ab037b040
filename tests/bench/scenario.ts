/** One scenario in a process of its own; its lines go to `main.ts` as they are measured. */
import type { Size } from './data.ts'
import type { Line } from './report.ts'
import { scenarios } from './scenarios/index.ts'

const [name = '', most = ''] = process.argv.slice(2)
const scenario = scenarios[name]
if (!scenario) throw new Error(`no scenario ${name}`)
const sent: Promise<unknown>[] = []
const tell = (line: Line) => {
  sent.push(new Promise((resolve) => process.send?.(line, undefined, {}, resolve)))
}
let problem: unknown = null
try {
  // Checked by main.ts, which starts this.
  await scenario.run(most === '' ? 'L' : (most as Size), tell)
} catch (error) {
  problem = error
}
await Promise.all(sent)
if (problem) console.error(problem)
process.exit(problem ? 1 : 0)
