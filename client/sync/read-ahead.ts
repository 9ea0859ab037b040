/**
 * Takes items from a source while the consumer is busy with earlier ones: the next frame is
 * received and unzipped while the last one is written, which nearly halves a first sync.
 * At most `ahead` items wait, so that a fast network does not fill the memory. Of those that came
 * meanwhile `join` makes one with the item before, where it can: two that touch the same records
 * cost little more together than one of them.
 */
export async function* readAhead<T>(
  source: AsyncIterable<T>,
  ahead: number,
  join: (item: T, next: T) => T | null = () => null,
): AsyncGenerator<T> {
  const iterator = source[Symbol.asyncIterator]()
  interface Place {
    next: Promise<IteratorResult<T>>
    /** What has come already. */
    here: T | null
  }
  const waiting: Place[] = []
  const ask = () => {
    const place: Place = { next: iterator.next(), here: null }
    place.next.then(
      ({ done, value }) => {
        if (!done) place.here = value
      },
      // Consumed later; until then a failure must not count as unhandled.
      () => {},
    )
    waiting.push(place)
  }
  try {
    for (let n = 0; n < ahead; n++) ask()
    for (let place = waiting.shift(); place; place = waiting.shift()) {
      const { done, value } = await place.next
      if (done) return
      ask()
      let item: T = value
      for (let [after] = waiting; after?.here; [after] = waiting) {
        const joined = join(item, after.here)
        if (!joined) break
        item = joined
        waiting.shift()
        ask()
      }
      yield item
    }
  } finally {
    // A generator that still waits inside returns when its read ends or fails: nothing to wait for.
    iterator.return?.().catch(() => {})
  }
}
