import { describe, expect, it } from 'vitest'
import { partChanged } from '../../../client/replica/of-kept.ts'
import { clientWrite, newPart, personWrite } from '../../../client/screens/clients/new-contact.ts'
import {
  alsoAfter,
  rowOfWrite,
  withOthers,
} from '../../../client/screens/forms/record-in-making.ts'
import { newId } from '../../../shared/ids.ts'
import { change, type Patch } from '../../../shared/records/change.ts'
import type { ClientRow } from '../../../shared/records/client.ts'
import { setChange } from '../../../shared/records/sets.ts'

const [anna, boris, vera] = [newId(), newId(), newId()]
const given = clientWrite({ kind: 'organisation', name: 'ООО «Ромашка»', phone: '+74951234567' }, [
  anna,
])
const kept = (also: Patch, ...changes: Patch[]): Patch =>
  changes.reduce((made, each) => alsoAfter(given, made, each), also)

/** What the relay makes of the creation. */
const stored = (also: Patch, form = given): ClientRow => {
  const { id, patch } = withOthers(form, also)
  const made = change('client', id, null, patch, 1)
  if (!made.ok) throw new Error(`${made.reason} ${made.field}`)
  return made.value.row as unknown as ClientRow // projected by the client's declaration
}

describe('what the form of a new client does not ask for by name', () => {
  it('is kept as the editors of the card save it, and stands in the record', () => {
    const [tag, folder] = [newId(), newId()]
    const also = kept(
      {},
      { addresses: newPart([], { value: 'Тверь, ул. Советская, 1', kind: 'legal' }) },
      { relation: 'buyer', folder, open: 'read', note: 'Звонить после обеда' },
      { tags: { [tag]: true } },
      { managers: { [boris]: true } },
    )
    const row = stored(also)
    expect(row).toMatchObject({
      relation: 'buyer',
      folder,
      open: 'read',
      note: 'Звонить после обеда',
      tags: [tag],
    })
    expect(row.addresses.map(({ value }) => value)).toEqual(['Тверь, ул. Советская, 1'])
    expect(row.managers).toEqual([anna, boris].sort())
    // The editors are shown what is going to be stored.
    const shown = rowOfWrite(withOthers(given, also))
    expect({ ...shown, managers: [...(shown.managers as string[])].sort() }).toEqual(
      Object.fromEntries(Object.keys(shown).map((key) => [key, row[key as keyof ClientRow]])),
    )
  })

  it('a phone that the form asks for stays the main one, whatever was added first', () => {
    // The form's own part is made last, when it is saved: by its id it would come after.
    const first = newPart([], { value: '+79161234567', kind: 'mobile' })
    const list = Object.entries(first).map(([id, part]) => ({ id, ...part }))
    const also = kept(
      {},
      { phones: first },
      { phones: newPart(list, { value: '102', kind: 'work' }) },
    )
    const saved = clientWrite(
      { kind: 'organisation', name: 'ООО «Ромашка»', phone: '+74951234567' },
      [anna],
    )
    expect(stored(also, saved).phones.map(({ value }) => value)).toEqual([
      '+74951234567',
      '+79161234567',
      '102',
    ])
  })

  it('a part is changed value by value, from what was kept of it last', () => {
    const id = newId()
    const shown = { id, value: '+79161234567', kind: 'mobile', order: 'a0' }
    const { id: _, ...phone } = shown
    const also = kept(
      {},
      { phones: { [id]: phone } },
      { phones: { [id]: partChanged(shown, { value: '+74957654321' }) } },
      { phones: { [id]: partChanged(shown, { kind: 'work' }) } },
    )
    expect(also).toEqual({ phones: { [id]: { value: '+74957654321', kind: 'work', order: 'a0' } } })
  })

  it('what is taken off again, or cleared, leaves nothing behind', () => {
    const [tag, segment] = [newId(), newId()]
    const phones = newPart([], { value: '+79161234567', kind: 'mobile' })
    const [phone = ''] = Object.keys(phones)
    const also = kept(
      {},
      { phones, relation: 'buyer', note: 'Слово', segments: [segment] },
      { tags: { [tag]: true }, managers: { [boris]: true } },
      { phones: { [phone]: null }, relation: null, note: '', segments: null },
      { tags: { [tag]: false }, managers: { [boris]: false } },
    )
    expect(also).toEqual({})
  })

  it('the creator can be replaced, and comes back', () => {
    const replaced = kept({}, { managers: { [boris]: true } }, { managers: { [anna]: false } })
    expect(stored(replaced).managers).toEqual([boris])
    expect(stored(kept(replaced, { managers: { [anna]: true } })).managers).toEqual(
      [anna, boris].sort(),
    )
  })

  it('lists of a copied record are changed as those of the form', () => {
    const [stays, gone] = [newId(), newId()]
    const copied = { tags: [stays, gone], managers: [vera] }
    const also = kept(copied, { tags: { [gone]: false } }, { managers: { [vera]: false } })
    expect(stored(copied).managers).toEqual([anna, vera].sort())
    expect(stored(also).tags).toEqual([stays])
    expect(stored(also).managers).toEqual([anna])
  })

  it('of a person, whoever manages the company can be taken off', () => {
    const company = { id: newId(), managers: [boris, vera], open: 'read' as const }
    const made = personWrite({ name: 'Зоя Ким' }, company, anna)
    const also = alsoAfter(made, {}, { managers: setChange([anna, boris, vera], [anna, vera]) })
    expect(withOthers(made, { ...also, open: 'closed' }).patch).toMatchObject({
      managers: [anna, vera],
      open: 'closed',
    })
  })
})
