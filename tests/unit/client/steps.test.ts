import { expect, test } from 'vitest'
import { stepsOf } from '../../../client/lists/steps.ts'

test('rows in view are read in whole steps', () => {
  expect(stepsOf(50, 0, 30, [0, 0])).toEqual([0, 50])
  expect(stepsOf(50, 49, 50, [0, 50])).toEqual([0, 100])
  expect(stepsOf(50, 50, 99, [0, 100])).toEqual([50, 100])
})

test('a scroll within the same steps gives the same range, which renders nothing', () => {
  const range = stepsOf(50, 0, 30, [0, 0])
  expect(stepsOf(50, 5, 49, range)).toBe(range)
  expect(stepsOf(50, 5, 50, range)).not.toBe(range)
})
