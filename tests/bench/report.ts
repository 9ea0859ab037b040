/** The table that the benchmarks print, in Markdown, so that it can go into a README as it is. */
import type { Baseline } from './baseline.ts'

/** A line of the table. */
export interface Line {
  what: string
  /** The figure in words, with its unit. */
  measured: string
  /** What was run beside it in the same run. */
  beside: string
  /** Measured against what was run beside it. */
  ratio?: number
  /** Of design.md; empty where it has none. */
  goal: string
  /** Whether the goal was met; left out where there is none. */
  met?: boolean
}

/** Takes a line as soon as it is measured: what follows may fail. */
export type Tell = (line: Line) => void

const columns = ['what', 'Interes', 'beside it', 'ratio', 'goal', '', 'kept']

export const reportOf = (lines: readonly Line[], baseline: Baseline): string => {
  const rows = lines.map(({ what, measured, beside, ratio, goal, met }) => [
    what,
    measured,
    beside,
    ratio === undefined ? '' : ratio.toFixed(2),
    goal,
    met === undefined ? '' : met ? 'MET' : 'MISSED',
    kept(baseline[what]),
  ])
  const widths = columns.map((column, i) =>
    Math.max(3, column.length, ...rows.map((row) => row[i]?.length ?? 0)),
  )
  const line = (cells: string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`
  return [line(columns), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join(
    '\n',
  )
}

const kept = (one: Baseline[string] | undefined): string =>
  one ? `${one.measured}${one.ratio === undefined ? '' : ` (${one.ratio})`}` : ''
