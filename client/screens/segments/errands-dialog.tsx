/** «Поручения» of a segment: what is to be done with each client in it, by whom, how often (F75). */
import { useState } from 'preact/hooks'
import type { FieldInfo } from '../../../shared/fields/fields.ts'
import type { FilterContext } from '../../../shared/fields/filter.ts'
import { isExact } from '../../../shared/fields/segments.ts'
import { newId } from '../../../shared/ids.ts'
import {
  type ClientSegmentRow,
  clientSegment,
  type Errands,
  mostDays,
} from '../../../shared/records/client-segment.ts'
import { resolveEntry } from '../../../shared/records/directory.ts'
import { type TaskKind, taskKinds, task as taskType } from '../../../shared/records/task.ts'
import { Choice, Field, Input, Select, Switch, showToast } from '../../design/index.ts'
import { entriesOf, useDirectory } from '../../fields/use-directory.ts'
import type { Segments } from '../../fields/use-segments.ts'
import { labelOf } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { Replica, StoredRow } from '../../replica/index.ts'
import { useDraft } from '../dialogs/use-draft.ts'
import { useEmployees } from '../dialogs/use-employees.ts'
import { FormDialog } from '../forms/form-dialog.tsx'
import { errandWords } from './errand-words.ts'
import styles from './segments.module.css'
import { t } from './texts.ts'

interface Form {
  on: boolean
  kind: TaskKind
  title: string
  due: string
  category: string
  /** Empty: who answers for the client. */
  to: string
  isRepeated: boolean
  every: string
  again: boolean
}

const formOf = (errands: Errands | undefined, category: string | undefined): Form => ({
  on: errands?.on ?? true,
  kind: errands?.kind ?? 'task',
  title: errands?.title ?? '',
  due: String(errands?.due ?? 3),
  category: category ?? '',
  to: errands?.to ?? '',
  isRepeated: errands?.every !== undefined,
  every: String(errands?.every ?? 30),
  again: false,
})

/** A whole number of days; null: none. */
const daysOf = (typed: string, least: number): number | null => {
  const days = /^\d{1,3}$/.test(typed.trim()) ? Number(typed) : Number.NaN
  return days >= least && days <= mostDays ? days : null
}

interface ErrandsDialogProps {
  replica: Replica
  segment: StoredRow<'clientSegment'>
  segments: Segments
  infos: readonly FieldInfo[]
  context: FilterContext
  /** Clients in the segment; undefined: not counted yet. */
  count: number | undefined
  onClose: () => void
}

