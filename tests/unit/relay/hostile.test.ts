import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { isReason } from '../../../shared/reasons.ts'
import { openDoc, project } from '../../../shared/records/projection.ts'
import { newClient, openLab } from './lab.ts'

const bytes = fc.uint8Array({ maxLength: 200 })

/** A sound update with a few bytes changed, cut off or put in. */
const damage = fc.array(
  fc.record({
    at: fc.nat(),
    how: fc.constantFrom('flip' as const, 'cut' as const, 'insert' as const),
    byte: fc.nat(255),
  }),
  { minLength: 1, maxLength: 4 },
)

const damaged = (update: Uint8Array, wounds: { at: number; how: string; byte: number }[]) => {
  let result = [...update]
  for (const { at, how, byte } of wounds) {
    const place = at % Math.max(1, result.length)
    if (how === 'flip') result[place] = byte
    else if (how === 'cut') result = result.slice(0, place)
    else result.splice(place, 0, byte)
  }
  return new Uint8Array(result)
}

describe('whatever bytes come as an update', () => {
  test('are refused with a reason, or leave a record that is whole', async () => {
    const { anna, relay } = await openLab()
    const id = newId()
    const other = newId()
    await anna.write('client', id, { ...newClient, note: 'Звонить утром' })
    await anna.write('client', other, newClient)
    const untouched = await relay.workspace?.store.documents([other])
    let edits = 0
    await fc.assert(
      fc.asyncProperty(fc.oneof(damage, bytes), async (input) => {
        const update =
          input instanceof Uint8Array
            ? input
            : damaged(
                // Made anew each time by a page load of its own, so that most of it is sound.
                (await freshEdit(++edits)).update,
                input,
              )
        const [outcome] = await anna.push({ id, update })
        if (outcome && !outcome.ok) {
          expect(isReason(outcome.reason)).toBe(true)
          expect(outcome.reason).not.toBe('internal')
        }
        const stored = (await relay.workspace?.store.documents([id]))?.get(id)
        const doc = openDoc(id, stored?.state)
        expect(doc.store.pendingStructs).toBeNull()
        expect(doc.store.pendingDs).toBeNull()
        expect(project('client', id, doc)).toEqual({
          ok: true,
          value: JSON.parse(stored?.rowJson ?? '{}'),
        })
      }),
      { numRuns: 600, seed: 20261121 },
    )
    expect(await relay.workspace?.store.documents([other])).toEqual(untouched)
    expect(await anna.write('client', other, { name: 'Лютик' })).toMatchObject({ ok: true })

    async function freshEdit(n: number) {
      const state = (await relay.workspace?.pipeline.read(id))?.state ?? new Uint8Array()
      const doc = openDoc(id, state, 5_000_000 + n)
      let update: Uint8Array = new Uint8Array()
      doc.on('update', (made: Uint8Array) => {
        update = made
      })
      doc.transact(() => {
        doc.getMap('f').set('name', `Имя ${n}`)
        doc.getText('note').insert(3, 'x')
        doc.getText('note').delete(0, 1)
      })
      return { update }
    }
  })

  test('as a push are answered 400 or judged, never with a fault', async () => {
    const { anna, app } = await openLab()
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (body) => {
        const response = await app.request('/push', {
          method: 'POST',
          headers: anna.headers,
          body: new Uint8Array(body),
        })
        expect([200, 400]).toContain(response.status)
      }),
      { numRuns: 300, seed: 20261121 },
    )
  })
})
