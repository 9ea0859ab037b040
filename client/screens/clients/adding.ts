/**
 * The empty fields that add values to a card. Whoever asks for the next one while the last is still
 * being stored gets one of its own, and types into that.
 */
import { useState } from 'preact/hooks'
import type { Result } from '../../../shared/reasons.ts'

export interface AddingField {
  key: number
  isStoring: boolean
}

/** One that nothing was typed and left in is enough. */
export const withEmptyField = (fields: readonly AddingField[]): readonly AddingField[] =>
  fields.some(({ isStoring }) => !isStoring)
    ? fields
    : [...fields, { key: (fields.at(-1)?.key ?? 0) + 1, isStoring: false }]

export const withoutField = (fields: readonly AddingField[], key: number): readonly AddingField[] =>
  fields.filter((field) => field.key !== key)

export const withStoring = (
  fields: readonly AddingField[],
  key: number,
  isStoring: boolean,
): readonly AddingField[] => fields.map((field) => (field.key === key ? { key, isStoring } : field))

/** @param begun whether a draft brings back what was typed into one */
export const useAdding = (begun: boolean) => {
  const [fields, setFields] = useState(() => (begun ? withEmptyField([]) : []))
  return {
    fields: fields.map(({ key, isStoring }) => ({
      key,
      // Comes back where its value is refused.
      isHidden: isStoring && fields.length > 1,
    })),
    add: () => setFields(withEmptyField),
    remove: (key: number) => setFields((now) => withoutField(now, key)),
    store: async (key: number, work: () => Promise<Result<unknown>>): Promise<Result<unknown>> => {
      setFields((now) => withStoring(now, key, true))
      const result = await work()
      setFields((now) => withStoring(now, key, false))
      return result
    },
  }
}
