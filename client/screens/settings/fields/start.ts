/** What new records begin with in a field, between the form that asks and the definition. No I/O. */
import { customField } from '../../../../shared/fields/fields.ts'
import type { Names } from '../../../../shared/fields/words.ts'
import type { CustomValue } from '../../../../shared/records/custom-value.ts'
import { dayOfMaking, type FieldRow } from '../../../../shared/records/field.ts'
import { customValues, enteredOf } from '../../clients/new-values.ts'
import type { CardType } from './card-types.ts'

/** The default as the form holds it. */
export interface Start {
  /** As the control of the kind has it; `''`: none. */
  value: CustomValue
  /** Of a date: the day on which the record is made. */
  today: boolean
}

export const noStart: Start = { value: '', today: false }

export const startOf = (definition: FieldRow | null, names: Names): Start => {
  const held = definition?.default
  if (definition === null || held === undefined) return noStart
  if (definition.kind === 'date' && held === dayOfMaking) return { value: '', today: true }
  return { value: enteredOf(customField(definition), held, names), today: false }
}

/** Dialogs and appeals come from outside, through no form. Each record has files of its own. */
export const canStart = (type: CardType, { kind }: Pick<FieldRow, 'kind'>): boolean =>
  kind !== 'file' && type !== 'dialog' && type !== 'appeal'

/** The default to store; null takes it away. Not `ok` where what was typed is no value of the kind. */
export const storedStart = (
  definition: FieldRow,
  { value, today }: Start,
  names: Names,
): { ok: true; value: CustomValue | null } | { ok: false } => {
  if (today) return { ok: true, value: dayOfMaking }
  const info = { ...customField(definition), required: false }
  const { custom, wrong } = customValues([info], { [info.key]: value }, names)
  return wrong[info.key] ? { ok: false } : { ok: true, value: custom[definition.id] ?? null }
}
