/** Quick creation of a client; what is typed survives a reload (F49, F58). */

import { Plus } from 'lucide-preact'
import { useRef, useState } from 'preact/hooks'
import { customField } from '../../../shared/fields/fields.ts'
import {
  type ClientRow,
  clientKinds,
  client as clientType,
} from '../../../shared/records/client.ts'
import { Button, Choice, Dialog, Field, Input, showToast } from '../../design/index.ts'
import { useDefinitions, useNames } from '../../fields/use-fields.ts'
import { labelOf, reasonText } from '../../i18n/index.ts'
import type { Replica } from '../../replica/index.ts'
import { useDraft } from '../dialogs/use-draft.ts'
import { SimilarRecords } from '../duplicates/similar-records.tsx'
import { FieldDialog } from '../settings/fields/lazy-field-dialog.ts'
import { t as fieldTexts } from '../settings/fields/texts.ts'
import {
  type InputError,
  type Parsed,
  parseEmail,
  parseInn,
  parseName,
  parsePhone,
} from './contact-input.ts'
import { clientWrite } from './new-contact.ts'
import { customValues, defaultsOf, NewValueField, typedKinds } from './new-values.tsx'
import { t } from './texts.ts'

interface NewClientDialogProps {
  replica: Replica
  onClose: () => void
  /** After «Сохранить»; «Сохранить и создать ещё» stays in the form. */
  onCreated?: (client: { id: string; name: string }) => void
  /** What is known already; such a form keeps no draft, since it can be opened again the same. */
  initial?: Partial<Form>
}

/** Typed values of fields of one's own, by their id. */
type Typed = Readonly<Record<string, string>>

interface Form {
  kind: ClientRow['kind']
  name: string
  inn: string
  phone: string
  email: string
  custom: Typed
}
type Errors = Partial<Record<Exclude<keyof Form, 'custom'>, InputError>>

const empty: Form = { kind: 'organisation', name: '', inn: '', phone: '', email: '', custom: {} }

const { fields } = clientType

export const NewClientDialog = ({ replica, onClose, onCreated, initial }: NewClientDialogProps) => {
  const start = { ...empty, ...initial }
  const key = initial ? `new-client:${initial.email ?? ''}` : 'new-client'
  const draft = useDraft(replica, key, start)
  const form = draft.value
  const names = useNames(replica)
  const { closed, administrator } = replica.subject.value
  const own = useDefinitions(replica, 'client')
    .filter(({ id }) => !closed?.has(id))
    .map(customField)
    .filter(({ kind }) => typedKinds.has(kind))
  const typedValues = { ...defaultsOf(own, names), ...form.custom }
  const [wrongOwn, setWrongOwn] = useState<Readonly<Record<string, InputError>>>({})
  const [adding, setAdding] = useState(false)
  const nameField = useRef<HTMLInputElement>(null)
  const [errors, setErrors] = useState<Errors>({})
  const set = (change: Partial<Form>) => {
    draft.change({ ...form, ...change })
    const changed = Object.keys(change)
    setErrors(
      Object.fromEntries(Object.entries(errors).filter(([name]) => !changed.includes(name))),
    )
  }
  const check = (name: Exclude<keyof Form, 'custom'>, parse: (typed: string) => Parsed) => {
    const parsed = form[name].trim() === '' ? null : parse(form[name])
    if (parsed && !parsed.ok) setErrors({ ...errors, [name]: parsed.error })
  }

  const save = async (another: boolean) => {
    const optional = (typed: string, parse: (typed: string) => Parsed): Parsed =>
      typed.trim() === '' ? { ok: true, value: '' } : parse(typed)
    const parsed = {
      name: parseName(form.kind)(form.name),
      inn: parseInn(form.inn),
      phone: optional(form.phone, parsePhone),
      email: optional(form.email, parseEmail),
    }
    const wrong = Object.entries(parsed).flatMap(([name, result]) =>
      result.ok ? [] : [[name, result.error] as const],
    )
    const values = customValues(own, typedValues, names)
    setWrongOwn(values.wrong)
    if (!parsed.name.ok || !parsed.inn.ok || !parsed.phone.ok || !parsed.email.ok)
      return setErrors(Object.fromEntries(wrong))
    if (Object.keys(values.wrong).length > 0) return
    const self = replica.session.user.id
    const write = clientWrite(
      {
        kind: form.kind,
        name: parsed.name.value,
        inn: parsed.inn.value,
        phone: parsed.phone.value,
        email: parsed.email.value,
      },
      [self],
    )
    if (Object.keys(values.custom).length > 0) write.patch.custom = values.custom
    const result = await replica.writeAll([write])
    if (!result.ok) return showToast({ text: reasonText(result.reason), stays: true })
    const { kind } = form
    draft.clear()
    showToast({ text: t('client.saved', { name: parsed.name.value }) })
    if (another) {
      draft.change({ ...empty, kind })
      nameField.current?.focus()
    } else onCreated?.({ id: write.id, name: parsed.name.value })
  }
  const error = (name: Exclude<keyof Form, 'custom'>) => {
    const found = errors[name]
    return found ? t(found) : null
  }

  return (
    <Dialog
      title={t('clients.new')}
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
      <Choice
        label={labelOf(fields.kind.label)}
        value={form.kind}
        onValue={(kind) => set({ kind })}
        options={kinds.map((kind) => ({ value: kind, label: t(`clients.kind.${kind}`) }))}
      />
      <Field
        label={t(
          form.kind === 'organisation'
            ? 'client.field.name.organisation'
            : 'client.field.name.person',
        )}
        error={error('name')}
        required
      >
        {(control) => (
          <Input
            {...control}
            inputRef={nameField}
            value={form.name}
            onValue={(name) => set({ name })}
            autofocus
            autocomplete="off"
          />
        )}
      </Field>
      <Field label={labelOf(fields.inn.label)} error={error('inn')}>
        {(control) => (
          <Input
            {...control}
            value={form.inn}
            onValue={(inn) => set({ inn })}
            onBlur={() => check('inn', parseInn)}
            inputMode="numeric"
            autocomplete="off"
          />
        )}
      </Field>
      <Field label={t('clients.column.phone')} error={error('phone')}>
        {(control) => (
          <Input
            {...control}
            value={form.phone}
            onValue={(phone) => set({ phone })}
            onBlur={() => check('phone', parsePhone)}
            type="tel"
            autocomplete="off"
          />
        )}
      </Field>
      <Field label={t('clients.column.email')} error={error('email')}>
        {(control) => (
          <Input
            {...control}
            value={form.email}
            onValue={(email) => set({ email })}
            onBlur={() => check('email', parseEmail)}
            type="email"
            autocomplete="off"
          />
        )}
      </Field>
      <SimilarRecords table="client" typed={form} replica={replica} />
      {own.map((info) => (
        <NewValueField
          key={info.key}
          info={info}
          names={names}
          typed={typedValues[info.key] ?? ''}
          error={wrongOwn[info.key]}
          onTyped={(value) => {
            set({ custom: { ...form.custom, [info.key]: value } })
            setWrongOwn({})
          }}
        />
      ))}
      {administrator && (
        <Button kind="quiet" icon={Plus} onClick={() => setAdding(true)}>
          {fieldTexts('addHere')}
        </Button>
      )}
      {adding && <FieldDialog type="client" definition={null} onClose={() => setAdding(false)} />}
    </Dialog>
  )
}

// Object.keys forgets the key type
const kinds = Object.keys(clientKinds) as ClientRow['kind'][]
