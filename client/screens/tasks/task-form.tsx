/** The form of a task: a new one, several equal ones, or one that there is (F138-F142). */
import { CalendarDays, X } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { type TaskKind, taskKinds, task as taskType } from '../../../shared/records/task.ts'
import { localDay, remindOptions } from '../../../shared/tasks.ts'
import {
  Button,
  Choice,
  Field,
  IconButton,
  Input,
  Select,
  Switch,
  Textarea,
} from '../../design/index.ts'
import { entriesOf, useDirectory } from '../../fields/use-directory.ts'
import { labelOf } from '../../i18n/index.ts'
import { Choices } from '../../lists/choices.tsx'
import type { Replica } from '../../replica/index.ts'
import { ContactPicker } from '../clients/contact-picker.tsx'
import { useEmployees } from '../dialogs/use-employees.ts'
import type { Linked, TaskForm } from './new-task.ts'
import styles from './task-form.module.css'
import { t } from './texts.ts'
import { inDays, parseWhen, typedWhen, whenWords } from './when.ts'

const { fields } = taskType

export interface FormErrors {
  title?: string
  when?: string
}

interface TaskFieldsProps {
  form: TaskForm
  onForm: (change: Partial<TaskForm>) => void
  errors: FormErrors
  replica: Replica
  /** Fields that administrators added. */
  own: ComponentChildren
  /** One that there is: its result is asked for too. */
  existing: boolean
  /** Equal tasks for so many contacts, which are not chosen here. */
  several: number
  readOnly: boolean
}

export const TaskFields = (props: TaskFieldsProps) => {
  const { form, onForm: set, errors, replica, own, existing, several, readOnly } = props
  const employees = useEmployees(replica)
  const entries = useDirectory(replica)
  const self = replica.session.user.id
  const people = [...employees.values()]
    .filter(({ id, state }) => state !== 'blocked' || id === form.responsible)
    .sort((a, b) => a.name.localeCompare(b.name, 'ru'))
  const categories = entriesOf(entries, 'taskCategory')
  const now = Date.now()
  const when = parseWhen(form.when, now)
  return (
    <fieldset class={styles.fields} disabled={readOnly}>
      {several > 0 && <p class="meta">{t('form.several', { count: several })}</p>}
      <Choice<TaskKind>
        label={labelOf(fields.kind.label)}
        value={form.kind}
        onValue={(kind) => set({ kind })}
        options={kinds.map((kind) => ({ value: kind, label: labelOf(taskKinds[kind]) }))}
      />
      <Field label={labelOf(fields.title.label)} error={errors.title} required>
        {(control) => (
          <Input
            {...control}
            value={form.title}
            onValue={(title) => set({ title })}
            maxLength={500}
            autocomplete="off"
            autofocus={!existing}
          />
        )}
      </Field>
      <div class={styles.pair}>
        <WhenField
          typed={form.when}
          error={errors.when}
          hint={when.ok && when.value ? whenWords(when.value, now) : t('form.whenHint')}
          onTyped={(typed) => set({ when: typed })}
        />
        <div class={styles.times}>
          <Field label={labelOf(fields.duration.label)}>
            {(control) => (
              <Select
                {...control}
                value={form.duration ?? ''}
                disabled={form.when.trim() === ''}
                onValue={(duration) => set({ duration })}
                options={durationChoices(
                  form.duration ?? '',
                  when.ok && when.value?.allDay === true,
                )}
              />
            )}
          </Field>
          <Field label={t('form.remind')}>
            {(control) => (
              <Select
                {...control}
                value={form.remind}
                disabled={form.when.trim() === ''}
                onValue={(remind) => set({ remind })}
                options={remindChoices(form.remind)}
              />
            )}
          </Field>
        </div>
      </div>
      <div class={styles.pair}>
        <Field label={labelOf(fields.responsible.label)}>
          {(control) => (
            <Select
              {...control}
              value={form.responsible}
              onValue={(responsible) => set({ responsible })}
              options={people.map(({ id, name }) => ({
                value: id,
                label: id === self ? t('form.me', { name }) : name,
              }))}
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
                { value: '', label: t('form.category') },
                ...categories.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          )}
        </Field>
      </div>
      {form.responsible !== self && (
        <Switch
          look="tick"
          label={labelOf(fields.notify.label)}
          checked={form.notify}
          onChecked={(notify) => set({ notify })}
        />
      )}
      {several === 0 && (
        <div class={styles.pair}>
          <ContactField
            table="client"
            value={form.client}
            replica={replica}
            readOnly={readOnly}
            onValue={(client) => set({ client })}
          />
          <ContactField
            table="person"
            value={form.person}
            replica={replica}
            readOnly={readOnly}
            onValue={(person) => set({ person })}
          />
        </div>
      )}
      <Field label={labelOf(fields.description.label)}>
        {(control) => (
          <Textarea
            {...control}
            value={form.description}
            onValue={(description) => set({ description })}
            maxLength={20_000}
          />
        )}
      </Field>
      {existing && (
        <Field label={labelOf(fields.result.label)}>
          {(control) => (
            <Textarea
              {...control}
              rows={2}
              value={form.result}
              onValue={(result) => set({ result })}
              maxLength={5_000}
            />
          )}
        </Field>
      )}
      {own}
      <Switch
        label={t('form.restrict')}
        hint={t('form.restrictHint')}
        checked={form.restricted}
        onChecked={(restricted) => set({ restricted })}
      />
      {form.restricted && (
        <Choices
          label={labelOf(fields.members.label)}
          choices={people
            .filter(({ id }) => id !== form.responsible)
            .map(({ id, name }) => ({ value: id, label: name }))}
          value={form.members}
          onValue={(members) => set({ members })}
        />
      )}
    </fieldset>
  )
}

