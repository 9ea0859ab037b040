import { expect, test } from 'vitest'
import {
  withEmptyField,
  withoutField,
  withStoring,
} from '../../../client/screens/clients/adding.ts'

test('one empty field is enough', () => {
  const one = withEmptyField([])
  expect(one).toHaveLength(1)
  expect(withEmptyField(one)).toBe(one)
})

test('who asks for the next field while a value is being stored gets another, which stays', () => {
  const [first] = withEmptyField([])
  const key = first?.key ?? 0
  const both = withEmptyField(withStoring([{ key, isStoring: false }], key, true))
  expect(both).toHaveLength(2)
  const stored = withoutField(withStoring(both, key, false), key)
  expect(stored).toEqual([{ key: key + 1, isStoring: false }])
})

test('a field whose value was refused is the empty one again', () => {
  const refused = withStoring([{ key: 1, isStoring: true }], 1, false)
  expect(withEmptyField(refused)).toBe(refused)
})
