import { describe, expect, it } from 'vitest'
import { asksForTemplate, withInserted } from '../../../client/screens/templates/letter-entry.ts'

/** A field after `data` was typed, with the caret at the end. */
const typed = (value: string, data: string | null) =>
  asksForTemplate(
    { data } as InputEvent, // the parts that are read
    { value, selectionStart: value.length } as HTMLTextAreaElement,
  )

describe('a text by a template', () => {
  it('is asked for by a «/» that begins a line, not by one inside it or one that was pasted', () => {
    expect(typed('/', '/')).toBe(true)
    expect(typed('Добрый день!\n/', '/')).toBe(true)
    expect(typed('и/', '/')).toBe(false)
    expect(typed('/', null)).toBe(false)
  })

  it('is put in at the caret, instead of the sign that asked for it', () => {
    expect(withInserted('Привет\n/\nпока', 'текст', 8, true)).toBe('Привет\nтекст\nпока')
    expect(withInserted('а/', 'текст', 2, false)).toBe('а/текст')
    expect(withInserted('', 'текст', 0, false)).toBe('текст')
  })
})
