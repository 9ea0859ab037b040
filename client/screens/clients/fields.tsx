/** The left side of a card: every field edited in place, arranged as its user wants them (F10). */
import type { ComponentChildren } from 'preact'
import { type FieldInfo, fieldsOf } from '../../../shared/fields/fields.ts'
import type { Names } from '../../../shared/fields/words.ts'
import { formatPhone } from '../../../shared/phones.ts'
import type { Result } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { type ClientRow, clientKinds } from '../../../shared/records/client.ts'
import { addressKinds, emailKinds, networks, phoneKinds } from '../../../shared/records/contact.ts'
import { isNamePart, nameParts } from '../../../shared/records/name-parts.ts'
import type { PersonRow } from '../../../shared/records/person.ts'
import { useDefinitions, useNames } from '../../fields/use-fields.ts'
import { labelOf } from '../../i18n/index.ts'
import type { Replica } from '../../replica/index.ts'
import { MissingLine } from '../completeness/missing-line.tsx'
import type { Employees } from '../dialogs/use-employees.ts'
import { SegmentsField } from '../segments/segments-field.tsx'
import { ManagersField, OpennessField } from './access-fields.tsx'
import { CardFields, Line } from './card-fields.tsx'
import {
  innWhileTyped,
  parseDigits,
  parseEmail,
  parseInn,
  parseName,
  parsePhone,
} from './contact-input.ts'
import { DatesField } from './dates-field.tsx'
import styles from './fields.module.css'
import { HeatField } from './heat-field.tsx'
import { InlineInput, InlineSelect } from './inline-field.tsx'
import { NameLines } from './name-lines.tsx'
import {
  callAction,
  letterAction,
  linkAction,
  mapAction,
  messengerAction,
  PartsField,
} from './parts-field.tsx'
import { TagsField } from './tags-field.tsx'
import { ValueField } from './value-field.tsx'

interface FieldsProps {
  save: (patch: Patch) => Promise<Result<unknown>>
  readOnly: boolean
  /** One of the managers who cannot be taken off. */
  fixedManager?: string | undefined
  employees: Employees
  replica: Replica
}

export type ContactProps = FieldsProps &
  (
    | { table: 'client'; contact: ClientRow; fillByInn?: ComponentChildren }
    | { table: 'person'; contact: PersonRow }
  )

/**
 * The note and the holding have places of their own, the parts of a name stand where the name does; who
 * created the record is said by its history.
 */
const elsewhere: ReadonlySet<string> = new Set([
  ...nameParts,
  ...['note', 'parent', 'createdAt', 'createdBy'],
])

/** Fields that a card of this kind of client has no use for. */
export const isOfKind = (key: string, kind: ClientRow['kind']): boolean => {
  if (key === 'kpp') return kind === 'organisation'
  return kind !== 'person' || (key !== 'fullName' && key !== 'ogrn')
}

export const ContactFields = (props: ContactProps) => {
  const { table, contact, replica } = props
  const definitions = useDefinitions(replica, table)
  const names = useNames(replica)
  const { closed } = replica.subject.value
  const isClosed = ({ definition }: FieldInfo) => closed?.has(definition?.id ?? '') === true
  const all = fieldsOf(table, definitions).filter(({ key }) => !elsewhere.has(key))
  const infos = all.filter(
    ({ key }) => props.table === 'person' || isOfKind(key, props.contact.kind),
  )
  return (
    <CardFields
      table={table}
      all={all}
      infos={infos}
      employees={props.employees}
      replica={replica}
      control={(info) => (
        <ContactField
          {...props}
          info={info}
          names={names}
          readOnly={props.readOnly || isClosed(info)}
        />
      )}
    >
      {!props.readOnly && (
        <MissingLine
          table={table}
          contact={contact}
          infos={[...infos, ...fieldsOf(table, []).filter(({ key }) => isNamePart(key))]}
          replica={replica}
        />
      )}
    </CardFields>
  )
}

interface FieldProps {
  info: FieldInfo
  names: Names
}