export const ErrandsDialog = (props: ErrandsDialogProps) => {
  const { replica, segment, segments, infos, context, count, onClose } = props
  const employees = useEmployees(replica)
  const entries = useDirectory(replica)
  const held = segment.errands
  const draft = useDraft<Form | null>(replica, `errands:${segment.id}`, null)
  const form = draft.value ?? formOf(held, resolveEntry(entries, held?.category)?.id)
  const [error, setError] = useState<'title' | 'due' | 'every' | 'rule' | null>(null)
  const set = (change: Partial<Form>) => {
    draft.change({ ...form, ...change })
    setError(null)
  }
  const self = replica.session.user.id
  const people = [...employees.values()]
    .filter(({ id, state }) => state !== 'blocked' || id === form.to)
    .sort((a, b) => a.name.localeCompare(b.name, 'ru'))
  const every = form.isRepeated ? daysOf(form.every, 1) : undefined
  // Another rhythm counts its periods anew.
  const isAnew = held !== undefined && (form.again || held.every !== (every ?? undefined))
  const save = async () => {
    const due = daysOf(form.due, 0)
    if (form.title.trim() === '') return setError('title')
    if (due === null) return setError('due')
    if (every === null) return setError('every')
    // Each device counts the classes over what its user sees: the relay has none.
    const known = infos.filter(({ of }) => of === undefined)
    // As at the relay: a colleague's rule must not choose what is done with one's own rights.
    const leads = ({ owner }: ClientSegmentRow) =>
      owner === self || employees.get(owner)?.role === 'administrator'
    if (form.on && !isExact(segment.id, segments, known, context, leads)) return setError('rule')
    const isNew = !held || isAnew
    const errands: Errands = {
      id: isNew ? newId() : held.id,
      since: isNew ? Date.now() : held.since,
      on: form.on,
      kind: form.kind,
      title: form.title.trim(),
      due,
      by: self,
      ...(form.category && { category: form.category }),
      ...(form.to && { to: form.to }),
      ...(every !== undefined && { every }),
    }
    const result = await replica.write('clientSegment', segment.id, { errands })
    if (!result.ok) return showToast({ text: reasonText(result.reason), stays: true })
    draft.clear()
    showToast({ text: t(form.on ? 'errands.saved' : 'errands.savedOff') })
    onClose()
  }
  // What is typed before the draft is read would be lost.
  if (!draft.loaded) return null
  const words = errandWords(segment)
  const { fields } = taskType
  return (
    <FormDialog
      title={`${labelOf(clientSegment.fields.errands.label)}: ${segment.name}`}
      onClose={onClose}
      onSubmit={save}
    >
      {words && held && (
        <p class="meta">
          {held.by !== self && `${t('errands.by', { name: employees.get(held.by)?.name ?? '' })} `}
          {t('errands.soFar', { made: words.made })}
          {words.stopped && <span class={styles.stopped}> {words.stopped}</span>}
        </p>
      )}
      <Switch
        label={t('errands.on')}
        hint={count === undefined ? t('errands.rights') : t('errands.onHint', { count })}
        checked={form.on}
        onChecked={(on) => set({ on })}
      />
      {error === 'rule' && (
        <p class={styles.error} role="alert">
          {t('errands.error.rule')}
        </p>
      )}
      <Choice<TaskKind>
        label={labelOf(fields.kind.label)}
        value={form.kind}
        onValue={(kind) => set({ kind })}
        options={kinds.map((kind) => ({ value: kind, label: labelOf(taskKinds[kind]) }))}
      />
      <Field
        label={t('errands.title')}
        error={error === 'title' ? t('errands.error.title') : null}
        required
      >
        {(control) => (
          <Input
            {...control}
            value={form.title}
            onValue={(title) => set({ title })}
            maxLength={500}
            autocomplete="off"
          />
        )}
      </Field>
      <div class={styles.pair}>
        <Field
          label={t('errands.due')}
          error={error === 'due' ? t('errands.error.days', { least: 0, most: mostDays }) : null}
          required
        >
          {(control) => (
            <Input
              {...control}
              value={form.due}
              onValue={(due) => set({ due })}
              inputMode="numeric"
              maxLength={3}
              autocomplete="off"
            />
          )}
        </Field>
        <Field label={labelOf(fields.category.label)}>
          {(control) => (
            <Select
              {...control}
              value={form.category}
              onValue={(category) => set({ category })}
              options={[
                { value: '', label: t('errands.noCategory') },
                ...entriesOf(entries, 'taskCategory').map(({ id, name }) => ({
                  value: id,
                  label: name,
                })),
              ]}
            />
          )}
        </Field>
      </div>
      <Field
        label={labelOf(fields.responsible.label)}
        hint={form.to === '' ? t('errands.toHint') : undefined}
      >
        {(control) => (
          <Select
            {...control}
            value={form.to}
            onValue={(to) => set({ to })}
            options={[
              { value: '', label: t('errands.toManager') },
              ...people.map(({ id, name }) => ({
                value: id,
                label: id === self ? t('errands.me', { name }) : name,
              })),
            ]}
          />
        )}
      </Field>
      <Choice
        label={t('errands.how')}
        labelShown
        value={form.isRepeated ? 'every' : 'once'}
        onValue={(how) => set({ isRepeated: how === 'every' })}
        options={[
          { value: 'once', label: t('errands.how.once') },
          { value: 'every', label: t('errands.how.every') },
        ]}
      />
      {form.isRepeated && (
        <Field
          label={t('errands.days')}
          error={error === 'every' ? t('errands.error.days', { least: 1, most: mostDays }) : null}
          hint={t('errands.daysHint')}
          required
        >
          {(control) => (
            <Input
              {...control}
              value={form.every}
              onValue={(days) => set({ every: days })}
              inputMode="numeric"
              maxLength={3}
              autocomplete="off"
            />
          )}
        </Field>
      )}
      {held && (
        <Switch
          look="tick"
          label={t('errands.again')}
          hint={t('errands.againHint')}
          checked={isAnew}
          disabled={isAnew && !form.again}
          onChecked={(again) => set({ again })}
        />
      )}
    </FormDialog>
  )
}

const kinds = Object.keys(taskKinds) as TaskKind[] // Object.keys forgets the key type
