import * as v from 'valibot'
import type { Reason } from '../reasons.ts'
import type { Subject } from '../rights.ts'
import { mayAct } from '../rights-acts.ts'
import { factoryReach } from '../rights-scopes.ts'
import { governedAudience } from '../rights-tokens.ts'
import { contactFields, ownFiles } from './contact.ts'
import {
  choice,
  commonFields,
  customValues,
  type Declaration,
  json,
  moment,
  prose,
  type RowOf,
  ref,
  strings,
} from './declaration.ts'
import { importedFields, importsColumn } from './imported.ts'
import { fileRef } from './segment.ts'

/** Whose interaction it is. */
export const contactTypes = {
  client: { ru: 'Клиент', en: 'Client' },
  person: { ru: 'Контактное лицо', en: 'Contact person' },
} as const

/** More files belong into a folder, more people into a list of their own. */
const maxFiles = 50
const maxPersons = 50

const fields = {
  ...commonFields,
  /** Entry of the directory `interactionKind`. */
  kind: ref('Вид события', 'Kind of event', { required: true, indexed: true }),
  at: moment('Когда', 'When', { required: true, indexed: true }),
  text: prose('Текст', 'Text', 50_000, { personal: true }),
  files: json('Файлы', 'Files', v.pipe(v.array(fileRef), v.maxLength(maxFiles)), {
    personal: true,
  }),
  /** A client, or a contact person who has none. */
  contact: ref('Контакт', 'Contact', { required: true, changedBy: 'nobody' }),
  /** Who of the client took part. */
  persons: strings('Кто участвовал', 'Who took part', maxPersons, 36),
  // The contact's, whatever a device says: the relay has the last word (`follows` below).
  contactType: choice('Вид контакта', 'Kind of contact', contactTypes, { required: true }),
  managers: strings('Ответственные', 'Managers', 50, 36),
  open: contactFields.open,
  ...importedFields,
  custom: customValues,
} as const

export type InteractionRow = RowOf<typeof fields>

const mayWrite = (
  subject: Subject,
  before: InteractionRow | null,
  after: InteractionRow,
): Reason | null => {
  if (subject.kind === 'service' || subject.administrator) return null
  const reach = subject.reach ?? factoryReach(subject.id)
  const row = before ?? after
  return mayAct(reach, row.contactType, 'change', row) ? null : 'forbidden'
}

/**
 * What somebody did with a contact outside of all channels and wrote down by hand: a note, a call, a
 * meeting (F69). Who may read and change the contact may read and change it.
 */
export const interaction: Declaration<InteractionRow> & { fields: typeof fields } = {
  type: 'interaction',
  label: { ru: 'Событие', en: 'Event' },
  fields,
  maxStateBytes: 500_000,
  audience: ({ contactType, managers, open }) =>
    governedAudience(contactType, managers ?? [], open !== undefined && open !== 'closed'),
  mayWrite,
  trash: true,
  follows: {
    types: ['client', 'person'],
    by: 'contact',
    typeAs: 'contactType',
    fields: ['managers', 'open'],
  },
  files: (row) => [...(row.files ?? []).map(({ hash }) => hash), ...ownFiles(row)],
  // One in the trash has no places, and so stands in no timeline.
  deviceColumns: ({ deletedAt, contact, persons = [], at, imports }) => ({
    ...importsColumn(imports),
    ...(deletedAt === undefined && {
      places: [...new Set([contact, ...persons])].map((id) => [id, at]),
      listedAt: at,
    }),
  }),
  deviceIndexes: ['*places', 'listedAt', 'deletedAt', '*importIds'],
}
