/** The left side of the card: every field edited in place (F114). */
import { useState } from 'preact/hooks'
import { type FieldInfo, fieldsOf } from '../../../shared/fields/fields.ts'
import { type Names, parseNumber } from '../../../shared/fields/words.ts'
import { withAmountByHand } from '../../../shared/interests/lines.ts'
import { probabilityOf, reasonPatch, totalOf, wonAfter } from '../../../shared/interests/moves.ts'
import { fail, ok, type Result } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { Button } from '../../design/index.ts'
import { useNamesFor } from '../../fields/client-currency.ts'
import { useDefinitions } from '../../fields/use-fields.ts'
import { labelOf } from '../../i18n/index.ts'
import { type Replica, useLive } from '../../replica/index.ts'
import { CardFields, Line } from '../clients/card-fields.tsx'
import { EntrySelect } from '../clients/entry-select.tsx'
import { InlineInput } from '../clients/inline-field.tsx'
import { TagsField } from '../clients/tags-field.tsx'
import { ValueField } from '../clients/value-field.tsx'
import { useEmployees } from '../dialogs/use-employees.ts'
import { Description } from './description.tsx'
import styles from './fields.module.css'
import { formatSum } from './money.ts'
import type { Interest, Scenario } from './queries.ts'
import { Restricted } from './restricted.tsx'
import { t } from './texts.ts'

interface FieldsProps {
  row: Interest
  scenario: Scenario | undefined
  save: (patch: Patch) => Promise<Result<unknown>>
  replica: Replica
  readOnly: boolean
}

/** Shown above, beside another field, or by the history. */
const elsewhere: ReadonlySet<string> = new Set([
  'person',
  'scenario',
  'stage',
  'status',
  'since',
  'closedAt',
  'createdAt',
  'createdBy',
  'members',
])

/** After all others where nobody arranged the card otherwise. */
const last = ['probability', 'description', 'restricted'] as const

/** What the card can show. */
export const cardFields = (definitions: Parameters<typeof fieldsOf>[1]): FieldInfo[] => {
  const infos = fieldsOf('interest', definitions).filter(({ key }) => !elsewhere.has(key))
  return [
    ...infos.filter(({ key }) => !last.some((one) => one === key)),
    ...last.flatMap((one) => infos.filter(({ key }) => key === one)),
  ]
}

/** Whether an Interest such as this one has it. */
export const isAsked = ({ key }: FieldInfo, row: Interest): boolean => {
  if (key === 'lossReason') return row.status === 'lost'
  if (key === 'periods') return (row.budget ?? 'fixed') !== 'fixed'
  return key !== 'probability' || row.status === 'open'
}

export const InterestFields = (props: FieldsProps) => {
  const { row, replica, readOnly } = props
  const names = useNamesFor(replica, row.client)
  const employees = useEmployees(replica)
  const { closed } = replica.subject.value
  const all = cardFields(useDefinitions(replica, 'interest'))
  return (
    <CardFields
      table="interest"
      all={all}
      infos={all.filter((info) => isAsked(info, row))}
      employees={employees}
      replica={replica}
      control={(info) => (
        <InterestField
          {...props}
          info={info}
          names={names}
          readOnly={readOnly || closed?.has(info.definition?.id ?? '') === true}
        />
      )}
    />
  )
}

