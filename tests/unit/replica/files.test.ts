import { expect, it } from 'vitest'
import { readFile } from '../../../client/replica/files.ts'
import { openBase, storedRow } from '../../../client/replica/tables.ts'
import { storeForget } from '../../../client/sync/store-frames.ts'
import { newId } from '../../../shared/ids.ts'

it('keeps no file whose record was forgotten while the file was on its way', async () => {
  const base = openBase(`files-${newId()}`)
  await base.open()
  const hash = 'a'.repeat(64)
  const segment = newId()
  const row = {
    id: segment,
    type: 'segment' as const,
    dialog: newId(),
    account: newId(),
    month: '2026-11',
    messages: [],
    lastAt: 0,
  }
  await base.docs.put({ id: segment, type: 'segment', seq: 1, state: new Uint8Array([0, 0]) })
  await base.table('segment').put(storedRow(row))
  const asked = deferred<void>()
  const answer = deferred<Response>()
  const reading = readFile(
    {
      base,
      fetch: () => {
        asked.resolve()
        return answer.promise
      },
      clock: () => 0,
    },
    hash,
  )
  await asked.promise
  await storeForget(base, [segment], () => 0)
  answer.resolve(new Response('тайна'))
  // It is shown to whom the relay gave it, and not kept.
  const shown = await reading
  expect(shown.ok && (await shown.value.text())).toBe('тайна')
  expect(await base.files.count()).toBe(0)
  await base.delete()
})

/** A promise and what settles it; Node 20 has no `Promise.withResolvers`. */
const deferred = <T>() => {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((done) => {
    resolve = done
  })
  return { promise, resolve: (value: T) => resolve(value) }
}
