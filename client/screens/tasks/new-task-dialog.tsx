/** A new task, or equal ones for several contacts (F138, F142); what is typed survives a reload. */
import { useState } from 'preact/hooks'
import { t as listTexts } from '../../lists/texts.ts'
import type { Replica } from '../../replica/index.ts'
import { focusFirstWrong, useOwnValues } from '../clients/own-values.tsx'
import { useFormDraft } from '../dialogs/use-form-draft.ts'
import { CreateDialog } from '../forms/create-dialog.tsx'
import { nextForm } from '../forms/next-form.ts'
import { emptyTask, type Linked, type Target, type TaskForm, taskWrites } from './new-task.ts'
import { createTasks } from './task-acts.ts'
import { type FormErrors, TaskFields } from './task-form.tsx'
import { t } from './texts.ts'
import { parseWhen } from './when.ts'

export interface NewTaskDialogProps {
  replica: Replica
  onClose: () => void
  /** What it is about; such a form has a draft of its own. */
  about?: { client?: Linked | null; person?: Linked | null; interest?: string; dialog?: string }
  /** A time chosen in the calendar, which has a draft of its own too. */
  at?: Pick<TaskForm, 'when' | 'duration' | 'kind'>
  /** A task that is copied (F64): what the form begins with, and its id. */
  copied?: { id: string; form: TaskForm } | undefined
  /** Equal tasks, one for each of these. */
  targets?: readonly Target[]
}

export const NewTaskDialog = ({
  replica,
  onClose,
  about = {},
  at,
  copied,
  targets = [],
}: NewTaskDialogProps) => {
  const start: TaskForm = copied?.form ?? {
    ...emptyTask(replica.session.user.id),
    client: about.client ?? null,
    person: about.person ?? null,
    interest: about.interest ?? '',
    dialog: about.dialog ?? '',
    ...at,
  }
  const subject =
    about.interest ?? about.dialog ?? about.person?.id ?? about.client?.id ?? at?.when ?? ''
  const draft = useFormDraft(
    replica,
    copied ? `copy-task:${copied.id}` : `new-task:${targets.length > 0 ? 'group' : subject}`,
    start,
  )
  const form = draft.value
  const [errors, setErrors] = useState<FormErrors>({})
  const [done, setDone] = useState(0)
  const set = (change: Partial<TaskForm>) => {
    draft.change({ ...form, ...change })
    setErrors({})
  }
  const own = useOwnValues(replica, 'task', form.custom, (custom) => set({ custom }))

  const save = async (another: boolean) => {
    const when = parseWhen(form.when, Date.now())
    const custom = own.check()
    const wrong: FormErrors = {
      ...(form.title.trim() === '' && { title: t('form.noTitle') }),
      ...(!when.ok && { when: t('form.wrongWhen') }),
    }
    setErrors(wrong)
    if (Object.keys(wrong).length > 0 || !when.ok || !custom) return focusFirstWrong()
    const made = await createTasks(
      replica,
      taskWrites(form, when.value, custom, targets),
      form.title.trim(),
      setDone,
    )
    if (!made) return
    const typed = draft.latest()
    draft.clear()
    if (!another) return onClose()
    draft.change(
      nextForm(form, typed, { ...start, kind: form.kind, responsible: form.responsible }),
    )
    document.querySelector<HTMLElement>('dialog[open] [aria-required]')?.focus()
  }
  if (!draft.loaded) return null
  return (
    <CreateDialog title={t('new')} onClose={onClose} onSave={save} single={targets.length > 0}>
      <TaskFields
        form={form}
        onForm={set}
        errors={errors}
        replica={replica}
        own={own.fields}
        existing={false}
        several={targets.length}
        readOnly={false}
      />
      {/* Of a few nobody sees that they are made one after the other. */}
      {targets.length > 1 && (
        <p class="meta" role="status">
          {done > 0 && listTexts('group.working', { done, count: targets.length })}
        </p>
      )}
    </CreateDialog>
  )
}
