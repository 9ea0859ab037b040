/** Quick creation of a client; what is typed survives a reload (F49, F58). */
import { useRef, useState } from 'preact/hooks'
import { withoutForm } from '../../../shared/human-names.ts'
import type { Patch } from '../../../shared/records/change.ts'
import {
  type ClientRow,
  clientKinds,
  client as clientType,
} from '../../../shared/records/client.ts'
import { clientName, type NamePart, nameParts } from '../../../shared/records/name-parts.ts'
import { Choice, Field, Input, showToast } from '../../design/index.ts'
import { labelOf } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { Replica } from '../../replica/index.ts'
import type { Card } from '../companies/differences.ts'
import { FillNewButton } from '../companies/fill-button.tsx'
import { type Head, headWrite } from '../companies/head.ts'
import { useFormDraft } from '../dialogs/use-form-draft.ts'
import { SimilarRecords } from '../duplicates/similar-records.tsx'
import { CreateDialog } from '../forms/create-dialog.tsx'
import { type Further, useFurther } from '../forms/form-words.ts'
import { isMoreWrong, MoreFields } from '../forms/more-fields.tsx'
import { nextForm } from '../forms/next-form.ts'
import { alsoAfter, withOthers } from '../forms/record-in-making.ts'
import { AlsoLine, AlsoList } from './also-list.tsx'
import {
  type InputError,
  innWhileTyped,
  type Parsed,
  parseEmail,
  parseInn,
  parseName,
  parsePhone,
} from './contact-input.ts'
import { FurtherFields, ofKind } from './further-fields.tsx'
import {
  isTyped,
  NameFields,
  noName,
  parseNames,
  type TypedName,
  typedOf,
  typedWhole,
} from './name-fields.tsx'
import { clientWrite } from './new-contact.ts'
import type { Entered } from './new-values.ts'
import { focusFirstWrong, useOwnValues } from './own-values.tsx'
import { t } from './texts.ts'

interface NewClientDialogProps {
  replica: Replica
  onClose: () => void
  /** After «Сохранить»; «Сохранить и создать ещё» stays in the form. */
  onCreated?: (client: { id: string; name: string }) => void
  /** What is known already. */
  initial?: Partial<ClientForm>
  /** Name of the draft, where the form is about something certain. */
  draft?: string
}

export interface ClientForm extends TypedName, Further {
  kind: ClientRow['kind']
  /** Of an organisation; a human has the parts of a name. */
  name: string
  inn: string
  phone: string
  email: string
  custom: Entered
  /** Whom the register names: becomes a contact person. */
  head: Head | null
}
type Text = 'name' | 'inn' | 'phone' | 'email'
type Errors = Partial<Record<Text | NamePart, InputError>>

const empty: ClientForm = {
  kind: 'organisation',
  name: '',
  ...noName,
  inn: '',
  phone: '',
  email: '',
  custom: {},
  also: {},
  words: {},
  head: null,
}

const { fields } = clientType

