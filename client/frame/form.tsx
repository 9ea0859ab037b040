/** What every form of the frame shares: values, errors beside fields, a draft over a reload. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ApiFailure } from '../../shared/protocol/api.ts'
import { reasonText } from '../i18n/reasons.ts'
import styles from './form.module.css'

export { styles as formStyles }

/** The error of each field, in words; `form` belongs to none of them. */
export type Errors<F> = Partial<Record<keyof F | 'form', string>>

export interface FormState<F> {
  values: F
  errors: Errors<F>
  detail: string | null
  busy: boolean
  set: (change: Partial<F>) => void
  /**
   * Shows what is wrong, or sends and shows what the relay found wrong.
   * @returns whether it was sent.
   */
  submit: (problems: Errors<F>, send: () => Promise<Sent>) => Promise<boolean>
}
export type Sent = { ok: true } | ({ ok: false } & ApiFailure)

interface FormOptions<F> {
  initial: F
  /** Name of the draft, kept for this tab over reloads. */
  draft?: string
  /** Fields never kept: passwords. */
  secret?: readonly (keyof F)[]
  /** Words for a reason that say more here than the general ones. */
  reasonHere?: (failure: ApiFailure) => string | null
}

const draftKey = (name: string) => `interes-form-${name}`

const readDraft = <F extends object>(name: string | undefined, initial: F): F => {
  const stored = name === undefined ? null : sessionStorage.getItem(draftKey(name))
  if (stored === null) return initial
  // Written below by this form only; fields it did not keep come from `initial`.
  return { ...initial, ...(JSON.parse(stored) as Partial<F>) }
}

export const useForm = <F extends object>({
  initial,
  draft,
  secret = [],
  reasonHere,
}: FormOptions<F>): FormState<F> => {
  const [values, setValues] = useState<F>(() => readDraft(draft, initial))
  const [errors, setErrors] = useState<Errors<F>>({})
  const [detail, setDetail] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const alive = useRef(true)
  useEffect(() => {
    alive.current = true
    return () => {
      alive.current = false
    }
  }, [])

  const set = (change: Partial<F>) => {
    setValues((before) => {
      const next = { ...before, ...change }
      if (draft !== undefined) {
        const kept = Object.entries(next).filter(([name]) => !secret.some((key) => key === name))
        sessionStorage.setItem(draftKey(draft), JSON.stringify(Object.fromEntries(kept)))
      }
      return next
    })
    // What is being corrected is no longer called wrong.
    setErrors((before) => {
      const left = { ...before }
      for (const name of Object.keys(change)) delete left[name as keyof F] // keys of Partial<F>
      return left
    })
  }

  const submit = async (problems: Errors<F>, send: () => Promise<Sent>): Promise<boolean> => {
    setErrors(problems)
    setDetail(null)
    if (Object.keys(problems).length > 0) {
      focusFirstError()
      return false
    }
    setBusy(true)
    const answer = await send()
    if (answer.ok) {
      if (draft !== undefined) sessionStorage.removeItem(draftKey(draft))
      if (alive.current) setBusy(false)
      return true
    }
    setBusy(false)
    const field = answer.field && answer.field in values ? answer.field : 'form'
    const words = reasonHere?.(answer) ?? reasonText(answer.reason)
    setErrors({ [field]: words } as Errors<F>) // `field` is a key of the values, or `form`
    setDetail(answer.detail ?? null)
    focusFirstError()
    return false
  }
  return { values, errors, detail, busy, set, submit }
}

/** After the errors are on the page. */
const focusFirstError = () =>
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('form [aria-invalid="true"]')?.focus(),
  )

interface FormProps {
  onSubmit: () => void
  label?: string
  children: ComponentChildren
}

export const Form = ({ onSubmit, label, children }: FormProps) => (
  <form
    class={styles.form}
    aria-label={label}
    noValidate
    onSubmit={(event) => {
      event.preventDefault()
      onSubmit()
    }}
  >
    {children}
  </form>
)

/** What belongs to no field, with the other side's own words under ours. */
export const FormError = ({ error, detail }: { error?: string; detail?: string | null }) =>
  error ? (
    <div class={styles.error} role="alert">
      <p>{error}</p>
      {detail && <p class={styles.detail}>{detail}</p>}
    </div>
  ) : null
