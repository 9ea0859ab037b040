import { expect, it, onTestFinished } from 'vitest'
import { openBase, putRows } from '../../../client/replica/tables.ts'
import { personsOf } from '../../../client/screens/clients/client-queries.ts'
import { newId } from '../../../shared/ids.ts'
import type { Row } from '../../../shared/records/declaration.ts'

it('key persons of a client stand first, all by their names', async () => {
  const base = openBase(`interes-${newId()}`)
  await base.open()
  onTestFinished(() => base.delete())
  const client = newId()
  const person = (name: string, more: object = {}) =>
    ({
      id: newId(),
      type: 'person',
      name,
      client,
      phones: [],
      emails: [],
      ...more,
    }) as unknown as Row // as projected
  await Promise.all(
    putRows(base, [
      person('Абрамов'),
      person('Яковлева', { keyPerson: true }),
      person('Белова', { keyPerson: true }),
      person('Ветров', { keyPerson: true, deletedAt: 1 }),
      person('Гусев', { keyPerson: false }),
    ]),
  )
  const names = (await personsOf(base, client)).map(({ name }) => name)
  expect(names).toEqual(['Белова', 'Яковлева', 'Абрамов', 'Гусев'])
})
