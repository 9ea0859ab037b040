/** What a row says, as fields of the records, with what was chosen for the whole import (F35-F37, F41). */
import type { ClientRow } from '../../shared/records/client.ts'
import type { PersonRow } from '../../shared/records/person.ts'
import type { Wanted } from './plan.ts'
import type { ClientDraft, PersonDraft, Ways } from './values.ts'

/** Chosen for all rows; what a row says itself goes before. */
export interface Defaults {
  relation?: NonNullable<ClientRow['relation']>
  managers: string[]
  open?: NonNullable<ClientRow['open']>
  tags: string[]
  /** F35: id of the folder. */
  folder?: string
  /** F50, F62: entries of directories; a column of the file says them for its row. */
  contactType?: string
  heat?: string
}

const listsOf = ({
  phones,
  emails,
  addresses,
  messengers,
  links,
  dates,
}: Ways): Record<string, object[]> => ({ phones, emails, addresses, messengers, links, dates })

/** `self` is who loads: who could not read a record may not create it. */
export const wantedClient = (
  draft: ClientDraft,
  defaults: Defaults,
  known: { isNew: boolean; self: string | null },
): Wanted => {
  const { kind, name, parts, fullName, inn, kpp, ogrn, note } = draft
  const relation = draft.relation ?? (known.isNew ? defaults.relation : undefined)
  const managers = managersOf(draft.managers, defaults, known)
  return {
    values: {
      name,
      ...parts,
      ...(known.isNew && { kind }),
      ...(fullName && { fullName }),
      ...(inn && { inn }),
      ...(kpp && { kpp }),
      ...(ogrn && { ogrn }),
      ...(relation && { relation }),
      ...(managers && { managers }),
      ...(known.isNew && defaults.open && { open: defaults.open }),
      ...(known.isNew && defaults.folder && { folder: defaults.folder }),
      ...(known.isNew && defaults.contactType && { contactType: defaults.contactType }),
      ...(known.isNew && defaults.heat && { heat: defaults.heat }),
      ...draft.fields,
    },
    lists: listsOf(draft),
    sets: { tags: [...new Set([...draft.tags, ...defaults.tags])], segments: draft.segments },
    ...(note && { note }),
    ...(draft.sourceId && { from: draft.sourceId }),
  }
}

const managersOf = (
  named: readonly string[] | undefined,
  defaults: Defaults,
  { isNew, self }: { isNew: boolean; self: string | null },
): string[] | undefined => {
  if (!isNew) return named?.length ? [...named] : undefined
  const all = new Set([...(named ?? defaults.managers), ...(self ? [self] : [])])
  return all.size > 0 ? [...all] : undefined
}

/** A person's access is taken from the client when created (F57). */
export const wantedPerson = (
  draft: PersonDraft,
  /** Null: the person belongs to no client. */
  client: ({ id: string } & Partial<Pick<ClientRow, 'managers' | 'open'>>) | null,
  defaults: Defaults,
  known: { isNew: boolean; self: string | null },
): Wanted => {
  const values: Partial<Record<keyof PersonRow, unknown>> = {
    name: draft.name,
    ...draft.parts,
    ...(client && { client: client.id }),
  }
  if (draft.position) values.position = draft.position
  if (known.isNew) {
    const managers = managersOf(draft.managers ?? client?.managers, defaults, known)
    if (managers) values.managers = managers
    const open = client?.open ?? defaults.open
    if (open) values.open = open
  } else if (draft.managers?.length) values.managers = draft.managers
  return {
    values: { ...values, ...draft.fields },
    lists: listsOf(draft),
    sets: {
      tags: [...new Set([...draft.tags, ...(known.isNew ? defaults.tags : [])])],
    },
    ...(draft.sourceId && { from: draft.sourceId }),
    ...(draft.note && { note: draft.note }),
  }
}