/** One field of an Interest. */
export const InterestField = (props: FieldsProps & { info: FieldInfo; names: Names }) => {
  const { info, names, row, save, replica, readOnly } = props
  const label = labelOf(info.label)
  switch (info.key) {
    case 'name':
      return (
        <Line label={label}>
          <InlineInput
            label={label}
            wraps
            value={row.name}
            parse={(typed) =>
              typed.trim() === ''
                ? { ok: false, error: 'client.error.value' }
                : { ok: true, value: typed.trim() }
            }
            readOnly={readOnly}
            onSave={(name) => save({ name })}
          />
        </Line>
      )
    case 'amount':
      return (
        <Line label={label}>
          <Amount {...props} />
        </Line>
      )
    case 'lossReason':
      return (
        <Line label={label}>
          <EntrySelect
            directory="lossReason"
            label={label}
            value={row.lossReason}
            readOnly={readOnly}
            onSave={(reason) => save(reasonPatch(row, reason))}
          />
        </Line>
      )
    case 'tags':
      return (
        <TagsField
          label={label}
          tags={row.tags ?? []}
          readOnly={readOnly}
          replica={replica}
          onSave={(tags) => save({ tags })}
        />
      )
    case 'probability':
      return <Probability {...props} />
    case 'description':
      return (
        <Description
          key={row.id}
          label={label}
          kept={row.description ?? ''}
          readOnly={readOnly}
          onSave={(description) => save({ description })}
        />
      )
    case 'restricted':
      return <Restricted row={row} save={save} replica={replica} readOnly={readOnly} />
    default:
      return (
        <Line label={label} hint={info.definition?.hint}>
          <ValueField
            info={info}
            row={row}
            names={names}
            save={save}
            replica={replica}
            readOnly={readOnly}
          />
          {info.key === 'periods' && row.amount && (
            <span class={styles.under}>
              {t('total', { sum: formatSum(totalOf(row), row.amount.currency) })}
            </span>
          )}
        </Line>
      )
  }
}

/** By the lines where there is one, until somebody wants it otherwise. */
const Amount = ({
  info,
  names,
  row,
  save,
  replica,
  readOnly,
}: FieldsProps & { info: FieldInfo; names: Names }) => {
  const isByLines = row.lines.length > 0 && row.amountBy !== 'manual'
  return (
    <>
      <ValueField
        info={info}
        row={row}
        names={names}
        save={(patch) => save(withAmountByHand(row, patch))}
        replica={replica}
        readOnly={readOnly || isByLines}
      />
      {row.lines.length > 0 && (
        <span class={styles.under}>
          {t(isByLines ? 'amount.byLines' : 'amount.byHand')}{' '}
          {!readOnly && (
            <Button
              kind="quiet"
              class={styles.offer}
              onClick={() =>
                save(
                  // What it is now stays until another is typed.
                  isByLines
                    ? { amountBy: 'manual', amount: row.amount ?? null }
                    : { amountBy: null },
                )
              }
            >
              {t(isByLines ? 'amount.setByHand' : 'amount.setByLines')}
            </Button>
          )}
        </span>
      )}
    </>
  )
}

/** By stage, by hand or from statistics; the card says which (F118, decision 9). */
const Probability = ({ row, scenario, save, replica, readOnly }: FieldsProps) => {
  const { percent, by } = probabilityOf(row, scenario)
  const known = useLive(
    async () => {
      if (!scenario) return null
      const closed = await replica.base.interest
        .where('facets')
        .anyOf('status:won', 'status:lost')
        .toArray()
      return wonAfter(scenario, row.stage, closed)
    },
    [replica, scenario, row.stage],
    null,
  ).value
  const [error, setError] = useState<string | null>(null)
  const set = async (typed: string) => {
    setError(null)
    if (typed.trim() === '') return save({ probability: null, probabilityBy: null })
    const value = parseNumber(typed)
    if (value === null || value < 0 || value > 100) {
      setError(t('probability.error'))
      return fail('invalidValue')
    }
    return save({ probability: Math.round(value), probabilityBy: 'manual' })
  }
  return (
    <Line label={t('probability')}>
      <div class={styles.probability}>
        <InlineInput
          label={t('probability')}
          value={String(percent)}
          inputMode="numeric"
          readOnly={readOnly}
          onSave={(typed) => (typed === String(percent) ? Promise.resolve(ok(null)) : set(typed))}
        />
        <span class="meta">{t(`probability.${by}`)}</span>
      </div>
      {error && <span class={styles.error}>{error}</span>}
      {!readOnly && known && !(by === 'statistics' && known.percent === percent) && (
        <Button
          kind="quiet"
          class={styles.offer}
          onClick={() => save({ probability: known.percent, probabilityBy: 'statistics' })}
        >
          {t('probability.use', known)}
        </Button>
      )}
      {!readOnly && by !== 'stage' && (
        <Button
          kind="quiet"
          class={styles.offer}
          onClick={() => save({ probability: null, probabilityBy: null })}
        >
          {t('probability.useStage')}
        </Button>
      )}
    </Line>
  )
}
