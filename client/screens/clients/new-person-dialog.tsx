/** Creation of a contact person (F49, F58). */
import { useRef, useState } from 'preact/hooks'
import type { ClientRow } from '../../../shared/records/client.ts'
import { type NamePart, wholeName } from '../../../shared/records/name-parts.ts'
import { person as personType } from '../../../shared/records/person.ts'
import { Field, Input, showToast } from '../../design/index.ts'
import { labelOf } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { type Replica, useLive } from '../../replica/index.ts'
import { useFormDraft } from '../dialogs/use-form-draft.ts'
import { SimilarRecords } from '../duplicates/similar-records.tsx'
import { CreateDialog } from '../forms/create-dialog.tsx'
import { type Further, useFurther } from '../forms/form-words.ts'
import { isMoreWrong, MoreFields } from '../forms/more-fields.tsx'
import { nextForm } from '../forms/next-form.ts'
import { withOthers } from '../forms/record-in-making.ts'
import { AlsoList } from './also-list.tsx'
import { type InputError, parseEmail, parsePhone } from './contact-input.ts'
import { FurtherFields } from './further-fields.tsx'
import {
  isTyped,
  NameFields,
  noName,
  parseNames,
  type TypedName,
  typedOf,
  typedWhole,
} from './name-fields.tsx'
import { personWrite } from './new-contact.ts'
import valueStyles from './new-value-field.module.css'
import type { Entered } from './new-values.ts'
import { focusFirstWrong, useOwnValues } from './own-values.tsx'
import { t } from './texts.ts'
import { ClientValue } from './value-field.tsx'

export interface PersonForm extends TypedName, Further {
  position: string
  phone: string
  email: string
  /** Where the form itself asks whose contact person it is. */
  client: string
  custom: Entered
}
type Text = 'position' | 'phone' | 'email'

const empty: PersonForm = {
  ...noName,
  position: '',
  phone: '',
  email: '',
  client: '',
  custom: {},
  also: {},
  words: {},
}

/** Of what an earlier version of the program kept of a form, or of a record that has no parts. */
interface WholeName {
  name?: string
}

interface NewPersonDialogProps {
  /** Whose contact person it is; null: the form asks. */
  client: ClientRow | null
  replica: Replica
  onClose: () => void
  /** After «Сохранить»; «Сохранить и создать ещё» stays in the form. */
  onCreated?: (id: string) => void
  /** What is known already. */
  initial?: Partial<PersonForm> & WholeName
  /** Name of the draft, where the form is about something certain. */
  draft?: string
}

const { fields } = personType

/** Whose contact person it is going to be. */
const clientOf = async ({ base }: Replica, id: string) =>
  id === '' ? null : ((await base.client.get(id)) ?? null)

const withParts = ({ name, ...form }: Partial<PersonForm> & WholeName = {}): Partial<PersonForm> =>
  name && !isTyped({ ...noName, ...form }) ? { ...form, ...typedOf(name) } : form

export const NewPersonDialog = ({
  client,
  replica,
  onClose,
  onCreated,
  initial,
  draft: draftName = `new-person:${client?.id ?? ''}`,
}: NewPersonDialogProps) => {
  const draft = useFormDraft<Partial<PersonForm> & WholeName>(replica, draftName, {
    ...empty,
    ...withParts(initial),
  })
  // An earlier version of the program kept fewer fields.
  const read = (kept: Partial<PersonForm> & WholeName): PersonForm => ({
    ...empty,
    ...withParts(kept),
  })
  const form = read(draft.value)
  const nameField = useRef<HTMLInputElement>(null)
  const [errors, setErrors] = useState<Partial<Record<Text | NamePart, InputError>>>({})
  const set = (change: Partial<PersonForm>) => {
    draft.change({ ...read(draft.latest()), ...change })
    const changed = Object.keys(change)
    setErrors(
      Object.fromEntries(Object.entries(errors).filter(([name]) => !changed.includes(name))),
    )
  }
  const further = useFurther(draft)
  const self = replica.session.user.id
  const of = useLive(
    async () => client ?? (await clientOf(replica, form.client)),
    [client, form.client, replica],
    null,
  ).value
  const own = useOwnValues(replica, 'person', form.custom, (custom) => set({ custom }))

  const save = async (another: boolean) => {
    await further.settled()
    const form = read(draft.latest())
    const { names, errors: wrong } = parseNames(form)
    const phone = form.phone.trim() ? parsePhone(form.phone) : null
    const email = form.email.trim() ? parseEmail(form.email) : null
    setErrors({
      ...wrong,
      ...(phone?.ok === false && { phone: phone.error }),
      ...(email?.ok === false && { email: email.error }),
    })
    const custom = own.check()
    const isWrong = isMoreWrong() || Object.keys(wrong).length > 0
    if (isWrong || phone?.ok === false || email?.ok === false || !custom) return focusFirstWrong()
    const person = {
      name: wholeName(names),
      names,
      position: form.position.trim(),
      ...(phone && { phone: phone.value }),
      ...(email && { email: email.value }),
    }
    const made = personWrite(person, client ?? (await clientOf(replica, form.client)), self)
    const write = withOthers(made, { ...form.also, custom })
    const result = await replica.writeAll([write])
    if (!result.ok) return showToast({ text: reasonText(result.reason), stays: true })
    const typed = read(draft.latest())
    draft.clear()
    showToast({ text: t('client.saved', { name: person.name }) })
    if (another) {
      draft.change(nextForm(form, typed, { ...empty, client: form.client }))
      nameField.current?.focus()
      return
    }
    onClose()
    onCreated?.(write.id)
  }
  const input = (name: Text, label: string, type: string) => {
    const error = errors[name]
    return (
      <Field label={label} error={error ? t(error) : null}>
        {(control) => (
          <Input
            {...control}
            type={type}
            value={form[name]}
            onValue={(value) => set({ [name]: value })}
            autocomplete="off"
          />
        )}
      </Field>
    )
  }
  if (!draft.loaded) return null
  return (
    <CreateDialog title={t('client.persons.new')} onClose={onClose} onSave={save}>
      <NameFields typed={form} errors={errors} onTyped={set} firstField={nameField} />
      {client === null && (
        <Field label={labelOf(fields.client.label)}>
          {({ id }) => (
            <fieldset id={id} aria-label={labelOf(fields.client.label)} class={valueStyles.parts}>
              <ClientValue
                label={labelOf(fields.client.label)}
                value={form.client}
                replica={replica}
                readOnly={false}
                onSave={(picked) => set({ client: typeof picked === 'string' ? picked : '' })}
              />
            </fieldset>
          )}
        </Field>
      )}
      {input('position', labelOf(fields.position.label), 'text')}
      {input('phone', t('clients.column.phone'), 'tel')}
      {input('email', t('clients.column.email'), 'email')}
      <SimilarRecords
        table="person"
        typed={{ name: typedWhole(form), phone: form.phone, email: form.email }}
        replica={replica}
      />
      {own.fields}
      <MoreFields
        table="person"
        replica={replica}
        further={further}
        summary={(isOpen) => (
          <AlsoList
            table="person"
            also={isOpen ? {} : form.also}
            replica={replica}
            onRemove={(field) => {
              const { [field]: _, ...also } = form.also
              set({ also })
            }}
          />
        )}
      >
        {() => (
          <FurtherFields
            table="person"
            // The question whether its heat is the company's too comes with the card.
            given={personWrite({ name: '' }, of && { ...of, id: '' }, self)}
            also={form.also}
            onAlso={further.onAlso}
            replica={replica}
          />
        )}
      </MoreFields>
    </CreateDialog>
  )
}
