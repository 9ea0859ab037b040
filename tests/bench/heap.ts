/** What a page and its workers hold in memory after collecting garbage. */
import type { CDPSession, Page } from 'playwright-core'

/** Bytes of JavaScript objects. */
export interface Heap {
  page: number
  workers: number
}

const wait = 10_000

export const heapOf = async (page: Page): Promise<Heap> => {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  const workers = await workersOf(session)
  let held = 0
  for (const worker of workers) held += await heapOfWorker(session, worker)
  await session.detach()
  return { page: usedSize, workers: held }
}

/** Sessions with the page's workers; Chromium names those that are there as soon as it is asked. */
const workersOf = async (session: CDPSession): Promise<string[]> => {
  const found: string[] = []
  session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
    if (targetInfo.type === 'worker') found.push(sessionId)
  })
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  })
  return found
}

const heapOfWorker = async (session: CDPSession, worker: string): Promise<number> => {
  await ask(session, worker, 1, 'HeapProfiler.collectGarbage')
  const { usedSize } = await ask(session, worker, 2, 'Runtime.getHeapUsage')
  return usedSize ?? 0
}

const ask = (session: CDPSession, worker: string, id: number, method: string) =>
  new Promise<{ usedSize?: number }>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${method}: no answer`)), wait)
    session.on('Target.receivedMessageFromTarget', ({ sessionId, message }) => {
      const answer = JSON.parse(message) as { id?: number; result?: { usedSize?: number } } // CDP
      if (sessionId !== worker || answer.id !== id) return
      clearTimeout(late)
      resolve(answer.result ?? {})
    })
    session
      .send('Target.sendMessageToTarget', {
        sessionId: worker,
        message: JSON.stringify({ id, method }),
      })
      .catch(reject)
  })
