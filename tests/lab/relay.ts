import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePorts } from './free-ports.ts'
import { end, hasEnded, until } from './processes.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const startLimitMs = 30_000
/** From compile-services.ts; benchmarks and long runs start the sources, as `npm start` does. */
const compiled = process.env.COMPILED_SERVICES

type Env = Record<string, string>

export interface Service {
  /** Of the process that runs now; another one after `restart`. */
  readonly pid: number
  /** What all processes of this service wrote to stdout and stderr so far. */
  readonly logs: string
  /** Ends the process as a power cut would. Resolves when it is gone. */
  kill9(): Promise<void>
  /** Asks the process to end. Resolves to its exit code, null where a signal ended it. */
  terminate(): Promise<number | null>
  /** Starts it again on the same port and data, after ending it politely if it still runs. */
  restart(): Promise<void>
  /** Ends it for good and removes the data folder if it was made here. */
  stop(): Promise<void>
}

export interface Relay extends Service {
  url: string
  dataDir: string
  /** The service token of connectors. */
  token: string
}

/**
 * Starts the real relay in a process of its own and waits until it answers /health.
 *
 * @example
 * const relay = await startRelay()
 * await fetch(`${relay.url}/health`)
 * await relay.kill9()
 * await relay.restart()
 * await relay.stop()
 */
export async function startRelay(
  options: { dataDir?: string; port?: number; env?: Env } = {},
): Promise<Relay> {
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'interes-data-')))
  const [free = 0] = options.port === undefined ? await freePorts(1) : []
  const port = options.port ?? free
  const url = `http://localhost:${port}`
  const token = options.env?.CONNECTOR_TOKEN ?? randomBytes(32).toString('base64url')
  const service = await startService({
    main: 'sync-server/main.ts',
    env: {
      // A fixed key, so that a second relay on the same data can read what the first one encrypted.
      SECRET_KEY: Buffer.alloc(32, 1).toString('base64'),
      CONNECTOR_TOKEN: token,
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      CLIENT_DIR: join(root, 'client/dist'),
      ...options.env,
    },
    ready: async () => (await isHealthy(url)) || undefined,
    cleanUp: async () => {
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true })
    },
  })
  return Object.assign(service, { url, dataDir, token })
}

/**
 * Starts the real connector host beside a relay. Servers on loopback are allowed; `env` adds
 * what a test needs more, for instance NODE_EXTRA_CA_CERTS: lab.cert.
 */
export function startConnectors(options: {
  relay: { url: string; token: string }
  env?: Env
}): Promise<Service> {
  return startService({
    main: 'connectors/main.ts',
    env: {
      RELAY_URL: options.relay.url,
      CONNECTOR_TOKEN: options.relay.token,
      CONNECTOR_ALLOW_PRIVATE: '1',
      ...options.env,
    },
    // It listens on nothing: it is ready when it has said its first word (Node's own warnings go to stderr).
    ready: (said) => said !== '' || undefined,
    cleanUp: async () => undefined,
  })
}

async function startService({
  main,
  env,
  ready,
  cleanUp,
}: {
  main: string
  env: Env
  ready: (said: string) => true | undefined | Promise<true | undefined>
  cleanUp: () => Promise<void>
}): Promise<Service> {
  let child: ChildProcess
  let logs = ''

  async function start(): Promise<void> {
    let own = ''
    let said = ''
    const collect = (chunk: Buffer) => {
      own += chunk.toString()
      logs += chunk.toString()
    }
    const program = compiled
      ? ['--enable-source-maps', join(compiled, main.replace(/\.ts$/, '.mjs'))]
      : ['--import', 'tsx', main]
    const preload = ['--import', './sync-server/bin/parent-gone.mjs']
    child = spawn(process.execPath, [...preload, ...program], {
      cwd: root,
      env: { ...ownEnvironment(), ...env },
      // With the channel the process ends by itself when the test's process was killed.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    child.stdout?.on('data', collect)
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    child.stderr?.on('data', collect)
    try {
      await until(
        () => `${main} is not ready:\n${own}`,
        () => {
          if (hasEnded(child)) throw new Error(`${main} ended with ${child.exitCode}:\n${own}`)
          return ready(said)
        },
        startLimitMs,
      )
    } catch (error) {
      await end(child)
      throw error
    }
  }

  async function terminate(): Promise<number | null> {
    await end(child)
    return child.exitCode
  }

  try {
    await start()
  } catch (error) {
    await cleanUp()
    throw error
  }

  return {
    get pid() {
      if (child.pid === undefined) throw new Error('A process that was started has a pid')
      return child.pid
    },
    get logs() {
      return logs
    },
    async kill9() {
      if (hasEnded(child)) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
    terminate,
    async restart() {
      await terminate()
      await start()
    },
    async stop() {
      await terminate()
      await cleanUp()
    },
  }
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health`, { signal: AbortSignal.timeout(1_000) })).ok
  } catch {
    // Not listening yet: `until` asks again.
    return false
  }
}

/** The environment without what vitest adds: the services must run as they do for users. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const names = Object.keys(process.env).filter(
    (name) =>
      !name.startsWith('VITEST') && !['NODE_ENV', 'TEST', 'MODE', 'PROD', 'DEV'].includes(name),
  )
  return Object.fromEntries(names.map((name) => [name, process.env[name]]))
}
