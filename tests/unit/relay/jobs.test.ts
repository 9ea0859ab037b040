import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type JobBoard, jobBoard } from '../../../sync-server/connector/jobs.ts'

const question = { kind: 'findConnection', address: 'info@romashka.ru' } as const
const away = { ok: false, reason: 'connectorsAway' }

describe('a question to connectors', () => {
  let board: JobBoard
  beforeEach(() => {
    vi.useFakeTimers()
    board = jobBoard(Date.now)
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  /** Milliseconds until the answer, looked at every 100. */
  const answered = async () => {
    let answer: object | null = null
    void board.ask(question).then((given) => {
      answer = given
    })
    let waited = 0
    for (; answer === null && waited < 60_000; waited += 100) await vi.advanceTimersByTimeAsync(100)
    return { answer, waited }
  }

  test('waits ten seconds after the start for connectors that start as well', async () => {
    expect(await answered()).toEqual({ answer: away, waited: 10_000 })
  })

  test('waits a second where none was seen for ten', async () => {
    await vi.advanceTimersByTimeAsync(20_000)
    expect(await answered()).toEqual({ answer: away, waited: 1_000 })
  })

  test('waits for a connector that asked a while ago', async () => {
    await vi.advanceTimersByTimeAsync(20_000)
    const asking = board.next(5_000, new AbortController().signal)
    await vi.advanceTimersByTimeAsync(5_000)
    expect(await asking).toBeNull()
    await vi.advanceTimersByTimeAsync(4_000)
    expect(await answered()).toEqual({ answer: away, waited: 6_000 })
  })

  test('goes to a connector that asks at once, however long it was away', async () => {
    await vi.advanceTimersByTimeAsync(20_000)
    const given = board.ask(question)
    await vi.advanceTimersByTimeAsync(900)
    const job = await board.next(5_000, new AbortController().signal)
    expect(job).toMatchObject(question)
    // Its own limit is a minute and a half.
    await vi.advanceTimersByTimeAsync(60_000)
    const failure = { reason: 'wrongPassword' } as const
    expect(board.finish(job?.id ?? '', { ok: false, failure })).toBe(true)
    expect(await given).toEqual({ ok: false, reason: 'wrongPassword' })
  })

  test('is not waited for longer where the clock is set back', async () => {
    vi.setSystemTime(Date.now() - 3_600_000)
    expect(await answered()).toEqual({ answer: away, waited: 10_000 })
  })
})
