/** Fields of one's own in the form of a new record: defaults, what is required, what was entered. No I/O. */
import '../../format/world-phones.ts'
import { defaultOf } from '../../../shared/fields/defaults.ts'
import { type FieldInfo, isEmpty, missingFields } from '../../../shared/fields/fields.ts'
import { type Names, parseWords, wordsOf } from '../../../shared/fields/words.ts'
import type { CustomValue } from '../../../shared/records/custom-value.ts'
import type { InputError } from './contact-input.ts'

/** By the key of the field: the words of kinds that are typed, the value of others; `''` where cleared. */
export type Entered = Readonly<Record<string, CustomValue>>

/** What is wrong or missing, by the key of the field. */
export type Wrong = Readonly<Record<string, InputError>>

const typedKinds: ReadonlySet<FieldInfo['kind']> = new Set([
  'text',
  'longText',
  'number',
  'money',
  'date',
  'phone',
  'email',
  'link',
])

/** A value as a form has it before it is changed there. */
export const enteredOf = (info: FieldInfo, value: CustomValue, names: Names): CustomValue =>
  typedKinds.has(info.kind) ? wordsOf(info, value, names) : value

/**
 * What the fields hold before anybody entered something.
 *
 * @param clients those of `clientsOfDefaults` that are on this device
 */
export const defaultsOf = (
  own: readonly FieldInfo[],
  names: Names,
  clients: ReadonlySet<string>,
): Entered =>
  Object.fromEntries(
    own.flatMap((info) => {
      const value = defaultOf(info, names, clients)
      return value === undefined ? [] : [[info.key, enteredOf(info, value, names)]]
    }),
  )

/** What is shown as chosen: an option that went away while the draft waited is none any more. */
const chosenOf = (info: FieldInfo, value: CustomValue): CustomValue => {
  const options = info.options ?? []
  switch (info.kind) {
    case 'oneOf':
      return options.some(({ id, archived }) => id === value && !archived) ? value : ''
    case 'manyOf':
      return Array.isArray(value)
        ? value.filter((each) => options.some(({ id }) => id === each))
        : []
    default:
      return value
  }
}

/** What was entered as values by the ids of the fields, and what is wrong or missing. */
export const customValues = (
  own: readonly FieldInfo[],
  entered: Entered,
  names: Names,
): { custom: Record<string, CustomValue>; wrong: Wrong } => {
  const custom: Record<string, CustomValue> = {}
  const wrong: Record<string, InputError> = {}
  for (const info of own) {
    const value = entered[info.key]
    const id = info.definition?.id ?? ''
    if (value === undefined || isEmpty(value)) continue
    if (!typedKinds.has(info.kind)) {
      const chosen = chosenOf(info, value)
      if (!isEmpty(chosen)) custom[id] = chosen
      continue
    }
    const parsed = parseWords(info, String(value), names)
    if (!parsed.ok)
      wrong[info.key] = info.kind === 'date' ? 'client.error.day' : 'client.error.value'
    else if (parsed.value !== undefined) custom[id] = parsed.value
  }
  for (const { key } of missingFields(own, { custom })) wrong[key] ??= 'client.required'
  return { custom, wrong }
}
