/** What Enter takes of a list of suggestions that follows what one types. */
import { expect, test } from 'vitest'
import { chosenOf } from '../../../client/replica/use-suggestions.ts'

const names = ['Заря', 'Зарница', 'Север']
const suggest = async (typed: string) => names.filter((name) => name.startsWith(typed))
const forOtherWords = { of: '', found: names }

test('is the first that is found for what is typed, though the list still shows what was before', async () => {
  expect(await chosenOf(forOtherWords, 'Сев', -1, suggest)).toBe('Север')
  expect(await chosenOf({ of: null, found: [] }, 'Сев', -1, suggest)).toBe('Север')
})

test('is nothing where nothing is found for what is typed', async () => {
  expect(await chosenOf(forOtherWords, 'Восток', -1, suggest)).toBeUndefined()
})

test('is what the arrows led to, whatever is found meanwhile', async () => {
  expect(await chosenOf(forOtherWords, 'Зар', 1, suggest)).toBe('Зарница')
})

test('asks nothing again once the list has answered', async () => {
  const never = () => Promise.reject(new Error('asked again'))
  expect(await chosenOf({ of: 'Зар', found: ['Заря', 'Зарница'] }, 'Зар', -1, never)).toBe('Заря')
  expect(await chosenOf({ of: 'Восток', found: [] }, 'Восток', -1, never)).toBeUndefined()
})
