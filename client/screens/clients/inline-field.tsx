/** A field that is edited where it stands: saved on leaving it or Enter, Esc restores. */
import { useContext, useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Result } from '../../../shared/reasons.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { FormWordsContext } from '../forms/form-words.ts'
import type { InputError, Parsed } from './contact-input.ts'
import styles from './inline-field.module.css'
import { t } from './texts.ts'
import { useKeptValue } from './use-kept-value.ts'

interface InlineInputProps {
  label: string
  /** In a form, what is typed is kept under this name; its label where none of the others has that. */
  keptAs?: string
  /** As it is kept. */
  value: string
  /** How it is shown while nobody types in it. */
  format?: (value: string) => string
  /** Judges what was typed; without it anything goes. */
  parse?: (typed: string) => Parsed
  /** What is wrong already while one types; without it that is said on leaving. */
  judge?: (typed: string) => InputError | null
  onSave: (value: string) => Promise<Result<unknown>>
  /** Of a field that adds a value: it has added it, or Esc says that it shall not. */
  onDone?: () => void
  readOnly?: boolean
  type?: 'text' | 'tel' | 'email' | 'url'
  /** While there is nothing in it. */
  placeholder?: string
  inputMode?: 'decimal' | 'numeric' | 'tel' | 'email' | 'text'
  autofocus?: boolean
  /** Words that may be many: they go on in further lines, but it stays one line of text. */
  wraps?: boolean
  class?: string
}

export const InlineInput = ({
  label,
  keptAs = label,
  value,
  format = (kept) => kept,
  parse = (typed) => ({ ok: true, value: typed.trim() }),
  judge = () => null,
  onSave,
  onDone,
  readOnly = false,
  type = 'text',
  placeholder = t('client.empty'),
  inputMode,
  autofocus,
  wraps = false,
  class: className,
}: InlineInputProps) => {
  const id = useId()
  const inForm = useContext(FormWordsContext)
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null)
  const Control = wraps ? 'textarea' : 'input'
  /** Null while what is kept is shown. */
  const [typed, showTyped] = useState<string | null>(inForm?.of(keptAs) ?? null)
  /** The same at once: letters come faster than what is kept is kept. */
  const latest = useRef<string | null>(typed)
  const setTyped = (words: string | null) => {
    latest.current = words
    showTyped(words)
    inForm?.set(keptAs, words)
  }
  // The attribute alone counts once a page. What a draft brought back leaves the focus where it is.
  useLayoutEffect(() => {
    if (autofocus && typed === null) field.current?.focus()
  }, [])
  const [error, setError] = useState<string | null>(null)

  /** `asked`: Enter, or leaving the field, came while it was saved. */
  const saving = useRef<'running' | 'asked' | null>(null)

  const { isKept, keep } = useKeptValue(value)

  const save = async (): Promise<void> => {
    const words = latest.current
    if (words === null) return
    if (saving.current) {
      saving.current = 'asked'
      return
    }
    const parsed = parse(words)
    // What was typed stays in the field with the words about it: nothing is thrown away.
    if (!parsed.ok) return setError(t(parsed.error))
    let isAsked = false
    const isNew = !isKept(parsed.value)
    if (isNew) {
      saving.current = 'running'
      const result = await onSave(parsed.value)
      isAsked = takeAsked()
      if (!result.ok) return setError(reasonText(result.reason))
      // Of a field that adds values, the next one is compared with nothing.
      if (!onDone) keep(parsed.value)
    }
    // What was typed while it was saved is the next value.
    if (latest.current !== words) return isAsked ? save() : undefined
    setTyped(null)
    setError(null)
    if (isNew) onDone?.()
  }
  const leave = () => void (inForm ? inForm.during(save()) : save())
  // What a draft brought back is a value, or it is said what is wrong with it.
  useEffect(leave, [])
  const takeAsked = (): boolean => {
    const isAsked = saving.current === 'asked'
    saving.current = null
    return isAsked
  }
  const restore = () => {
    setTyped(null)
    setError(null)
    onDone?.()
  }

  return (
    <span class={`${styles.wrap} ${className ?? ''}`}>
      <Control
        ref={field}
        class={styles.input}
        {...(wraps ? { rows: 1 } : { type })}
        {...(inputMode && { inputMode })}
        value={typed ?? format(value)}
        placeholder={readOnly ? '—' : placeholder}
        readOnly={readOnly}
        aria-label={label}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        autocomplete="off"
        title={typed ?? format(value)}
        onInput={(event) => {
          const words = event.currentTarget.value.replaceAll(/\s*\n\s*/g, ' ')
          setTyped(words)
          const wrong = judge(words)
          setError(wrong && t(wrong))
        }}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault()
            leave()
          }
          if (event.key === 'Escape') {
            event.stopPropagation()
            // Esc that takes back what is typed does not close the form, too.
            if (inForm && (typed !== null || onDone)) event.preventDefault()
            restore()
          }
        }}
      />
      {error && (
        <span id={`${id}-error`} class={styles.error} role="alert">
          {error}
        </span>
      )}
    </span>
  )
}

interface InlineSelectProps<T extends string> {
  label: string
  value: T | ''
  options: readonly { value: T | ''; label: string }[]
  onSave: (value: T | '') => void
  readOnly?: boolean
  class?: string
}

export const InlineSelect = <T extends string>({
  label,
  value,
  options,
  onSave,
  readOnly = false,
  class: className,
}: InlineSelectProps<T>) => (
  <select
    class={`${styles.select} ${className ?? ''}`}
    aria-label={label}
    value={value}
    disabled={readOnly}
    onChange={(event) => {
      const chosen = options.find((option) => option.value === event.currentTarget.value)
      if (chosen) onSave(chosen.value)
    }}
  >
    {/* As in `Select`: without it the first of the others would look chosen. */}
    {!options.some((option) => option.value === value) && <option hidden value={value} />}
    {options.map((option) => (
      <option key={option.value} value={option.value}>
        {option.label}
      </option>
    ))}
  </select>
)
