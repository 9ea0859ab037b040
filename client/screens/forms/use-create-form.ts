/** What a form that makes a new record holds: what is typed, over a reload too, and what is wrong in it. */
import { useState } from 'preact/hooks'
import type { Replica } from '../../replica/index.ts'
import { useFormDraft } from '../dialogs/use-form-draft.ts'

/** `name`: of the draft; each place that a form is opened from has one of its own. */
export const useCreateForm = <Form extends object, Wrong = string>(
  replica: Replica,
  name: string,
  empty: Form,
  initial: Partial<Form> = {},
) => {
  const draft = useFormDraft<Partial<Form>>(replica, name, { ...empty, ...initial })
  // An earlier version of the program kept fewer fields.
  const read = (kept: Partial<Form>): Form => ({ ...empty, ...kept })
  const form = read(draft.value)
  /** What is typed by now. */
  const current = () => read(draft.latest())
  const [wrong, setWrong] = useState<Partial<Record<keyof Form, Wrong>>>({})
  /** What is typed anew is not wrong until it is judged again. */
  const set = (change: Partial<Form>) => {
    draft.change({ ...current(), ...change })
    const { ...left } = wrong
    for (const key of Object.keys(change)) delete left[key as keyof Form] // forgotten by Object.keys
    setWrong(left)
  }
  return { draft, form, current, set, wrong, setWrong }
}
