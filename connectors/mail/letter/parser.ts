/**
 * Parsing with limits: a thread of its own, so that a letter built to be slow or huge costs one
 * thread and not the process. One letter at a time; a letter over the limits comes back as
 * `parsed: false`, and the thread is replaced.
 */
import { Worker } from 'node:worker_threads'
import { second } from '../../../shared/clock.ts'
import { emptyLetter, type Letter } from './letter.ts'

/** Typical letters take 0-7 ms, 30 MB ones under 2 s; beyond this something is wrong. */
const timeLimit = 15 * second
/** Larger than what any provider lets through (Yandex 30 MB, Mail.ru and Gmail 25 MB). */
export const maxLetterBytes = 48 * 1024 * 1024
const memoryLimitMb = 512

export interface LetterParser {
  parse(raw: Uint8Array): Promise<Letter>
  close(): Promise<void>
}

interface ParserOptions {
  timeLimit?: number
  /** The thread's program; tests give one that hangs. */
  program?: URL
  /** Told about a thread that died or was killed, with the cause. */
  onBroken?: (cause: string) => void
}

export const letterParser = (options: ParserOptions = {}): LetterParser => {
  const program = options.program ?? new URL('./thread.mjs', import.meta.url)
  let worker: Worker | null = null
  let turn: Promise<unknown> = Promise.resolve()
  /** The letter being parsed; the thread has one at a time. */
  let current: { finish: (letter: Letter) => void; timer: NodeJS.Timeout } | null = null

  const finish = (letter: Letter): void => {
    const done = current
    current = null
    if (done === null) return
    clearTimeout(done.timer)
    done.finish(letter)
  }

  const broken = (thread: Worker, cause: string): void => {
    if (worker !== thread) return
    worker = null
    options.onBroken?.(cause)
    void thread.terminate()
    finish(emptyLetter())
  }

  const start = (): Worker => {
    const thread = new Worker(program, {
      resourceLimits: { maxOldGenerationSizeMb: memoryLimitMb },
    })
    // The thread must not keep a process alive that has nothing else to do.
    thread.unref()
    // A thread that was replaced may still answer: only the present one counts.
    thread.on('message', (letter: Letter) => {
      if (worker === thread) finish(letter)
    })
    thread.on('error', (error) => broken(thread, error.message))
    thread.on('exit', (code) => broken(thread, `exit ${code}`))
    return thread
  }

  const parseOne = (raw: Uint8Array): Promise<Letter> =>
    new Promise((resolve) => {
      const thread = worker ?? start()
      worker = thread
      const limit = options.timeLimit ?? timeLimit
      const timer = setTimeout(() => broken(thread, 'over the time limit'), limit)
      current = { finish: resolve, timer }
      thread.postMessage(raw)
    })

  return {
    parse(raw) {
      if (raw.byteLength > maxLetterBytes) return Promise.resolve(emptyLetter())
      const done = turn.then(() => parseOne(raw))
      turn = done
      return done
    },
    async close() {
      await turn
      const thread = worker
      worker = null
      await thread?.terminate()
    },
  }
}
