import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useKeptValue } from '../../../client/screens/clients/use-kept-value.ts'
import { renderIn, stubDocument } from '../client/no-dom.ts'

beforeEach(stubDocument)
afterEach(() => {
  vi.unstubAllGlobals()
})

const open = () => {
  let now: ReturnType<typeof useKeptValue> | undefined
  const Field = ({ shown }: { shown: string }) => {
    now = useKeptValue(shown)
    return null
  }
  const { show, end } = renderIn(Field)
  return {
    show: (shown: string) => show({ shown }),
    isKept: (value: string) => now?.isKept(value),
    keep: (value: string) => now?.keep(value),
    end,
  }
}

test('the old value typed again before the new one is shown is stored once more', () => {
  const field = open()
  field.show('Ромашка')
  expect(field.isKept('Ромашка')).toBe(true)
  field.keep('Лютик')
  expect(field.isKept('Ромашка')).toBe(false)
  // A render that brings nothing new makes it no value of the record.
  field.show('Ромашка')
  expect(field.isKept('Ромашка')).toBe(false)
  field.show('Лютик')
  expect([field.isKept('Лютик'), field.isKept('Ромашка')]).toEqual([true, false])
  field.end()
})

test('what was stored and taken back before it was shown can be typed again', () => {
  const field = open()
  field.show('Ромашка')
  field.keep('Лютик')
  expect(field.isKept('Лютик')).toBe(false)
  field.end()
})