export const NewClientDialog = ({
  replica,
  onClose,
  onCreated,
  initial,
  draft: draftName,
}: NewClientDialogProps) => {
  const key = draftName ?? (initial ? `new-client:${initial.email ?? ''}` : 'new-client')
  const draft = useFormDraft<Partial<ClientForm>>(replica, key, { ...empty, ...initial })
  // An earlier version of the program kept fewer fields, and letters know a name as a whole.
  const read = (kept: Partial<ClientForm>): ClientForm => named({ ...empty, ...kept })
  const form = read(draft.value)
  const nameField = useRef<HTMLInputElement>(null)
  const [errors, setErrors] = useState<Errors>({})
  const set = (change: Partial<ClientForm>) => {
    const next = read({ ...draft.latest(), ...change })
    draft.change(next)
    const changed = new Set(Object.keys(change))
    // How many digits an ИНН has depends on the kind.
    if (changed.has('kind')) changed.add('inn')
    const kept = Object.entries(errors).filter(([name]) => !changed.has(name))
    const wrong = changed.has('inn') ? innWhileTyped(next.kind)(next.inn) : null
    setErrors({ ...Object.fromEntries(kept), ...(wrong && { inn: wrong }) })
  }
  const further = useFurther(draft)
  const own = useOwnValues(replica, 'client', form.custom, (custom) => set({ custom }))
  const check = (name: Text, parse: (typed: string) => Parsed) => {
    const parsed = form[name].trim() === '' ? null : parse(form[name])
    if (parsed && !parsed.ok) setErrors({ ...errors, [name]: parsed.error })
  }

  const self = replica.session.user.id

  const save = async (another: boolean) => {
    await further.settled()
    const form = read(draft.latest())
    const optional = (typed: string, parse: (typed: string) => Parsed): Parsed =>
      typed.trim() === '' ? { ok: true, value: '' } : parse(typed)
    const isFirm = form.kind === 'organisation'
    const { names, errors: wrongNames } = parseNames(form)
    const name = isFirm
      ? parseName('organisation')(form.name)
      : { ok: true as const, value: clientName(form.kind, names) ?? '' }
    const parsed = {
      ...(isFirm && { name }),
      inn: parseInn(form.inn),
      phone: optional(form.phone, parsePhone),
      email: optional(form.email, parseEmail),
    }
    const wrong = Object.entries(parsed).flatMap(([name, result]) =>
      result.ok ? [] : [[name, result.error] as const],
    )
    setErrors({ ...Object.fromEntries(wrong), ...(!isFirm && wrongNames) })
    const custom = own.check()
    const { inn, phone, email } = parsed
    const isWrong = isMoreWrong() || (!isFirm && Object.keys(wrongNames).length > 0)
    if (isWrong || !name.ok || !inn.ok || !phone.ok || !email.ok || !custom)
      return focusFirstWrong()
    const made = clientWrite(
      {
        kind: form.kind,
        name: name.value,
        ...(!isFirm && { names }),
        inn: inn.value,
        phone: phone.value,
        email: email.value,
      },
      [self],
    )
    const write = withOthers(made, { ...ofKind(form.also, form.kind), custom })
    const head = form.head ? [headWrite(form.head, write, self)] : []
    const result = await replica.writeAll([write, ...head])
    if (!result.ok) return showToast({ text: reasonText(result.reason), stays: true })
    const { kind } = form
    const typed = read(draft.latest())
    draft.clear()
    showToast({ text: t('client.saved', { name: name.value }) })
    if (another) {
      draft.change(nextForm(form, typed, { ...empty, kind }))
      nameField.current?.focus()
    } else onCreated?.({ id: write.id, name: name.value })
  }
  const error = (name: Text) => {
    const found = errors[name]
    return found ? t(found) : null
  }

  if (!draft.loaded) return null
  const { head } = form
  const given = clientWrite({ kind: form.kind, name: '' }, [self])
  return (
    <CreateDialog title={t('clients.new')} onClose={onClose} onSave={save}>
      <Choice
        label={labelOf(fields.kind.label)}
        value={form.kind}
        onValue={(kind) => set({ kind })}
        options={kinds.map((kind) => ({ value: kind, label: t(`clients.kind.${kind}`) }))}
      />
      {form.kind === 'organisation' ? (
        <Field
          key="name"
          label={t('client.field.name.organisation')}
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
      ) : (
        <NameFields typed={form} errors={errors} onTyped={set} firstField={nameField} />
      )}
      <Field label={labelOf(fields.inn.label)} error={error('inn')}>
        {(control) => (
          <Input
            {...control}
            value={form.inn}
            onValue={(inn) => set({ inn, also: without(form.also, 'register') })}
            onBlur={() => check('inn', parseInn)}
            inputMode="numeric"
            autocomplete="off"
          />
        )}
      </Field>
      <FillNewButton
        card={cardOf(form)}
        inn={form.inn.replace(/\s/g, '')}
        replica={replica}
        onFill={({ name, lastName, firstName, middleName, kind, ...also }, head) =>
          set({
            ...(typeof name === 'string' && { name }),
            ...registeredName({ lastName, firstName, middleName }),
            kind: kinds.find((each) => each === kind) ?? form.kind,
            also: alsoAfter(given, form.also, also),
            head,
          })
        }
      />
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
      <SimilarRecords
        table="client"
        typed={{
          kind: form.kind,
          name: nameOf(form),
          inn: form.inn,
          phone: form.phone,
          email: form.email,
        }}
        replica={replica}
      />
      {own.fields}
      <MoreFields
        table="client"
        replica={replica}
        further={further}
        summary={(isOpen) => (
          <AlsoList
            table="client"
            also={isOpen ? {} : ofKind(form.also, form.kind)}
            replica={replica}
            onRemove={(field) => set({ also: without(form.also, field) })}
          >
            {head && (
              <AlsoLine
                label={t('client.persons.new')}
                value={[head.name, head.post].filter(Boolean).join(', ')}
                onRemove={() => set({ head: null })}
              />
            )}
          </AlsoList>
        )}
      >
        {() => (
          <FurtherFields
            table="client"
            given={given}
            also={form.also}
            onAlso={further.onAlso}
            replica={replica}
          />
        )}
      </MoreFields>
    </CreateDialog>
  )
}

// Object.keys forgets the key type
const kinds = Object.keys(clientKinds) as ClientRow['kind'][]

const without = (patch: Patch, field: string): Patch => {
  const { [field]: _, ...others } = patch
  return others
}

/** What the client is going to be called. */
const nameOf = (form: ClientForm): string =>
  form.kind === 'organisation' ? form.name : (clientName(form.kind, form) ?? '')

/** A whole name in the form of a human is guessed apart; the parts of what became a firm are its name. */
const named = (form: ClientForm): ClientForm => {
  const isHuman = form.kind !== 'organisation'
  if (isHuman && form.name !== '')
    return { ...form, ...(!isTyped(form) && typedOf(withoutForm(form.name))), name: '' }
  if (!isHuman && form.name === '' && isTyped(form))
    return { ...form, name: typedWhole(form), ...noName }
  return form
}

const registeredName = (names: Record<NamePart, unknown>): TypedName | null =>
  nameParts.some((part) => typeof names[part] === 'string')
    ? {
        lastName: String(names.lastName ?? ''),
        firstName: String(names.firstName ?? ''),
        middleName: String(names.middleName ?? ''),
      }
    : null

type Address = ClientRow['addresses'][number]
type Registered = Partial<Pick<ClientRow, 'fullName' | 'kpp' | 'ogrn'>> & {
  addresses?: Record<string, Omit<Address, 'id'>>
}

/** The form as the register is compared with it. */
const cardOf = (form: ClientForm): Card => {
  const { kind, also } = form
  // Made by `fillPatch` and `copyOf` only, of values of a client.
  const { fullName, kpp, ogrn, addresses = {} } = also as Registered
  return {
    name: nameOf(form),
    ...parseNames(form).names,
    kind,
    ...(fullName && { fullName }),
    ...(kpp && { kpp }),
    ...(ogrn && { ogrn }),
    addresses: Object.entries(addresses).map(([id, part]) => ({ ...part, id })),
  }
}
