/**
 * Takes items from a source while the consumer is busy with earlier ones: the next frame is
 * received and unzipped while the last one is written, which nearly halves a first sync.
 * At most `ahead` items wait, so that a fast network does not fill the memory.
 */
export async function* readAhead<T>(source: AsyncIterable<T>, ahead: number): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]()
  const waiting: Promise<IteratorResult<T>>[] = []
  const ask = () => {
    const next = iterator.next()
    // Consumed later; until then a failure must not count as unhandled.
    next.catch(() => {})
    waiting.push(next)
  }
  try {
    for (let n = 0; n < ahead; n++) ask()
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { done, value } = await next
      if (done) return
      ask()
      yield value
    }
  } finally {
    // A generator that still waits inside returns when its read ends or fails: nothing to wait for.
    iterator.return?.().catch(() => {})
  }
}
