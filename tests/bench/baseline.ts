/**
 * Figures of an earlier run, kept in git and printed beside the new ones. `npm run bench -- --save`
 * puts the new ones in their place, those of the scenarios that ran.
 */
import { readFile, writeFile } from 'node:fs/promises'
import type { Line } from './report.ts'

export interface Baseline {
  [what: string]: {
    measured: string
    ratio?: number
    /** Processors, memory and Node it was measured with, and how busy the processors were. */
    machine: string
  }
}

const file = new URL('baseline.json', import.meta.url)

export const readBaseline = async (): Promise<Baseline> =>
  JSON.parse(await readFile(file, 'utf8')) as Baseline // written below

export const saveBaseline = async (
  known: Baseline,
  lines: readonly Line[],
  machine: string,
): Promise<void> => {
  const now = lines.map(({ what, measured, ratio }) => [
    what,
    { measured, ...(ratio !== undefined && { ratio: Number(ratio.toFixed(2)) }), machine },
  ])
  const baseline: Baseline = { ...known, ...Object.fromEntries(now) }
  await writeFile(file, `${JSON.stringify(baseline, null, 2)}\n`)
}
