/** Creation of a contact person (F49, F58). */
import { useRef, useState } from 'preact/hooks'
import type { Patch } from '../../../shared/records/change.ts'
import type { ClientRow } from '../../../shared/records/client.ts'
import { person as personType } from '../../../shared/records/person.ts'
import { Button, Dialog, Field, Input, showToast } from '../../design/index.ts'
import { labelOf } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { Replica } from '../../replica/index.ts'
import { useFormDraft } from '../dialogs/use-form-draft.ts'
import { SimilarRecords } from '../duplicates/similar-records.tsx'
import { AlsoList } from './also-list.tsx'
import { parseEmail, parseName, parsePhone } from './contact-input.ts'
import { personWrite, withOthers } from './new-contact.ts'
import valueStyles from './new-value-field.module.css'
import type { Entered } from './new-values.ts'
import { focusFirstWrong, useOwnValues } from './own-values.tsx'
import { t } from './texts.ts'
import { ClientValue } from './value-field.tsx'

export interface PersonForm {
  name: string
  position: string
  phone: string
  email: string
  /** Where the form itself asks whose contact person it is. */
  client: string
  custom: Entered
  /** Other fields, as a change. */
  also: Patch
}
type Text = 'name' | 'position' | 'phone' | 'email'

const empty: PersonForm = {
  name: '',
  position: '',
  phone: '',
  email: '',
  client: '',
  custom: {},
  also: {},
}

interface NewPersonDialogProps {
  /** Whose contact person it is; null: the form asks. */
  client: ClientRow | null
  replica: Replica
  onClose: () => void
  /** After «Сохранить»; «Сохранить и создать ещё» stays in the form. */
  onCreated?: (id: string) => void
  /** What is known already. */
  initial?: Partial<PersonForm>
  /** Name of the draft, where the form is about something certain. */
  draft?: string
}

const { fields } = personType

export const NewPersonDialog = ({
  client,
  replica,
  onClose,
  onCreated,
  initial,
  draft: draftName = `new-person:${client?.id ?? ''}`,
}: NewPersonDialogProps) => {
  const draft = useFormDraft<Partial<PersonForm>>(replica, draftName, { ...empty, ...initial })
  // An earlier version of the program kept fewer fields.
  const form: PersonForm = { ...empty, ...draft.value }
  const nameField = useRef<HTMLInputElement>(null)
  const [errors, setErrors] = useState<Partial<Record<Text, string>>>({})
  const set = (change: Partial<PersonForm>) => {
    draft.change({ ...form, ...change })
    const changed = Object.keys(change)
    setErrors(
      Object.fromEntries(Object.entries(errors).filter(([name]) => !changed.includes(name))),
    )
  }
  const own = useOwnValues(replica, 'person', form.custom, (custom) => set({ custom }))

  const save = async (another: boolean) => {
    const name = parseName('person')(form.name)
    const phone = form.phone.trim() ? parsePhone(form.phone) : null
    const email = form.email.trim() ? parseEmail(form.email) : null
    setErrors({
      ...(!name.ok && { name: t(name.error) }),
      ...(phone?.ok === false && { phone: t(phone.error) }),
      ...(email?.ok === false && { email: t(email.error) }),
    })
    const custom = own.check()
    if (!name.ok || phone?.ok === false || email?.ok === false || !custom) return focusFirstWrong()
    const person = {
      name: name.value,
      position: form.position.trim(),
      ...(phone && { phone: phone.value }),
      ...(email && { email: email.value }),
    }
    const of =
      client ?? (form.client ? ((await replica.base.client.get(form.client)) ?? null) : null)
    const made = personWrite(person, of, replica.session.user.id)
    const write = withOthers(made, { ...form.also, custom })
    const result = await replica.writeAll([write])
    if (!result.ok) return showToast({ text: reasonText(result.reason), stays: true })
    draft.clear()
    showToast({ text: t('client.saved', { name: person.name }) })
    if (another) {
      draft.change({ ...empty, client: form.client })
      nameField.current?.focus()
      return
    }
    onClose()
    onCreated?.(write.id)
  }
  const input = (name: Text, label: string, type: string, required = false) => (
    <Field label={label} error={errors[name]} required={required}>
      {(control) => (
        <Input
          {...control}
          {...(name === 'name' && { inputRef: nameField })}
          type={type}
          value={form[name]}
          onValue={(value) => set({ [name]: value })}
          autocomplete="off"
          autofocus={name === 'name'}
        />
      )}
    </Field>
  )
  if (!draft.loaded) return null
  return (
    <Dialog
      title={t('client.persons.new')}
      onClose={onClose}
      onSubmit={() => save(false)}
      footer={
        <>
          <Button onClick={() => save(true)}>{t('client.saveAndNew')}</Button>
          <Button kind="primary" type="submit">
            {t('client.save')}
          </Button>
        </>
      }
    >
      {input('name', t('client.field.name.person'), 'text', true)}
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
        typed={{ name: form.name, phone: form.phone, email: form.email }}
        replica={replica}
      />
      <AlsoList
        table="person"
        also={form.also}
        replica={replica}
        onRemove={(field) => {
          const { [field]: _, ...also } = form.also
          set({ also })
        }}
      />
      {own.fields}
    </Dialog>
  )
}
