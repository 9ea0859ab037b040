import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { freePorts } from '../lab/free-ports.ts'
import { hasEnded, isAlive, listens, until } from '../lab/processes.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Says who it is, ends with code 3 at /crash, and ends cleanly at SIGTERM unless asked not to. */
const relay = `
import { createServer } from 'node:http'
const server = createServer((request, response) => {
  if (request.url === '/crash') process.exit(3)
  const { CONNECTOR_TOKEN, SECRET_KEY, DATA_DIR, HOST } = process.env
  response.end(JSON.stringify({ pid: process.pid, CONNECTOR_TOKEN, SECRET_KEY, DATA_DIR, HOST }))
})
server.listen(Number(process.env.PORT), process.env.HOST)
process.on('SIGTERM', () => {
  console.log('relay: commits finished')
  server.close()
  server.closeAllConnections()
})
`

const connectors = `
const { RELAY_URL, CONNECTOR_TOKEN, SECRET_KEY } = process.env
const work = setInterval(() => {}, 1000)
process.on('SIGTERM', () => {
  console.log('connectors: letter sent')
  clearInterval(work)
})
// The last word of its start: whoever has read it may end it in order.
console.log('connectors: ' + JSON.stringify({ RELAY_URL, CONNECTOR_TOKEN, SECRET_KEY }))
`

interface Greeting {
  pid: number
  CONNECTOR_TOKEN: string
  SECRET_KEY: string
  DATA_DIR: string
  HOST: string
}

describe('the launcher', () => {
  let project: string
  let port: number
  const launched: ChildProcess[] = []

  /** A project with the real launcher and the smallest relay, connectors and client. */
  beforeEach(async () => {
    project = mkdtempSync(join(tmpdir(), 'interes-launcher-'))
    for (const folder of ['client', 'shared', 'connectors']) mkdirSync(join(project, folder))
    cpSync(join(root, 'sync-server/bin'), join(project, 'sync-server/bin'), { recursive: true })
    for (const file of ['package.json', 'package-lock.json']) {
      cpSync(join(root, file), join(project, file))
    }
    symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'))
    writeFileSync(join(project, 'client/index.html'), '<!doctype html><title>first</title>')
    writeFileSync(join(project, 'sync-server/main.ts'), relay)
    writeFileSync(join(project, 'connectors/main.ts'), connectors)
    const [free = 0] = await freePorts(1)
    port = free
  })

  afterEach(async () => {
    for (const child of launched.splice(0)) {
      if (hasEnded(child)) continue
      child.kill('SIGKILL')
      await once(child, 'exit')
    }
    rmSync(project, { recursive: true })
  })

  function launch(mode: string[] = [], env: Record<string, string> = {}) {
    const { CONNECTOR_TOKEN: _token, SECRET_KEY: _key, NODE_ENV: _mode, ...plain } = process.env
    const child = spawn(process.execPath, ['sync-server/bin/start.mjs', ...mode], {
      cwd: project,
      env: { ...plain, PORT: String(port), HOST: '127.0.0.1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    launched.push(child)
    const output = { text: '' }
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output.text += chunk
      })
    }
    const says = (text: string) =>
      until(
        () => `the launcher does not say «${text}»:\n${output.text}`,
        () => output.text.includes(text) || undefined,
        20_000,
      )
    return { child, output, says }
  }

  async function greeting(): Promise<Greeting> {
    const response = await fetch(`http://127.0.0.1:${port}/health`)
    const body: Greeting = JSON.parse(await response.text())
    return body
  }

  it('builds the client, makes secrets once, starts both and stops cleanly', async () => {
    const first = launch()
    await first.says(`Interes is running: http://127.0.0.1:${port}`)
    await first.says('connectors: {')
    expect(readFileSync(join(project, 'client/dist/index.html'), 'utf8')).toContain('first')

    const relay = await greeting()
    expect(relay.DATA_DIR).toBe(join(project, 'data'))
    expect(Buffer.from(relay.SECRET_KEY, 'base64')).toHaveLength(32)
    expect(first.output.text).toContain(
      JSON.stringify({
        RELAY_URL: `http://127.0.0.1:${port}`,
        CONNECTOR_TOKEN: relay.CONNECTOR_TOKEN,
      }),
    )
    for (const file of ['connector.token', 'secret.key']) {
      expect(statSync(join(project, 'data', file)).mode & 0o777).toBe(0o600)
    }

    first.child.kill('SIGTERM')
    expect(await once(first.child, 'close')).toEqual([0, null])
    expect(first.output.text).toContain('relay: commits finished')
    expect(first.output.text).toContain('connectors: letter sent')
    expect(await listens(port)).toBe(false)

    const second = launch()
    await second.says('Interes is running')
    expect(second.output.text).not.toContain('Building the client')
    expect(await greeting()).toMatchObject({
      CONNECTOR_TOKEN: relay.CONNECTOR_TOKEN,
      SECRET_KEY: relay.SECRET_KEY,
    })
  })

  it('starts a crashed process again', async () => {
    const { says } = launch(['relay'])
    await says('Interes is running')
    const { pid } = await greeting()
    await fetch(`http://127.0.0.1:${port}/crash`).catch(() => 'it died before it answered')
    await says('relay ended (exit code 3), starting it again in 500 ms')
    const next = await until('the relay does not come back', () =>
      greeting().catch(() => undefined),
    )
    expect(next.pid).not.toBe(pid)
  })

  it('leaves no orphans when it is killed itself', async () => {
    const { child, says } = launch(['relay'])
    await says('Interes is running')
    const { pid } = await greeting()
    child.kill('SIGKILL')
    await until('the relay lives on', () => (isAlive(pid) ? undefined : true))
    expect(await listens(port)).toBe(false)
  })

  it('ends by force what does not end by itself', async () => {
    const stubborn = relay.replace('server.close()', 'return')
    writeFileSync(join(project, 'sync-server/main.ts'), stubborn)
    const supervisor = join(project, 'sync-server/bin/supervisor.mjs')
    const hasty = readFileSync(supervisor, 'utf8').replace(
      /stopLimitMs = \d+_?\d*/,
      'stopLimitMs = 2_000',
    )
    writeFileSync(supervisor, hasty)
    const { child, says } = launch(['relay'])
    await says('Interes is running')
    const { pid } = await greeting()
    child.kill('SIGINT')
    expect(await once(child, 'close')).toEqual([0, null])
    expect(isAlive(pid)).toBe(false)
  })

  it('builds the client again after its sources changed', async () => {
    const first = launch(['relay'])
    await first.says('Interes is running')
    first.child.kill('SIGTERM')
    await once(first.child, 'close')
    writeFileSync(join(project, 'client/index.html'), '<!doctype html><title>second</title>')
    const second = launch(['relay'])
    await second.says('Interes is running')
    expect(readFileSync(join(project, 'client/dist/index.html'), 'utf8')).toContain('second')
  })

  it('says in words that the port is taken, or that connectors alone have no token', async () => {
    const { says } = launch(['relay'])
    await says('Interes is running')
    const second = launch(['relay'])
    expect(await once(second.child, 'close')).toEqual([1, null])
    expect(second.output.text).toContain(`Port ${port} is taken`)

    const alone = launch(['connectors'], { DATA_DIR: join(project, 'elsewhere') })
    expect(await once(alone.child, 'close')).toEqual([1, null])
    expect(alone.output.text).toContain('Set CONNECTOR_TOKEN')
  })
})
