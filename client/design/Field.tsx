import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { classNames } from './class-names.ts'
import styles from './Field.module.css'

/** What a control gets from the field around it. */
export interface FieldControl {
  id: string
  'aria-describedby'?: string
  'aria-invalid'?: true
  'aria-required'?: true
}

export interface FieldProps {
  label: string
  /** Shown under the control, in words: what is wrong and what to do. */
  error?: string | null
  hint?: ComponentChildren
  required?: boolean
  /** Shows the label to screen readers only. */
  hideLabel?: boolean
  class?: string
  children: (control: FieldControl) => ComponentChildren
}

/**
 * A label, a control, its hint and its error.
 *
 * @example <Field label={t('name')} error={errors.name}>{(control) => <Input {...control} … />}</Field>
 */
export const Field = ({
  label,
  error,
  hint,
  required = false,
  hideLabel = false,
  class: className,
  children,
}: FieldProps) => {
  const id = useId()
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <div class={classNames(styles.field, className)}>
      <label for={id} class={hideLabel ? 'visually-hidden' : styles.label}>
        {label}
        {required && (
          <span class={styles.required} aria-hidden="true">
            *
          </span>
        )}
      </label>
      {children({
        id,
        ...(described && { 'aria-describedby': described }),
        ...(error && { 'aria-invalid': true as const }),
        ...(required && { 'aria-required': true as const }),
      })}
      {error && (
        <p id={`${id}-error`} class={styles.error} role="alert">
          {error}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} class={styles.hint}>
          {hint}
        </p>
      )}
    </div>
  )
}
