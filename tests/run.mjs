// `npm test`, or `node tests/run.mjs unit browser` for some of the steps.
// Plain JavaScript with no dependencies: on a fresh clone it installs what the tests need.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installDependencies } from '../sync-server/bin/dependencies.mjs'
import { runNode } from './setup/command.mjs'
import { browserPackages, installDebianPackages, mailPackages } from './setup/debian-packages.mjs'
import { countTests, readReport } from './setup/vitest-counts.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const minute = 60_000
const bin = (path) => join(root, 'node_modules', path)

// In this order: what is quick and explains later failures comes first.
const steps = {
  types: () => one([bin('typescript/bin/tsc')], 2 * minute),
  lint: () => one([bin('@biomejs/biome/bin/biome'), 'check', '--error-on-warnings'], minute),
  unit: () => project('unit', 3 * minute, []),
  integration: () => project('integration', 4 * minute, mailPackages),
  build: () => one([bin('vite/bin/vite.js'), 'build', 'client', '--logLevel', 'warn'], 2 * minute),
  browser: () => project('browser', 6 * minute, browserPackages),
  alone: () => project('alone', 4 * minute, [...mailPackages, ...browserPackages]),
}

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(steps, name))
if (unknown.length > 0) {
  console.error(`No such step: ${unknown.join(', ')}. Steps: ${Object.keys(steps).join(', ')}`)
  process.exit(2)
}

const total = { passed: 0, failed: 0 }
const summary = []

if (installDependencies(root)) {
  for (const [name, step] of Object.entries(steps)) {
    if (asked.length > 0 && !asked.includes(name)) continue
    console.log(`\n── ${name} ${'─'.repeat(70 - name.length)}`)
    const startedAt = performance.now()
    const { passed, failed, reasons } = await step()
    total.passed += passed
    total.failed += failed
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    summary.push(`${name.padEnd(12)}${passed} passed, ${failed} failed, ${seconds} s`)
    for (const reason of reasons) summary.push(`${' '.repeat(12)}${reason}`)
  }
} else {
  total.failed += 1
  summary.push('The packages could not be installed, see above')
}

console.log(`\n${summary.join('\n')}\n\n${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed === 0 ? 0 : 1)

/** A step that is one test: it passes when the command ends with 0. */
async function one(args, limitMs) {
  const passed = (await runNode(args, { cwd: root, limitMs })) === 0
  return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, reasons: [] }
}

async function project(name, limitMs, packages) {
  const hindrance = installDebianPackages(packages)
  if (hindrance) return { passed: 0, failed: 1, reasons: [hindrance] }
  const dir = mkdtempSync(join(tmpdir(), 'interes-report-'))
  const report = join(dir, 'report.json')
  try {
    const exitCode = await runNode(
      [
        ...[bin('vitest/vitest.mjs'), 'run', '--config', 'tests/vitest.config.ts'],
        ...['--project', name, '--reporter', 'default', '--reporter', 'json'],
        ...['--outputFile.json', report],
      ],
      { cwd: root, limitMs },
    )
    return countTests(readReport(report), exitCode)
  } finally {
    // Mail servers of a run that was ended by force outlive it.
    if (packages.length > 0)
      await runNode(['--import', 'tsx', 'tests/lab/sweep.ts'], { cwd: root, limitMs: minute })
    rmSync(dir, { recursive: true, force: true })
  }
}
