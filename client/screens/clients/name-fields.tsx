/** Фамилия, имя, отчество as a form of a new record asks for them (F49). */
import type { Ref } from 'preact'
import { guessedName } from '../../../shared/human-names.ts'
import {
  type NamePart,
  type NameParts,
  namePartFields,
  nameParts,
  wholeName,
} from '../../../shared/records/name-parts.ts'
import { Field, Input } from '../../design/index.ts'
import { labelOf } from '../../i18n/index.ts'
import { type InputError, parseName } from './contact-input.ts'
import styles from './name-fields.module.css'
import { t } from './texts.ts'

/** As they are typed: empty where nothing is. */
export type TypedName = Record<NamePart, string>
export const noName: TypedName = { lastName: '', firstName: '', middleName: '' }
export type NameErrors = { [part in NamePart]?: InputError }

export const isTyped = (typed: TypedName): boolean =>
  nameParts.some((part) => typed[part].trim() !== '')

/** A name that is known whole, guessed for the user to see and correct. */
export const typedOf = (name: string): TypedName => ({ ...noName, ...guessedName(name) })

/** What is kept of it, and what is wrong: F49 requires the surname and the first name. */
export const parseNames = (typed: TypedName): { names: NameParts; errors: NameErrors } => {
  const names: NameParts = {}
  const errors: NameErrors = {}
  for (const part of nameParts) {
    const parsed = parseName(part)(typed[part])
    if (parsed.ok && parsed.value !== '') names[part] = parsed.value
    else if (!parsed.ok) errors[part] = parsed.error
  }
  return { names, errors }
}

/** The whole name as it stands in the form. */
export const typedWhole = (typed: TypedName): string => wholeName(typed)

interface NameFieldsProps {
  typed: TypedName
  errors: NameErrors
  onTyped: (change: Partial<TypedName>) => void
  firstField: Ref<HTMLInputElement>
}

export const NameFields = ({ typed, errors, onTyped, firstField }: NameFieldsProps) => (
  <div class={styles.names}>
    {nameParts.map((part) => {
      const error = errors[part]
      return (
        <Field
          key={part}
          label={labelOf(namePartFields[part].label)}
          error={error ? t(error) : null}
          required={part !== 'middleName'}
        >
          {(control) => (
            <Input
              {...control}
              {...(part === 'lastName' && { inputRef: firstField, autofocus: true })}
              value={typed[part]}
              onValue={(value) => onTyped({ [part]: value })}
              autocomplete="off"
            />
          )}
        </Field>
      )
    })}
  </div>
)
