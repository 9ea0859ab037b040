/** Numbers as the built program understands them, from its first moment on. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'vite'
import { expect, onTestFinished, test } from 'vitest'
import { nearPhones } from '../../../client/build/near-phones.ts'

const pathOf = (module: string) =>
  fileURLToPath(new URL(`../../../client/${module}`, import.meta.url))

/** A module of the client, with the phone library that the build gives it, in the moment it has been loaded. */
const built = async (module: string): Promise<Record<string, unknown>> => {
  const outDir = await mkdtemp(join(tmpdir(), 'interes-phones-'))
  onTestFinished(() => rm(outDir, { recursive: true, force: true }))
  await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [nearPhones()],
    resolve: {
      alias: [{ find: /^libphonenumber-js$/, replacement: pathOf('format/phone-library.ts') }],
    },
    build: { outDir, lib: { entry: pathOf(module), formats: ['es'], fileName: () => 'entry.mjs' } },
  })
  return import(pathToFileURL(join(outDir, 'entry.mjs')).href)
}

const london = '+44 (0)20 7946 0018'
const kept = '+442079460018'

test('a number of a country far away is understood before the first screen has fetched the world', async () => {
  const { parsePhone } = (await built('screens/clients/contact-input.ts')) as {
    parsePhone: (typed: string) => unknown // see the module
  }
  expect(parsePhone(london)).toEqual({ ok: true, value: kept })
})

test('the import understands it in the first row that it checks', async () => {
  const { phoneOf } = (await built('import/cells.ts')) as {
    phoneOf: (typed: string) => unknown // see the module
  }
  expect(phoneOf(london)).toEqual({ value: kept })
})
