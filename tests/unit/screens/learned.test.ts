import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openBase, putRows, type ReplicaBase } from '../../../client/replica/tables.ts'
import { forgottenWrites, learnedWrites } from '../../../client/screens/dialogs/learned.ts'
import { newId } from '../../../shared/ids.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import type { Subject } from '../../../shared/rights.ts'

const anna = newId()
const subject: Subject = {
  kind: 'employee',
  id: anna,
  administrator: false,
  tokens: new Set(['all', `user:${anna}`]),
}

let base: ReplicaBase
beforeEach(async () => {
  base = openBase(`interes-${newId()}`)
  await base.open()
})
afterEach(() => base.delete())

const email = (value: string, order = 'a0') => ({ id: newId(), value, kind: 'work', order })

const put = async (type: 'client' | 'person', more: object): Promise<string> => {
  const id = newId()
  const row = { id, type, kind: 'organisation', name: 'Ромашка', phones: [], emails: [], ...more }
  await Promise.all(putRows(base, [row as unknown as Row])) // as projected
  return id
}

const learned = (client: string, address = 'Petrov@Romashka.test') =>
  learnedWrites({ base, subject }, { channel: 'mail', address }, client)

describe('a dialog that turns out to be a client’s', () => {
  it('gives the card the address that it lacks, after those it has', async () => {
    const client = await put('client', { managers: [anna], emails: [email('info@romashka.test')] })
    const [write, ...others] = await learned(client)
    expect(others).toEqual([])
    expect(write).toMatchObject({ type: 'client', id: client })
    const parts = Object.values((write?.patch.emails ?? {}) as Record<string, { order: string }>) // as made
    expect(parts).toMatchObject([{ value: 'petrov@romashka.test', kind: 'work' }])
    expect((parts[0]?.order ?? '') > 'a0').toBe(true)
  })

  it('gives nothing that the card or one of its people has, however it is written', async () => {
    const client = await put('client', {
      managers: [anna],
      emails: [email('PETROV@romashka.test')],
    })
    expect(await learned(client)).toEqual([])
    const firm = await put('client', { managers: [anna] })
    await put('person', { client: firm, managers: [anna], emails: [email('petrov@romashka.test')] })
    expect(await learned(firm)).toEqual([])
  })

  it('changes no card that its reader may not write', async () => {
    const client = await put('client', { managers: [newId()], open: 'read' })
    expect(await learned(client)).toEqual([])
  })

  it('is what the card is called now where the client was merged into another', async () => {
    const main = await put('client', { managers: [anna] })
    const duplicate = await put('client', { managers: [anna], mergedInto: main })
    expect(await learned(duplicate)).toMatchObject([{ id: main }])
  })

  it('takes it back', async () => {
    const client = await put('client', { managers: [anna] })
    const writes = await learned(client)
    const [part = ''] = Object.keys((writes[0]?.patch.emails ?? {}) as object) // as made
    expect(forgottenWrites(writes)).toEqual([
      { type: 'client', id: client, patch: { emails: { [part]: null } } },
    ])
  })
})
