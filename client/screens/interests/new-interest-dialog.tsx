/** Creation of an Interest (F58, F114); what is typed survives a reload. */
import { useRef } from 'preact/hooks'
import { parseDay } from '../../../shared/fields/days.ts'
import { parseWords } from '../../../shared/fields/words.ts'
import { newId } from '../../../shared/ids.ts'
import { firstStage, movePatch } from '../../../shared/interests/moves.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { Field, Input, Select, showToast } from '../../design/index.ts'
import { clientCurrency } from '../../fields/client-currency.ts'
import { useNames } from '../../fields/use-fields.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { Replica } from '../../replica/index.ts'
import { AlsoList } from '../clients/also-list.tsx'
import type { Entered } from '../clients/new-values.ts'
import { focusFirstWrong, useOwnValues } from '../clients/own-values.tsx'
import { ClientValue } from '../clients/value-field.tsx'
import { useEmployees } from '../dialogs/use-employees.ts'
import { CreateDialog } from '../forms/create-dialog.tsx'
import { type Further, useFurther } from '../forms/form-words.ts'
import { isMoreWrong, MoreFields } from '../forms/more-fields.tsx'
import { nextForm } from '../forms/next-form.ts'
import { useCreateForm } from '../forms/use-create-form.ts'
import { FurtherFields } from './further-fields.tsx'
import { useScenarios } from './queries.ts'
import { t } from './texts.ts'

interface Form extends Further {
  name: string
  client: string
  /** Empty: the first one. */
  scenario: string
  stage: string
  amount: string
  closeDate: string
  responsible: string
  custom: Entered
}

const empty: Form = {
  name: '',
  client: '',
  scenario: '',
  stage: '',
  amount: '',
  closeDate: '',
  responsible: '',
  custom: {},
  also: {},
  words: {},
}

interface NewInterestDialogProps {
  replica: Replica
  onClose: () => void
  /** After «Сохранить»; «Сохранить и создать ещё» stays in the form. */
  onCreated?: (id: string) => void
  /** What is known already. */
  initial?: Partial<Form>
  /** Id of the Interest that is copied: such a form has a draft of its own. */
  copied?: string
}

export const NewInterestDialog = ({
  replica,
  onClose,
  onCreated,
  initial = {},
  copied,
}: NewInterestDialogProps) => {
  const key = copied
    ? `copy-interest:${copied}`
    : ['new-interest', initial.client, initial.stage].filter(Boolean).join(':')
  const { draft, form, current, set, wrong, setWrong } = useCreateForm(replica, key, empty, initial)
  const further = useFurther(draft)
  const scenarios = useScenarios(replica)
  const employees = useEmployees(replica)
  const names = useNames(replica)
  const nameField = useRef<HTMLInputElement>(null)
  const self = replica.session.user.id
  const own = useOwnValues(replica, 'interest', form.custom, (custom) => set({ custom }))
  const scenario = scenarios.find(({ id }) => id === form.scenario) ?? scenarios[0]
  const open = scenario?.stages.filter(({ kind }) => kind === 'open') ?? []
  const stage =
    open.find(({ id }) => id === form.stage) ?? (scenario ? firstStage(scenario) : undefined)

  const save = async (another: boolean) => {
    if (!scenario || !stage) return
    await further.settled()
    const form = current()
    // Read now: the names may still be those of the client chosen before.
    const currency = await clientCurrency(replica.base, form.client || undefined, names)
    const amount = parseWords(
      { key: 'amount', kind: 'money', label: { ru: '', en: '' }, required: false, writable: true },
      form.amount,
      { ...names, currency },
    )
    const day = form.closeDate.trim() === '' ? null : parseDay(form.closeDate, new Date())
    const isDayWrong = day !== null && (!day.ok || day.value.startsWith('--'))
    const name = form.name.trim()
    setWrong({
      ...(name === '' && { name: t('error.name') }),
      ...(!amount.ok && { amount: t('error.amount') }),
      ...(isDayWrong && { closeDate: t('error.date') }),
    })
    const custom = own.check()
    if (name === '' || !amount.ok || isDayWrong || !custom || isMoreWrong())
      return focusFirstWrong()
    const patch: Patch = {
      ...form.also,
      name,
      responsible: form.responsible || self,
      ...movePatch(scenario, stage, { at: Date.now(), by: self }),
      ...(form.client && { client: form.client }),
      ...(amount.value !== undefined && { amount: amount.value }),
      ...(day?.ok && { closeDate: day.value }),
      custom,
    }
    const id = newId()
    const result = await replica.write('interest', id, patch)
    if (!result.ok) return showToast({ text: reasonText(result.reason), stays: true })
    const typed = current()
    draft.clear()
    showToast({ text: t('saved', { name }) })
    if (another) {
      const next = { ...empty, ...initial, scenario: scenario.id, stage: stage.id }
      draft.change(nextForm(form, typed, next))
      nameField.current?.focus()
    } else onCreated?.(id)
  }

  if (!draft.loaded) return null
  return (
    <CreateDialog title={t('new')} onClose={onClose} onSave={save}>
      <Field label={t('new.name')} error={wrong.name ?? null} required>
        {(control) => (
          <Input
            {...control}
            inputRef={nameField}
            value={form.name}
            onValue={(name) => set({ name })}
            maxLength={500}
            autofocus
            autocomplete="off"
          />
        )}
      </Field>
      <Field label={t('new.client')}>
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
      <Field label={t('new.amount')} error={wrong.amount ?? null}>
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
      {scenarios.length > 1 && (
        <Field label={t('scenario')}>
          {(control) => (
            <Select
              {...control}
              value={scenario?.id ?? ''}
              onValue={(next) => set({ scenario: next, stage: '' })}
              options={scenarios.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
        </Field>
      )}
      <Field label={t('new.stage')}>
        {(control) => (
          <Select
            {...control}
            value={stage?.id ?? ''}
            onValue={(next) => set({ stage: next })}
            options={open.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
      </Field>
      <Field label={t('new.closeDate')} error={wrong.closeDate ?? null}>
        {(control) => (
          <Input
            {...control}
            value={form.closeDate}
            onValue={(closeDate) => set({ closeDate })}
            autocomplete="off"
          />
        )}
      </Field>
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
      {scenario && stage && (
        <MoreFields
          table="interest"
          replica={replica}
          further={further}
          summary={(isOpen) =>
            !isOpen && (
              <AlsoList
                table="interest"
                also={form.also}
                replica={replica}
                onRemove={(field) => {
                  const { [field]: _, ...also } = form.also
                  set({ also })
                }}
              />
            )
          }
        >
          {() => (
            <FurtherFields
              client={form.client}
              scenario={scenario}
              stage={stage.id}
              also={form.also}
              onAlso={further.onAlso}
              replica={replica}
            />
          )}
        </MoreFields>
      )}
    </CreateDialog>
  )
}
