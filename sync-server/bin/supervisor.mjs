import { spawn } from 'node:child_process'

// A process that ran this long was sound: its next crash starts the waits from the beginning.
const soundAfterMs = 60_000
const firstWaitMs = 500
const longestWaitMs = 30_000
// Commits and a letter under way end in this time; what hangs longer is ended by force.
const stopLimitMs = 10_000

/** How long to wait before the restart after `crashes` crashes in a row, in ms. */
export function restartWait(crashes) {
  return Math.min(firstWaitMs * 2 ** (crashes - 1), longestWaitMs)
}

/**
 * Keeps processes running until `stop()`.
 * Each is started in a group of its own, so that Ctrl-C in a terminal reaches only the launcher and
 * every child is told once, by SIGTERM.
 */
export function supervisor({ cwd, log }) {
  const running = new Set()
  const waits = new Set()
  let stopping = false

  /** Starts `node <args>` and starts it again whenever it ends by itself. */
  function keep(name, args, env) {
    let crashes = 0
    const start = () => {
      if (stopping) return
      const startedAt = performance.now()
      const child = spawn(process.execPath, args, {
        cwd,
        env,
        detached: true,
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      })
      running.add(child)
      child.once('error', (error) => log(`${name}: ${error.message}`))
      child.once('exit', (code, signal) => {
        running.delete(child)
        if (stopping) return
        crashes = performance.now() - startedAt > soundAfterMs ? 1 : crashes + 1
        const wait = restartWait(crashes)
        log(`${name} ended (${signal ?? `exit code ${code}`}), starting it again in ${wait} ms`)
        const timer = setTimeout(() => {
          waits.delete(timer)
          start()
        }, wait)
        waits.add(timer)
      })
    }
    start()
  }

  /** Asks every child to end, and ends by force those that have not after 10 s. */
  async function stop() {
    stopping = true
    for (const timer of waits) clearTimeout(timer)
    await Promise.all(
      [...running].map(
        (child) =>
          new Promise((resolve) => {
            const force = setTimeout(() => child.kill('SIGKILL'), stopLimitMs)
            child.once('exit', () => {
              clearTimeout(force)
              resolve()
            })
            child.kill('SIGTERM')
          }),
      ),
    )
  }

  return { keep, stop }
}
