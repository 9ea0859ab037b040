/** Birthdays and other dates of a contact, each with its kind (F71). */
import { Plus, X } from 'lucide-preact'
import { useContext } from 'preact/hooks'
import { formatDay, parseDay } from '../../../shared/fields/days.ts'
import type { Result } from '../../../shared/reasons.ts'
import type { ClientRow } from '../../../shared/records/client.ts'
import { Button, IconButton } from '../../design/index.ts'
import { entriesOf, useDirectory } from '../../fields/use-directory.ts'
import { useReplica } from '../../frame/app-context.ts'
import { partChanged } from '../../replica/index.ts'
import { FormWordsContext } from '../forms/form-words.ts'
import { useAdding } from './adding.ts'
import type { Parsed } from './contact-input.ts'
import { InlineInput, InlineSelect } from './inline-field.tsx'
import { newPart } from './new-contact.ts'
import styles from './parts-field.module.css'
import { t } from './texts.ts'
import { useRemoval } from './use-removal.ts'

type DatePart = ClientRow['dates'][number]

interface DatesFieldProps {
  label: string
  dates: readonly DatePart[]
  readOnly: boolean
  onChange: (dates: Record<string, unknown>) => Promise<Result<unknown>>
}

const parse = (typed: string): Parsed => {
  if (typed.trim() === '') return { ok: true, value: '' }
  const day = parseDay(typed, new Date(), 'kept')
  return day.ok ? { ok: true, value: day.value } : { ok: false, error: 'client.error.day' }
}

/** Days before, as they are offered. */
const remindDays = [0, 1, 3, 7, 14]

const remindChoices = (kept: number | undefined) => [
  { value: '', label: t('client.date.remind.never') },
  ...[...new Set([...remindDays, ...(kept === undefined ? [] : [kept])])].map((days) => ({
    value: String(days),
    label:
      days === 0 ? t('client.date.remind.sameDay') : t('client.date.remind.days', { count: days }),
  })),
]

export const DatesField = ({ label, dates, readOnly, onChange }: DatesFieldProps) => {
  const inForm = useContext(FormWordsContext)
  const adding = useAdding(inForm?.of(t('client.date.new')) !== undefined)
  const removal = useRemoval()
  const kinds = entriesOf(useDirectory(useReplica()), 'dateKind')
  const change = (part: DatePart, next: { [K in keyof DatePart]?: DatePart[K] | null }) =>
    onChange({ [part.id]: partChanged(part, next) })
  const remove = ({ id, ...part }: DatePart) => {
    inForm?.set(id, null)
    return removal(
      formatDay(part.value),
      () => onChange({ [id]: null }),
      () => onChange({ [id]: part }),
    )
  }
  return (
    <fieldset class={styles.field} aria-label={label}>
      <div class={styles.head}>
        <span class={styles.label}>{label}</span>
        {!readOnly && (
          <IconButton
            icon={Plus}
            label={`${t('client.add')}: ${label}`}
            class={styles.small}
            onClick={adding.add}
          />
        )}
      </div>
      {dates.map((date) => (
        <div key={date.id} class={styles.date}>
          <InlineSelect
            label={t('client.date.kind')}
            value={date.kind}
            options={kinds.map(({ id, name }) => ({ value: id, label: name }))}
            readOnly={readOnly}
            onSave={(kind) => kind && change(date, { kind })}
          />
          <InlineSelect
            label={t('client.date.remind')}
            value={date.remind === undefined ? '' : String(date.remind)}
            options={remindChoices(date.remind)}
            readOnly={readOnly}
            onSave={(remind) => change(date, { remind: remind === '' ? null : Number(remind) })}
          />
          <span class={styles.part}>
            <InlineInput
              class={styles.value}
              label={label}
              keptAs={date.id}
              value={date.value}
              format={formatDay}
              parse={parse}
              readOnly={readOnly}
              onSave={(value) => (value === '' ? remove(date) : change(date, { value }))}
            />
            {!readOnly && (
              <IconButton
                icon={X}
                label={`${t('client.remove')}: ${formatDay(date.value)}`}
                class={styles.small}
                onClick={() => remove(date)}
              />
            )}
          </span>
        </div>
      ))}
      {adding.fields.map(({ key, isHidden }) => (
        <div key={key} hidden={isHidden}>
          <InlineInput
            label={t('client.date.new')}
            value=""
            parse={parse}
            autofocus
            onDone={() => adding.remove(key)}
            onSave={(value) =>
              adding.store(key, () => onChange(newPart(dates, { value, kind: kinds[0]?.id })))
            }
          />
        </div>
      ))}
      {dates.length === 0 && adding.fields.length === 0 && !readOnly && (
        <Button kind="quiet" class={styles.none} onClick={adding.add}>
          {t('client.add')}
        </Button>
      )}
    </fieldset>
  )
}
