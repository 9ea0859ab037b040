// `npm start`, `npm run dev`, `npm run relay`, `npm run connectors`.
// Plain JavaScript with no dependencies: on a fresh clone it runs before anything is installed.

import { createServer } from 'node:net'
import { networkInterfaces } from 'node:os'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildClient } from './client-build.mjs'
import { installDependencies } from './dependencies.mjs'
import { connectorToken, relaySecrets, tokenFile } from './secrets.mjs'
import { supervisor } from './supervisor.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const node = ['--import', 'tsx', '--import', './sync-server/bin/parent-gone.mjs']
const healthLimitMs = 60_000
const healthEveryMs = 100

const parts = {
  all: ['client', 'relay', 'connectors'],
  dev: ['relay', 'connectors', 'vite'],
  relay: ['client', 'relay'],
  connectors: ['connectors'],
}

const mode = process.argv[2] ?? 'all'
const wanted = parts[mode]
if (!wanted) fail(`Unknown mode ${mode}: one of ${Object.keys(parts).join(', ')}`)

const port = Number(process.env.PORT || 8080)
if (!Number.isInteger(port) || port < 1 || port > 65535) fail(`PORT=${process.env.PORT} is no port`)
// All interfaces: phones and other computers of the office are the point of the product.
const host = process.env.HOST || '0.0.0.0'
const everywhere = host === '0.0.0.0' || host === '::'
const localUrl = `http://${everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${port}`
const relayUrl = wanted.includes('relay') ? localUrl : process.env.RELAY_URL || localUrl
const dataDir = resolve(process.env.DATA_DIR || resolve(root, 'data'))

if (!installDependencies(root)) fail('The packages could not be installed, see above')
if (wanted.includes('client') && !buildClient(root))
  fail('The client could not be built, see above')

const { CONNECTOR_TOKEN: _token, SECRET_KEY: _key, ...plainEnv } = process.env
const children = supervisor({ cwd: root, log: (line) => console.log(line) })
let stopping = false

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, async () => {
    if (stopping) return
    stopping = true
    console.log('Stopping…')
    await children.stop()
    process.exit(0)
  })
}

if (wanted.includes('relay')) await startRelay()
if (wanted.includes('connectors')) startConnectors()
if (wanted.includes('vite')) startVite()

async function startRelay() {
  const taken = await portError(port, host)
  if (taken === 'EADDRINUSE') {
    fail(`Port ${port} is taken. Choose another one: PORT=${port + 1} npm start`)
  }
  if (taken) fail(`Cannot listen on ${host}:${port}: ${taken}`)
  children.keep('relay', [...node, 'sync-server/main.ts'], {
    ...plainEnv,
    ...relaySecrets(dataDir, process.env),
    PORT: String(port),
    HOST: host,
    DATA_DIR: dataDir,
  })
  if (!(await healthy())) {
    await children.stop()
    fail(`The relay did not answer ${localUrl}/health in ${healthLimitMs / 1000} s, see above`)
  }
  if (!stopping) announce()
}

function startConnectors() {
  const token = connectorToken(dataDir, process.env)
  if (!token) {
    fail(
      `No service token. Set CONNECTOR_TOKEN to the contents of ${tokenFile('DATA_DIR')} of the relay (RELAY_URL is ${relayUrl}).`,
    )
  }
  children.keep('connectors', [...node, 'connectors/main.ts'], {
    ...plainEnv,
    CONNECTOR_TOKEN: token,
    RELAY_URL: relayUrl,
    DATA_DIR: dataDir,
  })
}

/** Its configuration sends what is the relay's to PORT. */
function startVite() {
  children.keep('vite', [...node, 'node_modules/vite/bin/vite.js', 'client'], {
    ...plainEnv,
    PORT: String(port),
  })
}

/** The code of the error that listening gives, or undefined where the port is free. */
function portError(port, host) {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', (error) => resolve(error.code))
    probe.listen(port, host, () => probe.close(() => resolve(undefined)))
  })
}

async function healthy() {
  const deadline = performance.now() + healthLimitMs
  while (performance.now() < deadline && !stopping) {
    try {
      const answer = await fetch(`${localUrl}/health`, { signal: AbortSignal.timeout(1_000) })
      if (answer.ok) return true
    } catch {
      // Not listening yet: that is what the loop waits for.
    }
    await new Promise((resolve) => setTimeout(resolve, healthEveryMs))
  }
  return stopping
}

function announce() {
  const addresses = everywhere
    ? Object.values(networkInterfaces())
        .flatMap((list) => list ?? [])
        .filter(({ family, internal }) => family === 'IPv4' && !internal)
        .map(({ address }) => `http://${address}:${port}`)
    : []
  console.log(`\nInteres is running: ${localUrl}`)
  for (const address of addresses) console.log(`              also: ${address}`)
  console.log(`Data:               ${dataDir}`)
  console.log(
    'First start: open the address, the form there creates your company and its administrator.',
  )
  // Browsers give service workers and locks only to secure addresses (and to localhost).
  if (addresses.length > 0) console.log('Other devices work offline only over https (see README).')
  console.log('Stop with Ctrl-C.\n')
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
