import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { openLab, type Person } from './lab.ts'

const stored = { seq: expect.any(Number) }

const create = async (who: Person, name: string, more: object = {}) => {
  const id = newId()
  const patch = { kind: 'organisation', name, managers: [who.id], ...more }
  expect(await who.write('client', id, patch)).toMatchObject(stored)
  return id
}

const refused = { ok: false, reason: 'ring', field: 'parent' }

describe('a holding at the relay', () => {
  it('never becomes a ring, whatever two people do while apart', async () => {
    const { anna } = await openLab()
    const [north, south] = [await create(anna, 'ООО «Север»'), await create(anna, 'ООО «Юг»')]
    // Each of the two changes is sound by itself; the second that arrives would close the ring.
    expect(await anna.write('client', north, { parent: south })).toMatchObject(stored)
    expect(await anna.write('client', south, { parent: north })).toMatchObject(refused)
    const alone = await create(anna, 'ООО «Сама»')
    expect(await anna.write('client', alone, { parent: alone })).toMatchObject(refused)
  })

  it('nor where both changes come in one group', async () => {
    const { anna } = await openLab()
    const [north, south] = [await create(anna, 'ООО «Север»'), await create(anna, 'ООО «Юг»')]
    const change = (id: string, parent: string) => ({
      id,
      type: 'client',
      update: anna.make('client', id, { parent }),
    })
    const outcomes = await anna.push(change(north, south), change(south, north))
    expect(outcomes).toMatchObject([stored, refused])
  })

  it('refuses the ring over three, also where the company in between is not the user’s to see', async () => {
    const lab = await openLab()
    const boris = await lab.join('boris@romashka.ru')
    const top = await create(boris, 'ПАО «Верх»')
    const middle = await create(lab.anna, 'АО «Середина»', { parent: top })
    const bottom = await create(boris, 'ООО «Низ»', { parent: middle })
    expect(await boris.write('client', top, { parent: bottom })).toMatchObject(refused)
  })

  it('may be turned over once the lower company is taken out', async () => {
    const { anna } = await openLab()
    const top = await create(anna, 'ПАО «Верх»')
    const bottom = await create(anna, 'ООО «Низ»', { parent: top })
    expect(await anna.write('client', bottom, { parent: null })).toMatchObject(stored)
    expect(await anna.write('client', top, { parent: bottom })).toMatchObject(stored)
  })
})
