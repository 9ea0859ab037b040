import { ChevronDown } from 'lucide-preact'
import type {
  ComponentChildren,
  InputHTMLAttributes,
  Ref,
  SelectHTMLAttributes,
  TextareaHTMLAttributes,
} from 'preact'
import { useId } from 'preact/hooks'
import { classNames } from './class-names.ts'
import { Icon } from './Icon.tsx'
import styles from './inputs.module.css'

export interface InputProps extends Omit<InputHTMLAttributes, 'class' | 'value' | 'onInput'> {
  value: string
  /** Called with each key press. */
  onValue: (value: string) => void
  inputRef?: Ref<HTMLInputElement>
  class?: string
}

export const Input = ({ value, onValue, inputRef, class: className, ...rest }: InputProps) => (
  <input
    {...rest}
    ref={inputRef}
    value={value}
    onInput={(event) => onValue(event.currentTarget.value)}
    class={classNames(styles.input, className)}
  />
)

export interface TextareaProps extends Omit<TextareaHTMLAttributes, 'class' | 'value' | 'onInput'> {
  value: string
  onValue: (value: string) => void
  textareaRef?: Ref<HTMLTextAreaElement>
  class?: string
}

/** Grows with its text. */
export const Textarea = ({
  value,
  onValue,
  textareaRef,
  class: className,
  rows = 3,
  ...rest
}: TextareaProps) => (
  <textarea
    {...rest}
    rows={rows}
    ref={textareaRef}
    value={value}
    onInput={(event) => onValue(event.currentTarget.value)}
    class={classNames(styles.input, styles.textarea, className)}
  />
)

export interface SelectProps<T extends string>
  extends Omit<SelectHTMLAttributes, 'class' | 'value' | 'onChange'> {
  value: T
  onValue: (value: T) => void
  options: readonly { value: T; label: string }[]
  class?: string
}

export const Select = <T extends string>({
  value,
  onValue,
  options,
  class: className,
  ...rest
}: SelectProps<T>) => (
  <span class={classNames(styles.select, className)}>
    <select
      {...rest}
      value={value}
      onChange={(event) => {
        const chosen = options.find((option) => option.value === event.currentTarget.value)
        if (chosen) onValue(chosen.value)
      }}
      class={styles.input}
    >
      {/* Its option has not been read yet: without this one the first of the others would look chosen. */}
      {!options.some((option) => option.value === value) && <option hidden value={value} />}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
    <Icon of={ChevronDown} class={styles.arrow} />
  </span>
)

export interface SwitchProps {
  checked: boolean
  onChecked: (checked: boolean) => void
  label: ComponentChildren
  hint?: ComponentChildren
  disabled?: boolean
  /** `tick`: one of several things to choose; `switch`: something is on or off. */
  look?: 'switch' | 'tick'
}

/** On or off, with its words beside it; the whole line can be pressed. */
export const Switch = ({
  checked,
  onChecked,
  label,
  hint,
  disabled = false,
  look = 'switch',
}: SwitchProps) => {
  const id = useId()
  return (
    <div class={styles.switchLine}>
      <input
        id={id}
        type="checkbox"
        role={look === 'switch' ? 'switch' : undefined}
        class={look === 'switch' ? styles.switch : styles.tick}
        checked={checked}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChecked(event.currentTarget.checked)}
      />
      <label for={id} class={styles.switchWords}>
        {label}
        {hint && (
          <span id={`${id}-hint`} class="meta">
            {hint}
          </span>
        )}
      </label>
    </div>
  )
}

export interface ChoiceProps<T extends string> {
  /** Name of the group, read by screen readers. */
  label: string
  /** Shows the name above, where no heading says it already. */
  labelShown?: boolean
  value: T
  onValue: (value: T) => void
  options: readonly { value: T; label: string; hint?: string }[]
  /** `bar`: side by side, for two to four short words; `list`: under each other. */
  look?: 'bar' | 'list'
}

/** One of a few, all of them seen. */
export const Choice = <T extends string>({
  label,
  labelShown = false,
  value,
  onValue,
  options,
  look = 'bar',
}: ChoiceProps<T>) => {
  const name = useId()
  const choice = (
    <div role="radiogroup" aria-label={label} class={look === 'bar' ? styles.bar : styles.list}>
      {options.map((option) => (
        <label key={option.value} class={look === 'bar' ? styles.barOption : styles.listOption}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onValue(option.value)}
          />
          <span>
            {option.label}
            {option.hint && <span class={styles.optionHint}>{option.hint}</span>}
          </span>
        </label>
      ))}
    </div>
  )
  return labelShown ? (
    <div class={styles.labelled}>
      <span class={styles.groupLabel} aria-hidden="true">
        {label}
      </span>
      {choice}
    </div>
  ) : (
    choice
  )
}
