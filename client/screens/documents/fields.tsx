/** The left side of the card: every field edited in place. */
import { type FieldInfo, fieldsOf } from '../../../shared/fields/fields.ts'
import { fail, type Result } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { usualNotice } from '../../../shared/records/contract.ts'
import { showToast } from '../../design/index.ts'
import { useNamesFor } from '../../fields/client-currency.ts'
import { useDefinitions } from '../../fields/use-fields.ts'
import { labelOf } from '../../i18n/index.ts'
import { type Replica, useAnswer, useLive } from '../../replica/index.ts'
import line from '../clients/fields.module.css'
import { InlineInput, InlineSelect } from '../clients/inline-field.tsx'
import { TagsField } from '../clients/tags-field.tsx'
import { ClientValue, ValueField } from '../clients/value-field.tsx'
import { Description } from '../interests/description.tsx'
import under from '../interests/fields.module.css'
import { interestsOf } from '../interests/queries.ts'
import { Restricted } from '../interests/restricted.tsx'
import { type Contract, formatOf, withNumber } from './queries.ts'
import { t } from './texts.ts'

interface FieldsProps {
  row: Contract
  save: (patch: Patch) => Promise<Result<unknown>>
  replica: Replica
  readOnly: boolean
}

/** Shown above, below, or by the history. */
const elsewhere: ReadonlySet<string> = new Set([
  'person',
  'interest',
  'files',
  'status',
  'createdAt',
  'createdBy',
  'restricted',
  'members',
  'description',
])

export const ContractFields = (props: FieldsProps) => {
  const { row, save, replica, readOnly } = props
  const names = useNamesFor(replica, row.client)
  const { closed } = replica.subject.value
  const infos = fieldsOf('contract', useDefinitions(replica, 'contract')).filter(
    ({ key }) => !elsewhere.has(key) && (key !== 'remindDays' || mayEnd(row)),
  )
  const control = (info: FieldInfo) => {
    const label = labelOf(info.label)
    switch (info.key) {
      case 'number':
        return <NumberField {...props} label={label} />
      case 'subject':
        return (
          <InlineInput
            label={label}
            wraps
            value={row.subject}
            parse={(typed) =>
              typed.trim() === ''
                ? { ok: false, error: 'client.error.value' }
                : { ok: true, value: typed.trim() }
            }
            readOnly={readOnly}
            onSave={(subject) => save({ subject })}
          />
        )
      case 'client':
        // A contract is always with somebody: another is chosen, none is not.
        return <ChangedClient {...props} label={label} />
      default:
        return (
          <ValueField
            info={info}
            row={row}
            names={names}
            save={save}
            replica={replica}
            readOnly={readOnly || closed?.has(info.definition?.id ?? '') === true}
          />
        )
    }
  }
  return (
    <div class={line.fields}>
      {infos.map((info) =>
        info.key === 'tags' ? (
          <TagsField
            key="tags"
            label={labelOf(info.label)}
            tags={row.tags ?? []}
            readOnly={readOnly}
            replica={replica}
            onSave={(tags) => save({ tags })}
          />
        ) : (
          <Line key={info.key} label={labelOf(info.label)}>
            {control(info)}
            {info.key === 'remindDays' && (
              <span class={under.under}>{t('notice.hint', { count: usualNotice })}</span>
            )}
          </Line>
        ),
      )}
      <Line label={t('interest')}>
        <InterestField {...props} />
      </Line>
      <Description
        key={row.id}
        label={t('description')}
        kept={row.description ?? ''}
        readOnly={readOnly}
        onSave={(description) => save({ description })}
      />
      <Restricted row={row} save={save} replica={replica} readOnly={readOnly} />
    </div>
  )
}

/** Nobody is reminded of the end of a contract that has none. */
const mayEnd = ({ validTo, renews }: Contract): boolean => validTo !== undefined && !renews

const Line = ({ label, children }: { label: string; children: preact.ComponentChildren }) => (
  <div class={line.line}>
    <span class={line.label} aria-hidden="true">
      {label}
    </span>
    <div class={line.control}>{children}</div>
  </div>
)

/** Once given it never changes; until then it can be typed. */
const NumberField = ({ row, save, replica, readOnly, label }: FieldsProps & { label: string }) => {
  const format = useLive(() => formatOf(replica.base, 'contract'), [replica], null).value
  const isGiven = row.number !== undefined
  return (
    <>
      <InlineInput
        label={label}
        value={row.number ?? ''}
        readOnly={readOnly || isGiven}
        onSave={async (number) => {
          const taken = await withNumber(replica.base, number, row.id)
          if (!taken) return save({ number: number === '' ? null : number })
          showToast({ text: t('error.number', { number, name: taken.subject }), stays: true })
          return fail('numberTaken')
        }}
      />
      {!isGiven && format && (
        <span class={under.under}>{t(format.automatic ? 'number.given' : 'number.typed')}</span>
      )}
    </>
  )
}

const ChangedClient = ({
  row,
  save,
  replica,
  readOnly,
  label,
}: FieldsProps & { label: string }) => (
  <ClientValue
    label={label}
    value={row.client}
    replica={replica}
    readOnly={readOnly}
    required
    onSave={(client) => save({ client })}
  />
)

/** One of the client's own. */
const InterestField = ({ row, save, replica, readOnly }: FieldsProps) => {
  const interests = useLive(
    () => interestsOf(replica.base, row.client),
    [row.client, replica],
    [],
  ).value
  // The one that it is linked to may be hidden, or of another client.
  const read = useAnswer(
    row.interest,
    async () => (row.interest ? replica.base.interest.get(row.interest) : undefined),
    [replica],
  )
  const linked = read?.answer
  const offered = linked && !interests.some(({ id }) => id === linked.id) ? [linked] : []
  return (
    <InlineSelect
      label={t('interest')}
      // Until it is read it is not said that there is none.
      value={(read ? linked?.id : row.interest) ?? ''}
      options={[
        { value: '', label: t('noInterest') },
        ...[...offered, ...interests].map(({ id, name }) => ({ value: id, label: name })),
      ]}
      readOnly={readOnly}
      onSave={(interest) => save({ interest: interest || null })}
    />
  )
}
