import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const pollMs = 20

/** Runs a command to its end; throws with its whole output where it fails. */
export async function run(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    output += chunk
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`${command} ${args.join(' ')}: exit code ${code}\n${output}`)
  return output
}

/**
 * Runs a command that leaves a daemon behind. Its output goes to a file: a daemon that inherits a pipe
 * would keep `run` waiting for ever.
 */
export async function runDaemon(
  command: string,
  args: readonly string[],
  log: string,
): Promise<void> {
  const file = await open(log, 'a')
  try {
    const child = spawn(command, args, { stdio: ['ignore', file.fd, file.fd] })
    const [code] = await once(child, 'exit')
    if (code !== 0) {
      const output = await readFile(log, 'utf8')
      throw new Error(`${command} ${args.join(' ')}: exit code ${code}\n${output}`)
    }
  } finally {
    await file.close()
  }
}

/** Asks `probe` until it answers; throws with `what` (a function may add logs) when the time is over. */
export async function until<T>(
  what: string | (() => string),
  probe: () => T | undefined | Promise<T | undefined>,
  limitMs = 30_000,
): Promise<T> {
  const deadline = performance.now() + limitMs
  for (;;) {
    const answer = await probe()
    if (answer !== undefined) return answer
    if (performance.now() > deadline) {
      throw new Error(`Not in ${limitMs} ms: ${typeof what === 'string' ? what : what()}`)
    }
    await sleep(pollMs)
  }
}

/** Whether something takes connections on the port. */
export function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

/**
 * Whether a process runs. One that has ended and waits for its parent to take note (a zombie) does
 * not: a container's first process may take seconds to do so for the daemons it inherits.
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    const state = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1)?.[0]
    return state !== 'Z' && state !== 'X'
  } catch {
    // ESRCH or ENOENT: there is no such process. EPERM cannot come, the laboratory's processes are ours.
    return false
  }
}

export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null
}

/** Ends a process by SIGTERM, by SIGKILL after `limitMs`. Resolves when it has ended. */
export async function end(child: ChildProcess, limitMs = 10_000): Promise<void> {
  if (hasEnded(child)) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const force = setTimeout(() => child.kill('SIGKILL'), limitMs)
  await ended
  clearTimeout(force)
}
