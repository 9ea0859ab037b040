/**
 * Figures of an earlier run, kept in git and printed beside the new ones. `npm run bench -- --save`
 * puts the new ones in their place, those of the scenarios that ran.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { cpus, loadavg, totalmem } from 'node:os'
import type { Line } from './report.ts'

export interface Baseline {
  [what: string]: Omit<Line, 'what'> & {
    /** Processors, memory and Node it was measured with, and how busy the processors were. */
    machine: string
  }
}

/** A machine that others work on is slower: its load says how far the seconds can be trusted. */
export const machine = (): string => {
  const processors = `${cpus().length} × ${cpus()[0]?.model.trim()}`
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  return `${processors}, ${gigabytes} GB, Node ${process.version}, load ${loadavg()[1]?.toFixed(1)}`
}

const file = new URL('baseline.json', import.meta.url)

export const readBaseline = async (): Promise<Baseline> =>
  JSON.parse(await readFile(file, 'utf8')) as Baseline // written below

/** `lines` with the machine as it was when each was measured. */
export const saveBaseline = async (
  known: Baseline,
  lines: readonly (Line & { machine: string })[],
): Promise<void> => {
  const now = lines.map(({ what, ratio, ...rest }) => [
    what,
    { ...rest, ...(ratio !== undefined && { ratio: Number(ratio.toFixed(2)) }) },
  ])
  const baseline: Baseline = { ...known, ...Object.fromEntries(now) }
  await writeFile(file, `${JSON.stringify(baseline, null, 2)}\n`)
}
