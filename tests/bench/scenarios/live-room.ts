/**
 * From a letter on one device to another in a live room, where each edit is a durable commit before
 * it is passed on; beside it Hocuspocus, which passes on first and stores seconds later.
 */
import { fileURLToPath } from 'node:url'
import { atMost, generate, type Size, sizes } from '../data.ts'
import { milliseconds, percentile, thousands } from '../figures.ts'
import { startOther } from '../other-pages.ts'
import { runJson } from '../processes.ts'
import type { Tell } from '../report.ts'
import { seededRelay } from '../seeded.ts'

const edits = 200
/** A fast typist presses a key every 60 ms; this is two of them. */
const pause = 30

const here = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url))

const ours = async (size: Size): Promise<number[]> => {
  const { relay, admin } = await seededRelay(size, false)
  try {
    const [first] = generate(size, admin.session.user.id)
    const { taken } = await runJson<{ taken: number[] }>([
      ...['--import', 'tsx', here('live.ts'), relay.url, first?.id ?? '', admin.cookie],
      ...[edits, pause].map(String),
    ])
    return taken
  } finally {
    await relay.stop()
  }
}

const hocuspocus = async (): Promise<number[]> => {
  const { port, server } = await startOther('hocuspocus')
  try {
    const args = [port, edits, pause].map(String)
    return (await runJson<{ taken: number[] }>([here('others/hocuspocus/live.mjs'), ...args])).taken
  } finally {
    server.kill('SIGKILL')
  }
}

export const liveRoom = async (most: Size, tell: Tell): Promise<void> => {
  const beside = await hocuspocus()
  for (const size of new Set<Size>(['S', atMost('M', most)])) {
    const taken = await ours(size)
    for (const part of [0.5, 0.99])
      tell({
        what: `letter to another device in a live room, ${thousands(sizes[size])} clients, p${part * 100}`,
        measured: milliseconds(percentile(taken, part)),
        beside: `Hocuspocus, in memory ${milliseconds(percentile(beside, part))}`,
        ratio: percentile(taken, part) / percentile(beside, part),
        goal: part === 0.5 ? '≤ 5 ms' : '',
        ...(part === 0.5 && { met: percentile(taken, part) <= 5 }),
      })
  }
}
