/**
 * How long an answer is waited for. A network can be up and swallow all that is sent: without an end
 * the first push into it would be the last.
 */
import { second } from '../../shared/clock.ts'

/** The relay answers in milliseconds; one that is busy, over a satellite, in some seconds. */
const patience = 30 * second
/** A mobile line at its slowest; the relay waits for a body as long. */
const slowestBytesPerSecond = 16 * 1024

/** Ends with `signal`, and when an answer to so many bytes is no longer to be expected. */
export const answerWithin = (signal: AbortSignal, bytes: number): AbortSignal =>
  AbortSignal.any([
    signal,
    AbortSignal.timeout(Math.ceil(patience + (bytes / slowestBytesPerSecond) * second)),
  ])
