/** What a change did to a row, for the history of the record. */

import { minute } from '../../shared/clock.ts'
import { sameValue } from '../../shared/equality.ts'
import type { HistoryEntry } from '../../shared/protocol/api.ts'
import type { Row } from '../../shared/records/declaration.ts'
import { declarationOf, type RecordType } from '../../shared/records/index.ts'
import type { MessageEntry } from '../../shared/records/segment.ts'

export type Changes = HistoryEntry['changes']

/**
 * Field → [before, after], null where there was or is nothing. Of messages only the keys, with the
 * status: their texts are in the record and never change.
 */
export const changesBetween = (type: RecordType, before: Row | null, after: Row): Changes => {
  const changes: Changes = {}
  const { fields, maps, composed } = declarationOf(type)
  // What a field is made of says what changed: it says nothing more by itself.
  const told = before !== null && composed?.join(after) ? composed.field : null
  for (const [name, { kind }] of Object.entries(fields)) {
    if (name === told) continue
    if (kind === 'values') {
      Object.assign(changes, changedValues(name, before?.[name], after[name]))
      continue
    }
    const old = before?.[name] ?? null
    const now = after[name] ?? null
    // A row that was kept before a list was declared lacks it.
    if (old === null && Array.isArray(now) && now.length === 0) continue
    if (!sameValue(old, now)) changes[name] = [old, now]
  }
  if (maps) {
    const statuses = new Map(
      messagesOf(before).map(({ key, state }) => [key, state?.status ?? 'none']),
    )
    for (const { key, state } of messagesOf(after)) {
      const old = statuses.get(key) ?? null
      const now = state?.status ?? 'none'
      if (old !== now) changes[`messages/${key}`] = [old, now]
    }
  }
  return changes
}

/** Of custom fields each by itself: `custom/<fieldId>`. */
const changedValues = (name: string, before: unknown, after: unknown): Changes => {
  const [old, now] = [before, after].map((values) => (values ?? {}) as Record<string, unknown>) // of a `values` field
  const changes: Changes = {}
  for (const key of Object.keys({ ...old, ...now })) {
    const pair: [unknown, unknown] = [old?.[key] ?? null, now?.[key] ?? null]
    if (!sameValue(pair[0], pair[1])) changes[`${name}/${key}`] = pair
  }
  return changes
}

const messagesOf = (row: Row | null) => (row?.messages ?? []) as MessageEntry[] // rows of types with maps have them

/** Typing in a text arrives letter by letter; what follows within this time is one entry, ms. */
const typingPause = minute

export interface TypingEntry {
  seq: number
  user: string
  device: string
  at: number
  changes: Changes
}

/**
 * The changes of a history entry that takes in `last`, or null where the new one stands by itself:
 * only the same person's typing in the same texts, without a pause, is joined.
 */
export const continuesTyping = (
  type: RecordType,
  last: TypingEntry | null,
  next: Omit<TypingEntry, 'seq'>,
): Changes | null => {
  if (!last || last.user !== next.user || last.device !== next.device) return null
  if (next.at - last.at > typingPause) return null
  const names = Object.keys(next.changes)
  const { fields } = declarationOf(type)
  if (names.length === 0 || names.some((name) => fields[name]?.kind !== 'prose')) return null
  if (!sameValue(names.sort(), Object.keys(last.changes).sort())) return null
  return Object.fromEntries(
    names.map((name) => [name, [last.changes[name]?.[0] ?? null, next.changes[name]?.[1] ?? null]]),
  )
}
