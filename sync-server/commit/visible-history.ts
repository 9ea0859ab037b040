/**
 * The history of a record as one employee may see it: what was written into custom fields that they
 * may not see is left out, also where it stood in the record while everyone saw the field; what lies
 * apart of the record (see shared/records/private-value.ts) is told among its own changes.
 */
import type { HistoryEntry } from '../../shared/protocol/api.ts'
import type { NewsLine } from '../../shared/protocol/news.ts'
import { fieldToken } from '../../shared/records/field.ts'
import type { PrivateValueRow } from '../../shared/records/private-value.ts'
import { mayRead, type Subject } from '../../shared/rights.ts'
import type { DocumentStore } from '../store/store.ts'
import type { Pipeline } from './pipeline.ts'

/** Fields whose values the subject may not see. */
const hiddenFields = ({ kind, apart, tokens }: Subject): ReadonlySet<string> =>
  new Set(kind === 'service' ? [] : [...(apart ?? [])].filter((id) => !tokens.has(fieldToken(id))))

const customPrefix = 'custom/'
const isHidden = (path: string, hidden: ReadonlySet<string>): boolean =>
  path.startsWith(customPrefix) && hidden.has(path.slice(customPrefix.length))

/** Parts that name what a merge or an import did, by the path of the field. */
const withoutHidden = (value: unknown, hidden: ReadonlySet<string>): unknown =>
  Array.isArray(value)
    ? value.map((part: { set?: object } | null) =>
        part?.set
          ? {
              ...part,
              set: Object.fromEntries(
                Object.entries(part.set).filter(([path]) => !isHidden(path, hidden)),
              ),
            }
          : part,
      )
    : value

const visible = (entry: HistoryEntry, hidden: ReadonlySet<string>): HistoryEntry[] => {
  const all = Object.entries(entry.changes)
  const seen = all.filter(([name]) => !isHidden(name, hidden))
  if (seen.length === 0 && all.length > 0) return []
  const changes = Object.fromEntries(
    seen.map(([name, pair]): [string, [unknown, unknown]] => [
      name,
      name === 'merged' || name === 'imports'
        ? [withoutHidden(pair[0], hidden), withoutHidden(pair[1], hidden)]
        : pair,
    ]),
  )
  return [{ ...entry, changes }]
}

/** Of a private value only the value is told, as the field of its record that it is. */
const asField = (entry: HistoryEntry, field: string): HistoryEntry[] => {
  const { value } = entry.changes
  return value ? [{ ...entry, changes: { [`${customPrefix}${field}`]: value } }] : []
}

/** A record has one for each field that not everyone may see: fewer than there are fields. */
const maxPrivateValues = 1_000

/** Newest first, at most `limit`. */
export const visibleHistory = async (
  store: Pick<DocumentStore, 'history' | 'lookup'>,
  read: Pipeline['read'],
  subject: Subject,
  id: string,
  limit: number,
): Promise<HistoryEntry[]> => {
  const hidden = hiddenFields(subject)
  const entries = (await store.history(id, limit)).flatMap((entry) =>
    hidden.size > 0 ? visible(entry, hidden) : [entry],
  )
  for (const { id: value } of await store.lookup('record', id, maxPrivateValues)) {
    const document = await read(value)
    if (document?.type !== 'privateValue' || !mayRead(subject, document.row)) continue
    const { field } = document.row as unknown as PrivateValueRow // projected by its type
    entries.push(...(await store.history(value, limit)).flatMap((entry) => asField(entry, field)))
  }
  return entries.sort((a, b) => b.seq - a.seq).slice(0, limit)
}

/** Lines of the firm's feed without the names of fields that the subject may not see. */
export const visibleLines = (lines: readonly NewsLine[], subject: Subject): NewsLine[] => {
  const hidden = hiddenFields(subject)
  if (hidden.size === 0) return [...lines]
  return lines.flatMap((line) => {
    const fields = line.fields.filter((name) => !isHidden(name, hidden))
    return line.deed === 'changed' && fields.length === 0 ? [] : [{ ...line, fields }]
  })
}