/** One field; most are one value each, and those that are more have an editor of their own. */
export const ContactField = ({ info, names, ...props }: ContactProps & FieldProps) => {
  const { contact, save, readOnly, replica, employees } = props
  const label = labelOf(info.label)
  switch (info.key) {
    case 'name': {
      const kind = props.table === 'client' ? props.contact.kind : 'person'
      const whole = (
        <Line label={label}>
          <InlineInput
            label={label}
            value={contact.name}
            parse={parseName(kind)}
            readOnly={readOnly}
            onSave={(name) => save({ name })}
          />
        </Line>
      )
      return kind === 'organisation' ? (
        whole
      ) : (
        <NameLines line={Line} contact={contact} save={save} readOnly={readOnly}>
          {whole}
        </NameLines>
      )
    }
    case 'kind':
      return props.table === 'client' ? (
        <Line label={label}>
          <InlineSelect
            label={label}
            value={props.contact.kind}
            options={Object.entries(clientKinds).map(([value, words]) => ({
              value,
              label: labelOf(words),
            }))}
            readOnly={readOnly}
            // What it is called as an organisation is what it was called as a human.
            onSave={(kind) =>
              save({ kind, ...(kind === 'organisation' && { name: contact.name }) })
            }
          />
        </Line>
      ) : null
    case 'inn':
    case 'kpp':
    case 'ogrn':
      return props.table === 'client' ? (
        <>
          <Line label={label}>
            <InlineInput
              label={label}
              value={props.contact[info.key] ?? ''}
              parse={digits[info.key]}
              {...(info.key === 'inn' && { judge: innWhileTyped(props.contact.kind) })}
              inputMode="numeric"
              readOnly={readOnly}
              onSave={(value) => save({ [info.key]: value || null })}
            />
          </Line>
          {info.key === 'inn' && props.fillByInn && (
            <div class={styles.after}>{props.fillByInn}</div>
          )}
        </>
      ) : null
    case 'heat':
      return (
        <Line label={label}>
          <HeatField
            label={label}
            table={props.table}
            contact={contact}
            readOnly={readOnly}
            replica={replica}
            onSave={(heat) => save({ heat })}
          />
        </Line>
      )
    case 'phones':
      return (
        <PartsField
          label={label}
          parts={contact.phones}
          kinds={phoneKinds}
          parse={parsePhone}
          format={formatPhone}
          action={callAction()}
          type="tel"
          readOnly={readOnly}
          onChange={(phones) => save({ phones })}
        />
      )
    case 'emails':
      return (
        <PartsField
          label={label}
          parts={contact.emails}
          kinds={emailKinds}
          parse={parseEmail}
          action={letterAction(props.table === 'client' ? contact.id : props.contact.client)}
          type="email"
          readOnly={readOnly}
          onChange={(emails) => save({ emails })}
        />
      )
    case 'messengers':
      return (
        <PartsField
          label={label}
          parts={contact.messengers}
          kinds={networks}
          action={messengerAction()}
          readOnly={readOnly}
          onChange={(messengers) => save({ messengers })}
        />
      )
    case 'addresses':
      return (
        <PartsField
          label={label}
          parts={contact.addresses}
          kinds={addressKinds}
          action={mapAction()}
          readOnly={readOnly}
          onChange={(addresses) => save({ addresses })}
        />
      )
    case 'links':
      return (
        <PartsField
          label={label}
          parts={contact.links}
          action={linkAction()}
          readOnly={readOnly}
          onChange={(links) => save({ links })}
        />
      )
    case 'dates':
      return (
        <DatesField
          label={label}
          dates={contact.dates}
          readOnly={readOnly}
          onChange={(dates) => save({ dates })}
        />
      )
    case 'managers':
      return (
        <ManagersField
          label={label}
          managers={contact.managers ?? []}
          employees={employees}
          readOnly={readOnly}
          fixed={props.fixedManager}
          onSave={(managers) => save({ managers })}
        />
      )
    case 'open':
      return (
        <Line label={label}>
          <OpennessField
            label={label}
            value={contact.open}
            of={'kind' in contact && contact.kind !== 'person' ? 'company' : 'person'}
            readOnly={readOnly}
            onSave={(open) => save({ open })}
          />
        </Line>
      )
    case 'tags':
      return (
        <TagsField
          label={label}
          tags={contact.tags ?? []}
          readOnly={readOnly}
          replica={replica}
          onSave={(tags) => save({ tags })}
        />
      )
    case 'segments':
      return props.table === 'client' ? (
        <SegmentsField
          client={props.contact}
          readOnly={readOnly}
          replica={replica}
          onSave={(segments) => save({ segments })}
        />
      ) : null
    default:
      return (
        <Line label={label} hint={info.definition?.hint}>
          <ValueField
            info={info}
            row={contact}
            names={names}
            save={save}
            replica={replica}
            readOnly={readOnly}
          />
        </Line>
      )
  }
}

const digits = { inn: parseInn, kpp: parseDigits(9), ogrn: parseDigits(13, 15) }
