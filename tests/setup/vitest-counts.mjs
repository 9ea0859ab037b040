import { readFileSync } from 'node:fs'

/** What vitest's JSON reporter wrote, or undefined where it wrote none (it crashed or was ended). */
export function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return undefined
    throw error
  }
}

/**
 * Counts one project's run. Nothing can go wrong without being counted: a file that failed outside
 * its tests, a skipped test, a run with no tests at all and a crash are one failed test each.
 * `reasons` says in words what was counted beside failed tests.
 */
export function countTests(report, exitCode) {
  if (!report) return { passed: 0, failed: 1, reasons: ['vitest ended without a report'] }
  const passed = report.numPassedTests
  let failed = report.numFailedTests
  const reasons = []
  const count = (number, reason) => {
    if (number === 0) return
    failed += number
    reasons.push(reason)
  }

  for (const { name, status, assertionResults, message } of report.testResults) {
    const hasFailedTest = assertionResults.some((test) => test.status === 'failed')
    if (status === 'failed' && !hasFailedTest)
      count(1, `${name}: ${message || 'failed outside its tests'}`)
  }
  const skipped = report.numPendingTests + report.numTodoTests
  count(skipped, `${skipped} skipped, and a skipped test shows nothing`)
  if (report.numTotalTests === 0) count(failed === 0 ? 1 : 0, 'no tests found')
  if (exitCode !== 0) count(failed === 0 ? 1 : 0, `vitest ended with exit code ${exitCode}`)
  return { passed, failed, reasons }
}