// Object.keys forgets the key type
const kinds = Object.keys(taskKinds) as TaskKind[]

/** The options of F139, and another number of minutes where the record has one. */
const remindChoices = (kept: string) => {
  const usual = [
    { value: '', label: t('remind.never') },
    ...remindOptions.map((minutes) => ({ value: String(minutes), label: t(`remind.${minutes}`) })),
  ]
  return usual.some(({ value }) => value === kept)
    ? usual
    : [...usual, { value: kept, label: kept }]
}

/** Minutes of what has a time; days, in minutes, of what has none. */
const usualDurations = [15, 30, 45, 60, 90, 120, 180, 240, 480]
const usualDays = [2, 3, 4, 5, 7, 14].map((days) => days * 1440)

export const durationWords = (minutes: number): string => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (minutes % 1440 === 0) return t('duration.days', { count: minutes / 1440 })
  if (hours === 0) return t('duration.minutes', { count: rest })
  return rest === 0 ? t('duration.hours', { hours }) : t('duration.both', { hours, minutes: rest })
}

/** The usual ones, and another one where the record has it. */
const durationChoices = (kept: string, isWhole: boolean) => {
  const usual = (isWhole ? usualDays : usualDurations).map((minutes) => ({
    value: String(minutes),
    label: durationWords(minutes),
  }))
  const none = { value: '', label: t(isWhole ? 'form.oneDay' : 'form.noDuration') }
  return kept === '' || usual.some(({ value }) => value === kept)
    ? [none, ...usual]
    : [none, { value: kept, label: durationWords(Number(kept)) }, ...usual]
}

interface WhenFieldProps {
  typed: string
  error: string | undefined
  hint: string
  onTyped: (typed: string) => void
}

export const WhenField = ({ typed, error, hint, onTyped }: WhenFieldProps) => {
  const picker = useRef<HTMLInputElement>(null)
  const now = Date.now()
  const parsed = parseWhen(typed, now)
  const day = parsed.ok && parsed.value ? parsed.value : null
  const date = day ? new Date(day.allDay ? localDay(day.due) : day.due) : null
  const quick = (days: number) => () => onTyped(typedWhen(inDays(days, now)))
  return (
    <div class={styles.when}>
      <Field label={t('form.when')} error={error} hint={hint}>
        {(control) => (
          <span class={styles.whenLine}>
            <Input {...control} value={typed} onValue={onTyped} autocomplete="off" />
            <IconButton
              icon={CalendarDays}
              label={t('form.calendar')}
              class={styles.calendar}
              onClick={() => picker.current?.showPicker()}
            />
            <input
              ref={picker}
              type="date"
              class={styles.picker}
              tabIndex={-1}
              aria-hidden="true"
              value={date ? isoDay(date) : ''}
              onChange={(event) => {
                const [year = 0, month = 1, dayOfMonth = 1] = event.currentTarget.value
                  .split('-')
                  .map(Number)
                if (!event.currentTarget.value) return
                // A time that was typed stays.
                const timed = date && day && !day.allDay
                onTyped(
                  typedWhen(
                    timed
                      ? {
                          due: new Date(
                            year,
                            month - 1,
                            dayOfMonth,
                            date.getHours(),
                            date.getMinutes(),
                          ).getTime(),
                          allDay: false,
                        }
                      : { due: Date.UTC(year, month - 1, dayOfMonth), allDay: true },
                  ),
                )
              }}
            />
          </span>
        )}
      </Field>
      <span class={styles.quick}>
        {(
          [
            ['quick.today', 0],
            ['day.tomorrow', 1],
            ['quick.days', 3],
            ['quick.week', 7],
          ] as const
        ).map(([name, days]) => (
          <button key={name} type="button" class={styles.chip} onClick={quick(days)}>
            {t(name)}
          </button>
        ))}
      </span>
    </div>
  )
}

const isoDay = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-')

interface ContactFieldProps {
  table: 'client' | 'person'
  value: Linked | null
  replica: Replica
  readOnly: boolean
  onValue: (value: Linked | null) => void
}

/** A contact by its name; one that this user may not read keeps its place without one. */
const ContactField = ({ table, value, replica, readOnly, onValue }: ContactFieldProps) => {
  const [choosing, setChoosing] = useState(false)
  const label = labelOf(fields[table].label)
  const field = useRef<HTMLDivElement>(null)
  const isFirst = useRef(true)
  // What was pressed is gone with the step it ended; the keyboard stays in the field.
  useEffect(() => {
    if (!isFirst.current && document.activeElement === document.body)
      field.current?.querySelector<HTMLElement>('a, button, input')?.focus()
    isFirst.current = false
  }, [value?.id, choosing])
  return (
    <div ref={field} class={styles.contact}>
      <span class={styles.label}>{label}</span>
      {value ? (
        <span class={styles.chosen}>
          {value.name === '' ? (
            <span class="meta">{t('form.hidden')}</span>
          ) : (
            <Link class="link" href={`/${table}s/${value.id}`}>
              {value.name}
            </Link>
          )}
          {!readOnly && (
            <IconButton
              icon={X}
              label={t('form.remove', { name: label })}
              onClick={() => onValue(null)}
            />
          )}
        </span>
      ) : choosing ? (
        <ContactPicker
          table={table}
          replica={replica}
          onPick={({ id, name }) => {
            setChoosing(false)
            onValue({ id, name })
          }}
        />
      ) : (
        <Button class={styles.choose} onClick={() => setChoosing(true)}>
          {t('form.choose')}
          <span class="visually-hidden">: {label}</span>
        </Button>
      )}
    </div>
  )
}
