import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useLatest } from '../../../client/frame/use-latest.ts'
import { renderIn, stubDocument } from './no-dom.ts'

beforeEach(stubDocument)
afterEach(() => {
  vi.unstubAllGlobals()
})

test('an answer that was overtaken by a later question is let go, whenever it comes', () => {
  let begin = () => () => false
  const Asking = () => {
    begin = useLatest()
    return null
  }
  const { show, end } = renderIn(Asking)
  show({})
  const first = begin()
  expect(first()).toBe(true)
  // A render between the two changes nothing.
  show({ again: true })
  const second = begin()
  expect([first(), second(), first()]).toEqual([false, true, false])
  end()
})
