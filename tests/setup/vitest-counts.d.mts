/** The part of the report of vitest's JSON reporter that is counted. */
export interface VitestReport {
  numTotalTests: number
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numTodoTests: number
  testResults: {
    name: string
    status: string
    message: string
    assertionResults: { status: string }[]
  }[]
}

export interface Counts {
  passed: number
  failed: number
  reasons: string[]
}

export function readReport(file: string): VitestReport | undefined
export function countTests(report: VitestReport | undefined, exitCode: number): Counts
