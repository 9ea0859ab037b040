/** The worker as the page sees it: the functions of a `Session`, and its progress. */

import type { Progress, Session } from './session.ts'
import type { Answer, Call } from './worker.ts'

export interface Importer extends Session {
  listen: (listener: (progress: Progress) => void) => void
  close: () => void
}

const names = [
  'read',
  'headed',
  'check',
  'rows',
  'load',
  'pause',
  'cancel',
  'failedRows',
  'report',
  'problemsOf',
  'undo',
] as const satisfies (keyof Session)[]

/** `base` is the name of the replica's base. */
export const startImporter = (base: string): Importer => {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    type: 'module',
    name: 'import',
  })
  const waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (error: Error) => void }
  >()
  let listener: (progress: Progress) => void = () => {}
  let last = 0
  const post = (call: Call) => worker.postMessage(call)
  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    if ('kind' in data) return listener(data)
    const asked = waiting.get(data.n)
    waiting.delete(data.n)
    if ('error' in data) asked?.reject(new Error(data.error))
    else asked?.resolve(data.value)
  })
  worker.addEventListener('error', (event) => {
    for (const { reject } of waiting.values()) reject(new Error(event.message))
    waiting.clear()
  })
  post({ open: base })
  const call = (name: keyof Session, values: unknown[]) =>
    new Promise((resolve, reject) => {
      const n = ++last
      waiting.set(n, { resolve, reject })
      post({ n, name, values })
    })
  const functions = Object.fromEntries(
    names.map((name) => [name, (...values: unknown[]) => call(name, values)]),
  ) as unknown as Session // each function of it, called in the worker
  return {
    ...functions,
    listen: (heard) => {
      listener = heard
    },
    close: () => worker.terminate(),
  }
}
