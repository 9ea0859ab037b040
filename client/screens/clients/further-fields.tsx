/** What the form of a new contact does not ask for by name, with the editors of its card (F51-F57). */
import { fieldsOf } from '../../../shared/fields/fields.ts'
import { ok } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { ClientRow } from '../../../shared/records/client.ts'
import type { Declaration, Row } from '../../../shared/records/declaration.ts'
import { nameParts } from '../../../shared/records/name-parts.ts'
import type { PersonRow } from '../../../shared/records/person.ts'
import { mayRead, rights, type Subject } from '../../../shared/rights.ts'
import { useNames } from '../../fields/use-fields.ts'
import { labelOf } from '../../i18n/index.ts'
import type { Replica, Write } from '../../replica/index.ts'
import { useEmployees } from '../dialogs/use-employees.ts'
import { alsoAfter, rowOfWrite, withOthers } from '../forms/record-in-making.ts'
import { Description } from '../interests/description.tsx'
import { Blocks, useLayout } from './card-fields.tsx'
import { ContactField, type ContactProps, isOfKind } from './fields.tsx'

interface FurtherFieldsProps {
  table: 'client' | 'person'
  /** What the form itself makes of the record. */
  given: Write
  also: Patch
  onAlso: (act: (before: Patch) => Patch) => void
  replica: Replica
}

/** Asked for by name, or of no use before there is a record. */
const elsewhere: ReadonlySet<string> = new Set([
  ...nameParts,
  ...['name', 'kind', 'inn', 'client', 'position', 'segments', 'createdAt', 'createdBy'],
])

/** The form asks for the main one of each by itself. */
const others: Readonly<Record<string, Declaration['label']>> = {
  phones: { ru: 'Другие телефоны', en: 'Other phones' },
  emails: { ru: 'Другая электронная почта', en: 'Other e-mails' },
}

/** Of what was filled in, that which a client of this kind has. */
export const ofKind = (also: Patch, kind: ClientRow['kind']): Patch =>
  Object.fromEntries(Object.entries(also).filter(([key]) => isOfKind(key, kind)))

/** Whether one may make a record that is managed by others alone, and then still see it. */
const mayHandOver = (subject: Subject, row: Readonly<Record<string, unknown>>): boolean => {
  const managers = ((row.managers ?? []) as string[]).filter((id) => id !== subject.id) // a set
  const theirs = { ...row, managers } as unknown as Row // of a declared type
  return rights(subject, null, theirs) === null && mayRead(subject, theirs)
}

export const FurtherFields = ({ table, given, also, onAlso, replica }: FurtherFieldsProps) => {
  const names = useNames(replica)
  const employees = useEmployees(replica)
  const arrangement = useLayout(table, employees, replica)?.arrangement
  const row = { ...rowOfWrite(withOthers(given, also)), phones: [], emails: [] }
  const own = rowOfWrite({ ...given, patch: also })
  // By the declarations of both: what is required of them is asked for by name.
  const contact = { ...row, phones: own.phones, emails: own.emails } as unknown as ClientRow &
    PersonRow
  const subject = replica.subject.value
  const props: Omit<ContactProps, 'table' | 'contact'> = {
    save: async (change) => {
      onAlso((before) => alsoAfter(given, before, change))
      return ok(null)
    },
    readOnly: false,
    employees,
    replica,
    fixedManager: mayHandOver(subject, row) ? undefined : subject.id,
  }
  const infos = fieldsOf(table, [])
    .filter(({ key, writable }) => writable && !elsewhere.has(key))
    .filter(({ key }) => table === 'person' || isOfKind(key, contact.kind))
    .map((info) => ({ ...info, label: others[info.key] ?? info.label }))
  return (
    <Blocks
      infos={infos}
      arrangement={arrangement}
      control={(info) =>
        info.key === 'note' ? (
          <Description
            label={labelOf(info.label)}
            kept={contact.note ?? ''}
            readOnly={false}
            onSave={(note) => props.save({ note })}
          />
        ) : table === 'client' ? (
          <ContactField {...props} table="client" contact={contact} info={info} names={names} />
        ) : (
          <ContactField {...props} table="person" contact={contact} info={info} names={names} />
        )
      }
    />
  )
}
