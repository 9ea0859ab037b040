/** Fields of one's own in the form of a new record: defaults, what is required, what was typed. */
import type { FieldInfo } from '../../../shared/fields/fields.ts'
import { type Names, parseWords, wordsOf } from '../../../shared/fields/words.ts'
import type { CustomValue } from '../../../shared/records/custom-value.ts'
import { Field, Input, Select, Textarea } from '../../design/index.ts'
import { labelOf } from '../../i18n/index.ts'
import type { InputError } from './contact-input.ts'
import { t } from './texts.ts'

/** Kinds that the form of a new record asks for; clients and files are given on the card. */
export const typedKinds: ReadonlySet<FieldInfo['kind']> = new Set([
  'text',
  'longText',
  'number',
  'money',
  'date',
  'yesNo',
  'oneOf',
  'phone',
  'email',
  'link',
  'employee',
])

/** What the fields hold before anybody typed. */
export const defaultsOf = (own: readonly FieldInfo[], names: Names): Record<string, string> =>
  Object.fromEntries(
    own.flatMap((info) => {
      const value = info.definition?.default
      return value === undefined ? [] : [[info.key, wordsOf(info, value, names)]]
    }),
  )

/** What was typed as values, and what is wrong or missing, by the key of the field. */
export const customValues = (
  own: readonly FieldInfo[],
  typed: Readonly<Record<string, string>>,
  names: Names,
): { custom: Record<string, CustomValue>; wrong: Record<string, InputError> } => {
  const custom: Record<string, CustomValue> = {}
  const wrong: Record<string, InputError> = {}
  for (const info of own) {
    const parsed = parseWords(info, typed[info.key] ?? '', names)
    if (!parsed.ok)
      wrong[info.key] = info.kind === 'date' ? 'client.error.day' : 'client.error.value'
    else if (parsed.value !== undefined) custom[info.definition?.id ?? ''] = parsed.value
    else if (info.required) wrong[info.key] = 'client.required'
  }
  return { custom, wrong }
}

interface NewValueFieldProps {
  info: FieldInfo
  names: Names
  typed: string
  error: InputError | undefined
  onTyped: (typed: string) => void
}

export const NewValueField = ({ info, names, typed, error, onTyped }: NewValueFieldProps) => {
  const choices = choicesOf(info, names)
  const hint = info.definition?.hint
  return (
    <Field
      label={labelOf(info.label)}
      error={error ? t(error) : null}
      required={info.required}
      {...(hint && { hint })}
    >
      {(control) =>
        choices ? (
          <Select
            {...control}
            value={typed}
            onValue={onTyped}
            options={[
              { value: '', label: t('client.empty') },
              ...choices.map((name) => ({ value: name, label: name })),
            ]}
          />
        ) : info.kind === 'longText' ? (
          <Textarea {...control} value={typed} onValue={onTyped} />
        ) : (
          <Input {...control} value={typed} onValue={onTyped} autocomplete="off" />
        )
      }
    </Field>
  )
}

/** Words that a field of a closed list can have; null for others. */
const choicesOf = (info: FieldInfo, names: Names): string[] | null => {
  switch (info.kind) {
    case 'yesNo':
      return [true, false].map((value) => wordsOf(info, value, names))
    case 'oneOf':
      return (info.options ?? [])
        .filter(({ archived }) => !archived)
        .map(({ label }) => label[names.language])
    case 'employee':
      return [...names.records.values()]
    default:
      return null
  }
}
