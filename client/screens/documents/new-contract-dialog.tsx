/** Creation of a contract (F58, F76); what is typed survives a reload. */
import { useRef, useState } from 'preact/hooks'
import { statusPatch } from '../../../shared/contracts.ts'
import { dayOf, formatDay, parseDay } from '../../../shared/fields/days.ts'
import { parseWords } from '../../../shared/fields/words.ts'
import { newId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { contractKinds } from '../../../shared/records/contract.ts'
import { Field, Input, Select, Switch, showToast } from '../../design/index.ts'
import { clientCurrency, useNamesFor } from '../../fields/client-currency.ts'
import { labelOf } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { type Replica, useLive } from '../../replica/index.ts'
import type { Entered } from '../clients/new-values.ts'
import { focusFirstWrong, useOwnValues } from '../clients/own-values.tsx'
import { ClientValue } from '../clients/value-field.tsx'
import { useEmployees } from '../dialogs/use-employees.ts'
import { CreateDialog } from '../forms/create-dialog.tsx'
import { useCreateForm } from '../forms/use-create-form.ts'
import { formatOf, withNumber } from './queries.ts'
import { t } from './texts.ts'

export interface ContractForm {
  subject: string
  client: string
  interest: string
  number: string
  /** As typed. */
  date: string
  kind: string
  amount: string
  validTo: string
  renews: boolean
  responsible: string
  custom: Entered
  /** Of a copy: what the form does not ask for. */
  also: Patch
}
type Wrong = Partial<Record<keyof ContractForm, string>>

const emptyOf = (today: Date): ContractForm => ({
  subject: '',
  client: '',
  interest: '',
  number: '',
  date: formatDay(dayOf(today)),
  kind: '',
  amount: '',
  validTo: '',
  renews: false,
  responsible: '',
  custom: {},
  also: {},
})

interface NewContractDialogProps {
  replica: Replica
  onClose: () => void
  /** After «Сохранить»; «Сохранить и создать ещё» stays in the form. */
  onCreated?: (id: string) => void
  /** What is known already. */
  initial?: Partial<ContractForm>
  /** Id of the contract that is copied: such a form has a draft of its own. */
  copied?: string
}

/** A typed day; null where nothing is typed, undefined where it is none. */
const dayIn = (typed: string): string | null | undefined => {
  if (typed.trim() === '') return null
  const day = parseDay(typed, new Date())
  return day.ok && !day.value.startsWith('--') ? day.value : undefined
}

export const NewContractDialog = ({
  replica,
  onClose,
  onCreated,
  initial = {},
  copied,
}: NewContractDialogProps) => {
  const key = copied
    ? `copy-contract:${copied}`
    : ['new-contract', initial.client, initial.interest].filter(Boolean).join(':')
  const [empty] = useState(() => emptyOf(new Date()))
  const { draft, form, set, wrong, setWrong } = useCreateForm(replica, key, empty, initial)
  const employees = useEmployees(replica)
  const names = useNamesFor(replica, form.client || undefined)
  const format = useLive(() => formatOf(replica.base, 'contract'), [replica], null).value
  const subjectField = useRef<HTMLInputElement>(null)
  const self = replica.session.user.id
  const own = useOwnValues(replica, 'contract', form.custom, (custom) => set({ custom }))

  const save = async (another: boolean) => {
    // Read now: the names may still be those of the client chosen before.
    const currency = await clientCurrency(replica.base, form.client || undefined, names)
    const amount = parseWords(
      { key: 'amount', kind: 'money', label: { ru: '', en: '' }, required: false, writable: true },
      form.amount,
      { ...names, currency },
    )
    const [date, validTo] = [dayIn(form.date), dayIn(form.validTo)]
    const [subject, number] = [form.subject.trim(), form.number.trim()]
    const taken = number === '' ? undefined : await withNumber(replica.base, number)
    const found: Wrong = {
      ...(subject === '' && { subject: t('error.subject') }),
      ...(form.client === '' && { client: t('error.client') }),
      ...(taken && { number: t('error.number', { number, name: taken.subject }) }),
      ...(!amount.ok && { amount: t('error.amount') }),
      ...(date === undefined && { date: t('error.date') }),
      ...(validTo === undefined && { validTo: t('error.date') }),
    }
    setWrong(found)
    const custom = own.check()
    if (Object.keys(found).length > 0 || !custom || !amount.ok) return focusFirstWrong()
    const patch: Patch = {
      ...form.also,
      subject,
      client: form.client,
      responsible: form.responsible || self,
      ...statusPatch('draft', { at: Date.now(), by: self }),
      ...(number && { number }),
      ...(date && { date }),
      ...(form.kind && { kind: form.kind }),
      ...(form.interest && { interest: form.interest }),
      ...(amount.value !== undefined && { amount: amount.value }),
      ...(validTo && { validTo }),
      ...(form.renews && { renews: true }),
      custom,
    }
    const id = newId()
    const result = await replica.write('contract', id, patch)
    if (!result.ok) return showToast({ text: reasonText(result.reason), stays: true })
    draft.clear()
    showToast({ text: t('saved', { name: subject }) })
    if (another) {
      draft.change({ ...empty, ...initial })
      subjectField.current?.focus()
    } else onCreated?.(id)
  }

  if (!draft.loaded || format === null) return null
  return (
    <CreateDialog title={t('new')} onClose={onClose} onSave={save}>
      <Field label={t('new.subject')} error={wrong.subject ?? null} required>
        {(control) => (
          <Input
            {...control}
            inputRef={subjectField}
            value={form.subject}
            onValue={(subject) => set({ subject })}
            maxLength={500}
            autofocus
            autocomplete="off"
          />
        )}
      </Field>
      <Field label={t('new.client')} error={wrong.client ?? null} required>
        {() => (
          <ClientValue
            label={t('new.client')}
            value={form.client}
            replica={replica}
            readOnly={initial.client !== undefined && copied === undefined}
            onSave={(client) => set({ client: typeof client === 'string' ? client : '' })}
          />
        )}
      </Field>
      <Field
        label={t('new.number')}
        hint={t(format.automatic ? 'number.given' : 'number.typed')}
        error={wrong.number ?? null}
      >
        {(control) => (
          <Input
            {...control}
            value={form.number}
            onValue={(number) => set({ number })}
            maxLength={50}
            autocomplete="off"
          />
        )}
      </Field>
      <Field label={t('new.date')} error={wrong.date ?? null}>
        {(control) => (
          <Input
            {...control}
            value={form.date}
            onValue={(date) => set({ date })}
            autocomplete="off"
          />
        )}
      </Field>
      <Field label={t('new.kind')}>
        {(control) => (
          <Select
            {...control}
            value={form.kind}
            onValue={(kind) => set({ kind })}
            options={[
              { value: '', label: '—' },
              ...Object.entries(contractKinds).map(([value, label]) => ({
                value,
                label: labelOf(label),
              })),
            ]}
          />
        )}
      </Field>
      <Field
        label={t('new.amount')}
        hint={t('new.amount.hint', { currency: names.currency })}
        error={wrong.amount ?? null}
      >
        {(control) => (
          <Input
            {...control}
            value={form.amount}
            onValue={(amount) => set({ amount })}
            inputMode="decimal"
            autocomplete="off"
          />
        )}
      </Field>
      <Field label={t('new.validTo')} error={wrong.validTo ?? null}>
        {(control) => (
          <Input
            {...control}
            value={form.validTo}
            onValue={(validTo) => set({ validTo })}
            autocomplete="off"
          />
        )}
      </Field>
      <Switch
        label={t('new.renews')}
        checked={form.renews}
        onChecked={(renews) => set({ renews })}
      />
      <Field label={t('new.responsible')}>
        {(control) => (
          <Select
            {...control}
            value={form.responsible || self}
            onValue={(responsible) => set({ responsible })}
            options={[...employees.values()]
              .filter(({ state }) => state !== 'blocked')
              .map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
      </Field>
      {own.fields}
    </CreateDialog>
  )
}
