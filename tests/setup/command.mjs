import { spawn } from 'node:child_process'
import { once } from 'node:events'

/**
 * Runs `node <args>` to its end, its output passing through. Returns the exit code; a command that
 * hangs is ended with everything it started after `limitMs`, and counts as 1.
 */
export async function runNode(args, { cwd, limitMs }) {
  const child = spawn(process.execPath, args, { cwd, stdio: 'inherit', detached: true })
  const signalGroup = (signal) => {
    try {
      process.kill(-child.pid, signal)
    } catch (error) {
      // ESRCH: the group ended between the decision and the signal.
      if (error.code !== 'ESRCH') throw error
    }
  }
  // The group of its own keeps Ctrl-C from reaching it, so it is passed on.
  const interrupt = () => {
    signalGroup('SIGKILL')
    process.exit(130)
  }
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  const timer = setTimeout(() => {
    console.error(`Not finished in ${limitMs / 1000} s, ended: node ${args.join(' ')}`)
    signalGroup('SIGKILL')
  }, limitMs)
  const [code] = await once(child, 'exit')
  clearTimeout(timer)
  process.off('SIGINT', interrupt)
  process.off('SIGTERM', interrupt)
  return code ?? 1
}
