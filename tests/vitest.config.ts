import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Many tabs, and letters against the clock: another Chromium beside would be measured too. */
const alone = ['first-slice', 'tabs'].map((name) => `tests/browser/${name}/*.test.ts`)

export default defineConfig({
  root,
  // Compiled modules are kept out of the repository's sources.
  cacheDir: 'node_modules/.vitest',
  test: {
    pool: 'forks',
    // Two cores everywhere the suite runs.
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          testTimeout: 10_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.{ts,tsx}'],
          // They wait for servers more than they work: with two, a core is idle half of the time.
          maxWorkers: 3,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.{ts,tsx}'],
          exclude: alone,
          maxWorkers: 3,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: alone,
          fileParallelism: false,
          maxWorkers: 1,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        // Measured against each other on a machine of their own: `npm run faults floods`.
        test: {
          name: 'floods',
          include: ['tests/faults/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
