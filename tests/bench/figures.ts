/** Figures as the table shows them. */

export const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`
export const milliseconds = (ms: number): string => `${ms.toFixed(1)} ms`
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`
export const thousands = (n: number): string => Math.round(n).toLocaleString('en')

/** The smallest value that `part` of all are not above; nearest rank. */
export const percentile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[
    Math.max(0, Math.min(values.length, Math.ceil(values.length * part)) - 1)
  ] ?? Number.NaN

export const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0)
