import { expect, test } from 'vitest'
import { nextForm } from '../../../client/screens/forms/next-form.ts'

test('what is typed while a record is saved is in the form of the next, and nothing else of the last is', () => {
  const empty = { name: '', phone: '', also: {}, kind: 'organisation' }
  const saved = { name: 'Ромашка', phone: '112', also: { inn: '1' }, kind: 'person' }
  const next = { ...empty, kind: saved.kind }
  expect(nextForm(saved, saved, next)).toEqual(next)
  expect(nextForm(saved, { ...saved, name: 'Лютик' }, next)).toEqual({ ...next, name: 'Лютик' })
  // An address beside the ИНН that was typed since stays with the last one.
  const filled = { ...saved, also: { inn: '1', address: 'Тула' } }
  const changed = { ...filled, also: { ...filled.also, inn: '2' } }
  expect(nextForm(filled, changed, next)).toEqual({ ...next, also: { inn: '2' } })
  // Emptied meanwhile, it is empty.
  expect(nextForm(saved, { ...saved, phone: '' }, next)).toEqual(next)
})
