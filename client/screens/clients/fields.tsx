/** The left side of a card: every field edited in place. */
import { Plus, X } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { Result } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import {
  type ClientRow,
  clientKinds,
  client as clientType,
  relations,
} from '../../../shared/records/client.ts'
import { addressKinds, emailKinds, openness, phoneKinds } from '../../../shared/records/contact.ts'
import { type PersonRow, person as personType } from '../../../shared/records/person.ts'
import { Avatar, Icon, IconButton } from '../../design/index.ts'
import { formatPhone } from '../../format/index.ts'
import { labelOf } from '../../i18n/index.ts'
import type { Employees } from '../dialogs/use-employees.ts'
import {
  type Parsed,
  parseDigits,
  parseEmail,
  parseInn,
  parseName,
  parsePhone,
} from './contact-input.ts'
import { EntrySelect } from './entry-select.tsx'
import styles from './fields.module.css'
import { InlineInput, InlineSelect } from './inline-field.tsx'
import { callAction, letterAction, linkAction, mapAction, PartsField } from './parts-field.tsx'
import { t } from './texts.ts'

type Save = (patch: Patch) => Promise<Result<unknown>>

interface FieldsProps {
  save: Save
  readOnly: boolean
  employees: Employees
}

interface Label {
  ru: string
  en: string
}

const choices = <T extends string>(labels: Record<T, Label>, empty = true) => [
  ...(empty ? [{ value: '' as const, label: t('client.empty') }] : []),
  // Object.entries forgets the key type
  ...(Object.entries(labels) as [T, Label][]).map(([value, label]) => ({
    value,
    label: labelOf(label),
  })),
]

export const ClientFields = ({
  client,
  fillByInn,
  ...props
}: FieldsProps & { client: ClientRow; fillByInn: preact.ComponentChildren }) => {
  const { save, readOnly } = props
  const { fields } = clientType
  const text = textLine(props, client, fields)
  return (
    <div class={styles.fields}>
      {text('name', parseName(client.kind))}
      <Line label={labelOf(fields.kind.label)}>
        <InlineSelect
          label={labelOf(fields.kind.label)}
          value={client.kind}
          options={choices(clientKinds, false)}
          readOnly={readOnly}
          onSave={(kind) => save({ kind })}
        />
      </Line>
      <Line label={labelOf(fields.relation.label)}>
        <InlineSelect
          label={labelOf(fields.relation.label)}
          value={client.relation ?? ''}
          options={choices(relations)}
          readOnly={readOnly}
          onSave={(relation) => save({ relation: relation || null })}
        />
      </Line>
      <Ways contact={client} client={client.id} {...props} />
      {client.kind !== 'person' && text('fullName')}
      {text('inn', parseInn)}
      {fillByInn && <div class={styles.after}>{fillByInn}</div>}
      {client.kind === 'organisation' && text('kpp', parseDigits(9))}
      {client.kind !== 'person' && text('ogrn', parseDigits(13, 15))}
      <Access contact={client} {...props} />
      <Tags tags={client.tags ?? []} {...props} />
    </div>
  )
}

export const PersonFields = ({ person, ...props }: FieldsProps & { person: PersonRow }) => {
  const { save, readOnly } = props
  const { fields } = personType
  const text = textLine(props, person, fields)
  return (
    <div class={styles.fields}>
      {text('name', parseName('person'))}
      {text('position')}
      <Line label={labelOf(fields.role.label)}>
        <EntrySelect
          directory="contactRole"
          label={labelOf(fields.role.label)}
          value={person.role}
          readOnly={readOnly}
          onSave={(role) => save({ role })}
        />
      </Line>
      <Ways contact={person} client={person.client} {...props} />
      <Access contact={person} {...props} />
      <Tags tags={person.tags ?? []} {...props} />
    </div>
  )
}

/** Makes the lines of one-line text fields of a record. */
const textLine =
  <R extends object>(
    { save, readOnly }: FieldsProps,
    row: R,
    fields: Readonly<Record<string, { label: Label }>>,
  ) =>
  (name: keyof R & string, parse?: (typed: string) => Parsed) => {
    const label = fields[name] ? labelOf(fields[name].label) : name
    return (
      <Line label={label} key={name}>
        <InlineInput
          label={label}
          value={String(row[name] ?? '')}
          {...(parse && { parse })}
          readOnly={readOnly}
          onSave={(value) => save({ [name]: value === '' ? null : value })}
        />
      </Line>
    )
  }

const Line = ({ label, children }: { label: string; children: preact.ComponentChildren }) => (
  <div class={styles.line}>
    <span class={styles.label} aria-hidden="true">
      {label}
    </span>
    <div class={styles.control}>{children}</div>
  </div>
)

