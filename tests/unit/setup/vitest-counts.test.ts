import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countTests, readReport, type VitestReport } from '../../setup/vitest-counts.mjs'

const green: VitestReport = {
  numTotalTests: 2,
  numPassedTests: 2,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [
    {
      name: 'a.test.ts',
      status: 'passed',
      message: '',
      assertionResults: [{ status: 'passed' }, { status: 'passed' }],
    },
  ],
}

const brokenFile = {
  name: 'b.test.ts',
  status: 'failed',
  message: 'No test suite found',
  assertionResults: [],
}

describe('the count of a test run', () => {
  it('is the one of the report when nothing went wrong', () => {
    expect(countTests(green, 0)).toEqual({ passed: 2, failed: 0, reasons: [] })
  })

  it('adds a file that failed outside its tests', () => {
    const report = { ...green, testResults: [...green.testResults, brokenFile] }
    expect(countTests(report, 1)).toEqual({
      passed: 2,
      failed: 1,
      reasons: ['b.test.ts: No test suite found'],
    })
  })

  it('does not count a failed test once more for its file', () => {
    const testResults = [{ ...brokenFile, assertionResults: [{ status: 'failed' }] }]
    const report = { ...green, numTotalTests: 1, numPassedTests: 0, numFailedTests: 1, testResults }
    expect(countTests(report, 1)).toEqual({ passed: 0, failed: 1, reasons: [] })
  })

  it('counts skipped tests and those still to be written as failed', () => {
    expect(countTests({ ...green, numPendingTests: 2, numTodoTests: 1 }, 0).failed).toBe(3)
  })

  it('fails when there were no tests, no report or a crash after green tests', () => {
    const none = { ...green, numTotalTests: 0, numPassedTests: 0, testResults: [] }
    expect(countTests(none, 0).failed).toBe(1)
    expect(countTests(undefined, 0).failed).toBe(1)
    expect(countTests(green, 1)).toMatchObject({ passed: 2, failed: 1 })
  })
})

describe('the report of a test run', () => {
  let dir: string
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'interes-counts-'))
  })
  afterEach(() => rmSync(dir, { recursive: true }))

  it('is missing where vitest wrote none or was ended in the middle', () => {
    const file = join(dir, 'report.json')
    expect(readReport(file)).toBeUndefined()
    writeFileSync(file, JSON.stringify(green).slice(0, -10))
    expect(readReport(file)).toBeUndefined()
    writeFileSync(file, JSON.stringify(green))
    expect(readReport(file)).toEqual(green)
  })
})
