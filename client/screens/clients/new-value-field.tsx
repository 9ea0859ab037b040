/** One field of one's own in the form of a new record. */
import { type FieldInfo, isEmpty } from '../../../shared/fields/fields.ts'
import { type Names, wordsOf } from '../../../shared/fields/words.ts'
import type { CustomValue } from '../../../shared/records/custom-value.ts'
import { itemsOf } from '../../../shared/records/sets.ts'
import { Field, Input, Select, Textarea } from '../../design/index.ts'
import { labelOf } from '../../i18n/index.ts'
import type { Replica } from '../../replica/index.ts'
import styles from './new-value-field.module.css'
import { t } from './texts.ts'
import { ClientValue, FileValue, ManyOf } from './value-field.tsx'

interface NewValueProps {
  info: FieldInfo
  names: Names
  value: CustomValue | undefined
  /** In words. */
  error: string | undefined
  replica: Replica
  onValue: (value: CustomValue) => void
}

export const NewValueField = ({ info, names, error, ...rest }: NewValueProps) => {
  const { value, onValue } = rest
  const hint = info.definition?.hint
  const label = labelOf(info.label)
  return (
    <Field label={label} error={error ?? null} required={info.required} {...(hint && { hint })}>
      {(control) => {
        const choices = choicesOf(info, names)
        if (choices) {
          const chosen = String(value ?? '')
          return (
            <Select
              {...control}
              // An option that went away meanwhile is no choice any more.
              value={choices.some((choice) => choice.value === chosen) ? chosen : ''}
              onValue={(next) =>
                onValue(info.kind === 'yesNo' && next !== '' ? next === 'true' : next)
              }
              options={[{ value: '', label: t('client.empty') }, ...choices]}
            />
          )
        }
        if (info.kind === 'manyOf' || info.kind === 'client' || info.kind === 'file')
          return (
            // Several controls in one: the label of the field names the group.
            <fieldset
              id={control.id}
              aria-label={label}
              aria-describedby={control['aria-describedby']}
              class={styles.parts}
            >
              <PartsControl info={info} label={label} {...rest} />
            </fieldset>
          )
        return info.kind === 'longText' ? (
          <Textarea {...control} value={String(value ?? '')} onValue={onValue} />
        ) : (
          <Input {...control} value={String(value ?? '')} onValue={onValue} autocomplete="off" />
        )
      }}
    </Field>
  )
}

const PartsControl = ({
  info,
  label,
  value,
  replica,
  onValue,
}: Pick<NewValueProps, 'info' | 'value' | 'replica' | 'onValue'> & { label: string }) => {
  if (info.kind === 'manyOf') {
    const chosen = Array.isArray(value) ? value : []
    return (
      <ManyOf
        info={info}
        value={chosen}
        readOnly={false}
        onChange={(id, isIn) => {
          const next = itemsOf(chosen, new Map([[id, isIn]]))
          onValue(next.length > 0 ? next : '')
        }}
      />
    )
  }
  const Control = info.kind === 'file' ? FileValue : ClientValue
  return (
    <Control
      label={label}
      value={isEmpty(value) ? undefined : value}
      readOnly={false}
      onSave={(next) => onValue(next ?? '')}
      replica={replica}
    />
  )
}

/** What a field of a closed list can have; null for others. */
const choicesOf = (info: FieldInfo, names: Names): { value: string; label: string }[] | null => {
  switch (info.kind) {
    case 'yesNo':
      return [true, false].map((each) => ({
        value: String(each),
        label: wordsOf(info, each, names),
      }))
    case 'oneOf':
      return (info.options ?? [])
        .filter(({ archived }) => !archived)
        .map(({ id, label }) => ({ value: id, label: labelOf(label) }))
    case 'employee':
      return [...names.records].map(([value, label]) => ({ value, label }))
    default:
      return null
  }
}
