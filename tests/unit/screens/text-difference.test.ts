import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { textDifference } from '../../../client/screens/clients/text-difference.ts'

const apply = (before: string, after: string, caret: number): string => {
  const difference = textDifference(before, after, caret)
  if (!difference) return before
  const { at, removed, inserted } = difference
  return before.slice(0, at) + inserted + before.slice(at + removed)
}

describe('what was typed into a text', () => {
  test('among equal letters the one at the caret', () => {
    expect(textDifference('аа', 'ааа', 1)).toEqual({ at: 0, removed: 0, inserted: 'а' })
    expect(textDifference('аа', 'ааа', 3)).toEqual({ at: 2, removed: 0, inserted: 'а' })
  })
  test('never a half of a pictogram', () =>
    expect(textDifference('😀', '😁', 2)).toEqual({ at: 0, removed: 2, inserted: '😁' }))
  test('nothing where nothing changed', () => expect(textDifference('а', 'а', 1)).toBeNull())
  test('makes the new text of the old one, wherever the caret is', () => {
    const text = fc.string({ unit: fc.constantFrom('а', 'б', ' ', '😀'), maxLength: 12 })
    fc.assert(
      fc.property(text, text, fc.nat(24), (before, after, caret) => {
        expect(apply(before, after, Math.min(caret, after.length))).toBe(after)
      }),
    )
  })
})
