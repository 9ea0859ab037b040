import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useWalk } from '../../../client/lists/use-walk.ts'
import { renderIn, stubDocument } from '../client/no-dom.ts'

beforeEach(stubDocument)
afterEach(() => {
  vi.unstubAllGlobals()
})

const open = () => {
  let now: ReturnType<typeof useWalk> | undefined
  const List = ({ ids }: { ids: readonly string[] }) => {
    now = useWalk(ids)
    return null
  }
  const { show, end } = renderIn(List)
  return {
    show: (...ids: string[]) => show({ ids }),
    step: (by: 1 | -1) => now?.step(by),
    chosen: () => now?.chosen(),
    place: () => now?.place(),
    end,
  }
}

test('Enter opens the record that was walked to, whatever is put in above it', () => {
  const list = open()
  list.show('a', 'b', 'c')
  list.step(1)
  list.step(1)
  expect(list.chosen()).toBe('b')
  list.show('new', 'a', 'b', 'c')
  expect([list.chosen(), list.place()]).toEqual(['b', 2])
  list.step(1)
  expect(list.chosen()).toBe('c')
  list.end()
})

test('a record that has left the list is not opened, nor what came into its place; the walk goes on from there', () => {
  const list = open()
  list.show('a', 'b', 'c')
  list.step(1)
  list.step(1)
  list.show('a', 'c')
  expect([list.chosen(), list.place()]).toEqual([undefined, -1])
  expect(list.step(1)).toBe(1)
  expect(list.chosen()).toBe('c')
  list.show('a')
  expect(list.step(-1)).toBe(0)
  list.end()
})

test('the walk ends at both ends, and before it Enter opens the first', () => {
  const list = open()
  list.show('a', 'b')
  expect(list.chosen()).toBe('a')
  expect([list.step(-1), list.step(1), list.step(1)]).toEqual([0, 1, 1])
  list.end()
})
