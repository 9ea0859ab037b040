import type { Baseline } from './baseline.ts'

/** A line of the table that the benchmarks print. */
export interface Line {
  what: string
  measured: string
  /** What was run beside it in the same run. */
  beside: string
  /** Measured against what was run beside it. */
  ratio?: number
  goal: string
}

export const printReport = (lines: Line[], baseline: Baseline): void => {
  const rows = [
    ['what', 'Interes', 'beside it', 'ratio', 'goal', 'baseline'],
    ...lines.map(({ what, measured, beside, ratio, goal }) => [
      what,
      measured,
      beside,
      ratio === undefined ? '' : ratio.toFixed(2),
      goal,
      kept(baseline[what]),
    ]),
  ]
  const widths = rows[0]?.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  for (const row of rows)
    console.log(row.map((cell, column) => cell.padEnd(widths?.[column] ?? 0)).join('  '))
}

const kept = (one: Baseline[string] | undefined): string =>
  one ? `${one.measured}${one.ratio === undefined ? '' : ` (${one.ratio})`}` : ''