type Contact = Pick<
  ClientRow,
  'id' | 'phones' | 'emails' | 'addresses' | 'links' | 'managers' | 'open'
>

const Ways = ({
  contact,
  client,
  save,
  readOnly,
}: FieldsProps & { contact: Contact; client: string | undefined }) => {
  const { fields } = clientType
  return (
    <>
      <PartsField
        label={labelOf(fields.phones.label)}
        parts={contact.phones}
        kinds={phoneKinds}
        parse={parsePhone}
        format={formatPhone}
        action={callAction()}
        type="tel"
        readOnly={readOnly}
        onChange={(phones) => save({ phones })}
      />
      <PartsField
        label={labelOf(fields.emails.label)}
        parts={contact.emails}
        kinds={emailKinds}
        parse={parseEmail}
        action={letterAction(client)}
        type="email"
        readOnly={readOnly}
        onChange={(emails) => save({ emails })}
      />
      <PartsField
        label={labelOf(fields.addresses.label)}
        parts={contact.addresses}
        kinds={addressKinds}
        action={mapAction()}
        readOnly={readOnly}
        onChange={(addresses) => save({ addresses })}
      />
      <PartsField
        label={labelOf(fields.links.label)}
        parts={contact.links}
        action={linkAction()}
        type="text"
        readOnly={readOnly}
        onChange={(links) => save({ links })}
      />
    </>
  )
}

/** Managers (F56) and visibility (F57). */
const Access = ({ contact, save, readOnly, employees }: FieldsProps & { contact: Contact }) => {
  const { fields } = clientType
  const managers = contact.managers ?? []
  const others = [...employees.values()].filter(
    ({ id, state }) => state !== 'blocked' && !managers.includes(id),
  )
  return (
    <>
      <fieldset class={styles.group} aria-label={labelOf(fields.managers.label)}>
        <span class={styles.label}>{labelOf(fields.managers.label)}</span>
        <ul class={styles.people}>
          {managers.map((id) => {
            const name = employees.get(id)?.name ?? t('client.unknownEmployee')
            return (
              <li key={id} class={styles.personLine}>
                <Avatar name={name} size={20} />
                <span class="ellipsis">{name}</span>
                {!readOnly && managers.length > 1 && (
                  <IconButton
                    icon={X}
                    class={styles.small}
                    label={`${t('client.remove')}: ${name}`}
                    onClick={() => save({ managers: managers.filter((other) => other !== id) })}
                  />
                )}
              </li>
            )
          })}
        </ul>
        {managers.length === 0 && <p class={styles.hint}>{t('client.noManagers')}</p>}
        {!readOnly && others.length > 0 && (
          <InlineSelect
            label={t('client.addManager')}
            value=""
            options={[
              { value: '', label: `+ ${t('client.addManager')}` },
              ...others.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onSave={(id) => id && save({ managers: [...managers, id] })}
          />
        )}
      </fieldset>
      <Line label={labelOf(fields.open.label)}>
        <InlineSelect
          label={labelOf(fields.open.label)}
          value={contact.open ?? 'closed'}
          options={choices(openness, false)}
          readOnly={readOnly}
          onSave={(open) => save({ open })}
        />
      </Line>
    </>
  )
}

const Tags = ({ tags, save, readOnly }: FieldsProps & { tags: readonly string[] }) => {
  const [typed, setTyped] = useState('')
  const label = labelOf(clientType.fields.tags.label)
  const add = () => {
    const tag = typed.trim().slice(0, 60)
    setTyped('')
    if (tag && !tags.some((other) => other.toLowerCase() === tag.toLowerCase()))
      save({ tags: [...tags, tag] })
  }
  return (
    <fieldset class={styles.group} aria-label={label}>
      <span class={styles.label}>{label}</span>
      <div class={styles.tags}>
        {tags.map((tag) => (
          <span key={tag} class={styles.tag}>
            {tag}
            {!readOnly && (
              <button
                type="button"
                class={styles.tagRemove}
                aria-label={`${t('client.remove')}: ${tag}`}
                onClick={() => save({ tags: tags.filter((other) => other !== tag) })}
              >
                <Icon of={X} />
              </button>
            )}
          </span>
        ))}
        {!readOnly && (
          <span class={styles.tagNew}>
            <Icon of={Plus} />
            <input
              class={styles.tagInput}
              value={typed}
              maxLength={60}
              placeholder={t('client.addTag')}
              aria-label={t('client.addTag')}
              onInput={(event) => setTyped(event.currentTarget.value)}
              onBlur={add}
              onKeyDown={(event) => {
                if (event.key === 'Enter' || event.key === ',') {
                  event.preventDefault()
                  add()
                }
                if (event.key === 'Escape') setTyped('')
              }}
            />
          </span>
        )}
      </div>
    </fieldset>
  )
}
