/** `/tasks/<id>`: a task that there is, over the list. */
import { Check, RotateCcw, SearchX, Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { Row } from '../../../shared/records/declaration.ts'
import { resolveEntry } from '../../../shared/records/directory.ts'
import { rights } from '../../../shared/rights.ts'
import {
  Button,
  Dialog,
  EmptyState,
  IconButton,
  LinkButton,
  showToast,
} from '../../design/index.ts'
import { useDirectory } from '../../fields/use-directory.ts'
import { formatDateTime } from '../../format/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { WhenComplete } from '../../frame/when-complete.tsx'
import { reasonText } from '../../i18n/reasons.ts'
import { type Replica, useLive } from '../../replica/index.ts'
import { OwnFields } from '../clients/own-fields.tsx'
import { focusFirstWrong } from '../clients/own-values.tsx'
import { useDraft } from '../dialogs/use-draft.ts'
import { useEmployees } from '../dialogs/use-employees.ts'
import { Changes } from '../history/record-history.tsx'
import { changedFields, formOf, type Linked, type TaskForm } from './new-task.ts'
import { changeTasks, deleteTasks, toggleTasks } from './task-acts.ts'
import styles from './task-form.module.css'
import { type FormErrors, TaskFields } from './task-form.tsx'
import { type TaskEntry, withContacts } from './task-queries.ts'
import { t } from './texts.ts'
import { parseWhen } from './when.ts'

interface TaskDialogProps {
  id: string
  onClose: () => void
}

export const TaskDialog = ({ id, onClose }: TaskDialogProps) => {
  const replica = useReplica()
  const loaded = useLive<{ id: string; entry: TaskEntry | null } | null>(
    async () => {
      const task = await replica.base.task.get(id)
      const [entry] = task ? await withContacts(replica.base, [task]) : []
      return { id, entry: entry ?? null }
    },
    [id, replica],
    null,
  ).value
  if (loaded?.id !== id) return null
  if (loaded.entry)
    return <Opened key={id} entry={loaded.entry} replica={replica} onClose={onClose} />
  return (
    <Dialog title={t('edit')} onClose={onClose}>
      <WhenComplete isMissing={async () => !(await replica.base.task.get(id))}>
        <EmptyState
          icon={SearchX}
          title={t('gone.title')}
          text={t('gone.text')}
          action={<LinkButton href="/tasks">{t('gone.list')}</LinkButton>}
        />
      </WhenComplete>
    </Dialog>
  )
}

const linked = (
  id: string | undefined,
  row: { id: string; name: string } | undefined,
): Linked | null => (id === undefined ? null : { id: row?.id ?? id, name: row?.name ?? '' })

interface OpenedProps {
  entry: TaskEntry
  replica: Replica
  onClose: () => void
}

/** What is typed, and what the form showed at first: only what differs is written. */
interface Edited {
  form: TaskForm
  base: TaskForm
}

const Opened = ({ entry, replica, onClose }: OpenedProps) => {
  const { task, client, person } = entry
  const draft = useDraft<Edited | null>(replica, `task:${task.id}`, null)
  const [errors, setErrors] = useState<FormErrors>({})
  const employees = useEmployees(replica)
  const entries = useDirectory(replica)
  const category = resolveEntry(entries, task.category)?.id
  const shown = formOf(
    { ...task, ...(category && { category }) },
    linked(task.client, client),
    linked(task.person, person),
  )
  const { form, base } = draft.value ?? { form: shown, base: shown }
  const subject = replica.subject.value
  const row = task as unknown as Row // a stored row is one that was projected
  const readOnly = rights(subject, row, row) !== null
  const mayDelete = rights(subject, row, { ...row, deletedAt: Date.now() }) === null
  const set = (change: Partial<TaskForm>) => {
    draft.change({ form: { ...form, ...change }, base })
    setErrors({})
  }
  const save = async () => {
    const now = Date.now()
    const [before, when] = [parseWhen(base.when, now), parseWhen(form.when, now)]
    const wrong: FormErrors = {
      ...(form.title.trim() === '' && { title: t('form.noTitle') }),
      ...(!when.ok && { when: t('form.wrongWhen') }),
    }
    setErrors(wrong)
    if (Object.keys(wrong).length > 0 || !when.ok) return focusFirstWrong()
    const patch = changedFields(base, form, before.ok ? before.value : null, when.value)
    if (Object.keys(patch).length > 0) {
      const result = await replica.write('task', task.id, patch)
      if (!result.ok) return showToast({ text: reasonText(result.reason), stays: true })
      showToast({ text: t('saved') })
    }
    draft.clear()
    onClose()
  }
  const act = (what: Promise<void>) => {
    void what
    onClose()
  }
  const author = employees.get(task.createdBy ?? '')?.name
  return (
    <Dialog
      title={t('edit')}
      onClose={onClose}
      onSubmit={save}
      footer={
        !readOnly && (
          <>
            <span class={styles.actions}>
              {task.deletedAt === undefined && (
                <Button
                  icon={task.done ? RotateCcw : Check}
                  onClick={() => act(toggleTasks(replica, [task]))}
                >
                  {t(task.done ? 'menu.reopen' : 'menu.close')}
                </Button>
              )}
              {mayDelete && task.deletedAt === undefined && (
                <IconButton
                  icon={Trash2}
                  label={t('menu.delete')}
                  onClick={() => act(deleteTasks(replica, [task]))}
                />
              )}
            </span>
            <Button kind="primary" type="submit">
              {t('form.save')}
            </Button>
          </>
        )
      }
    >
      {task.deletedAt !== undefined && (
        <div class={styles.trash} role="status">
          {t('inTrash.title')}
          {!readOnly && (
            <Button
              onClick={() =>
                changeTasks(replica, [task], { deletedAt: null, deletedBy: null }, () => t('saved'))
              }
            >
              {t('inTrash.restore')}
            </Button>
          )}
        </div>
      )}
      {draft.loaded && (
        <TaskFields
          form={form}
          onForm={set}
          errors={errors}
          replica={replica}
          own={<OwnFields type="task" row={task} replica={replica} readOnly={readOnly} />}
          existing
          several={0}
          readOnly={readOnly}
        />
      )}
      <p class={`meta ${styles.about}`}>
        {author && <span>{t('form.author', { name: author })}</span>}
        {task.createdAt !== undefined && <span>{formatDateTime(task.createdAt)}</span>}
      </p>
      <TaskHistory id={task.id} replica={replica} readOnly={readOnly} />
    </Dialog>
  )
}

/** Asked for when it is opened. */
const TaskHistory = (props: { id: string; replica: Replica; readOnly: boolean }) => {
  const [open, setOpen] = useState(false)
  return (
    <details class={styles.history} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('form.history')}</summary>
      {open && <Changes table="task" {...props} />}
    </details>
  )
}
