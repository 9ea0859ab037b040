import fc from 'fast-check'
import { expect, it } from 'vitest'
import { takenApart, together } from '../../../shared/fields/apart.ts'
import { newId } from '../../../shared/ids.ts'
import { change, type Patch } from '../../../shared/records/change.ts'
import { type PrivateValueRow, privateValueId } from '../../../shared/records/private-value.ts'

const client = newId()
const fields = [newId(), newId(), newId()]
/** The last one everybody sees. */
const apart = new Set(fields.slice(0, 2))
const [imports, merges] = [
  [newId(), newId()],
  [newId(), newId()],
]

const value = fc.option(fc.constantFrom('10 %', '20 %', 5), { nil: null })
const set = fc.dictionary(
  fc.constantFrom('name', ...fields.map((id) => `custom/${id}`)),
  fc.tuple(value, value),
  { noNullPrototype: true },
)
const partsOf = (ids: string[], part: fc.Arbitrary<unknown>) =>
  fc.dictionary(fc.constantFrom(...ids), fc.option(part, { nil: null }), {
    noNullPrototype: true,
    minKeys: 1,
  })
const mark = { at: fc.constant(1), order: fc.constant('a0'), set }
const patch: fc.Arbitrary<Patch> = fc
  .record(
    {
      custom: fc.dictionary(fc.constantFrom(...fields), value),
      imports: partsOf(imports, fc.record(mark)),
      merged: partsOf(merges, fc.record({ ...mark, by: fc.constant(newId()) })),
    },
    { requiredKeys: [] },
  )
  // Yjs takes objects with the usual prototype.
  .map((made) => JSON.parse(JSON.stringify(made)) as Patch)

it('a record whose values lie apart reads as if they lay in it, whatever is written', () => {
  fc.assert(
    fc.property(fc.array(patch, { maxLength: 6 }), (patches) => {
      const states = new Map<string, Uint8Array>()
      const rows = new Map<string, Record<string, unknown>>()
      const write = (type: 'client' | 'privateValue', id: string, next: Patch, as = id) => {
        const made = change(type, id, states.get(as) ?? null, next, 1)
        if (!made.ok) throw new Error(`${made.reason} ${made.field}`)
        states.set(as, made.value.state)
        rows.set(as, { ...made.value.row })
      }
      const held = () =>
        fields.flatMap(
          (field) => (rows.get(privateValueId(client, field)) as PrivateValueRow | undefined) ?? [],
        )
      const named = { kind: 'person', name: 'Иван' }
      write('client', client, named)
      write('client', client, named, 'whole')
      for (const next of patches) {
        write('client', client, next, 'whole')
        const taken = takenApart(next, apart, held())
        write('client', client, taken.open)
        for (const [field, own] of taken.apart)
          write('privateValue', privateValueId(client, field), {
            record: client,
            recordType: 'client',
            field,
            ...own,
          })
      }
      expect(together(rows.get(client) ?? {}, held())).toEqual(rows.get('whole'))
      // Nothing of them stands in the record itself.
      for (const id of apart) expect(JSON.stringify(rows.get(client))).not.toContain(id)
    }),
  )
})
