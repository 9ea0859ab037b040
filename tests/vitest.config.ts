import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Many tabs, and letters against the clock: another Chromium beside would be measured too. */
const alone = ['first-slice', 'tabs'].map((name) => `tests/browser/${name}/*.test.ts`)

const services = 'tests/lab/compile-services.ts'

/** What comes some time is waited for as long as Playwright waits for an element; Vitest's own second is no promise. */
const polled = { poll: { timeout: 30_000 } }

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
          expect: polled,
          setupFiles: ['indexed-db', 'seeded', 'effects'].map((name) => `tests/setup/${name}.ts`),
          include: ['tests/unit/**/*.test.{ts,tsx}'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // They share modules: a third of the time of a run went into loading them for each file.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          expect: polled,
          globalSetup: services,
          include: ['tests/integration/**/*.test.{ts,tsx}'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          expect: polled,
          // A second of each file's time went into loading Vite and Playwright anew.
          isolate: false,
          globalSetup: services,
          include: ['tests/browser/**/*.test.{ts,tsx}'],
          exclude: alone,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          expect: polled,
          globalSetup: services,
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
          include: ['tests/faults/floods.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        // What `npm test` has no time for: `npm run faults tabs`.
        test: {
          name: 'tabs',
          expect: polled,
          include: ['tests/faults/tabs.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
