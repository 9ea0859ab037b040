/** Keeps a document among the files of its record. Needs no network. */
import { dayOf } from '../../../shared/fields/days.ts'
import { newId } from '../../../shared/ids.ts'
import type { Result } from '../../../shared/reasons.ts'
import { entryId } from '../../../shared/records/directory.ts'
import type { TemplateSubject } from '../../../shared/records/template.ts'
import { rights } from '../../../shared/rights.ts'
import type { Block } from '../../../shared/templates/render.ts'
import { type Replica, resolveRow, type StoredRow } from '../../replica/index.ts'
import { attach } from '../documents/attach.ts'
import { createInteraction } from '../interactions/create.ts'
import { docxOf, docxType } from './docx.ts'
import { t } from './texts.ts'

/** Names of files end sooner on some systems. */
const longestName = 120

/** «Договор поставки № 12 от 22.11.2026», of signs that every system takes in a name. */
export const fileNameOf = (template: string, about: string | undefined, now: Date): string =>
  `${[template, about].filter(Boolean).join(' ')} ${dayOf(now)}`
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, longestName)

export const docxBlob = (blocks: readonly Block[]): Blob =>
  // A copy: a Blob takes no bytes of a shared buffer.
  new Blob([new Uint8Array(docxOf(blocks))], { type: docxType })

/**
 * Where a document of a record is kept: among the files of a contract; of a client, and of an Interest
 * that everybody may see, as an event of the client. Null: nowhere that this user may write.
 */
export type Place =
  | { kind: 'contract'; row: StoredRow<'contract'> }
  | { kind: 'client'; row: StoredRow<'client'> }

export const placeOf = async (
  replica: Pick<Replica, 'base' | 'subject'>,
  about: TemplateSubject,
  id: string,
): Promise<Place | null> => {
  const { base } = replica
  const subject = replica.subject.value
  if (about === 'contract') {
    const row = await base.contract.get(id)
    return row && rights(subject, row, row) === null ? { kind: 'contract', row } : null
  }
  const interest = about === 'interest' ? await base.interest.get(id) : undefined
  // The client's events have more readers than an Interest of chosen people.
  if (interest?.restricted) return null
  const row = await resolveRow(base, 'client', about === 'client' ? id : interest?.client)
  return row && rights(subject, row, row) === null ? { kind: 'client', row } : null
}

export const keepDocument = async (
  replica: Replica,
  place: Place,
  blocks: readonly Block[],
  name: string,
): Promise<Result<unknown>> => {
  const [content, file] = [docxBlob(blocks), `${name}.docx`]
  if (place.kind === 'contract') return attach(replica, place.row.id, content, file, newId())
  const kept = await replica.putFile(content, file)
  if (!kept.ok) return kept
  return createInteraction(replica, [{ contact: place.row.id, contactType: 'client' }], {
    kind: entryId('interactionKind', 'note'),
    at: Date.now(),
    text: `${t('form.formed')}: ${name}`,
    files: [kept.value],
  })
}
