/**
 * Identifiers. What a person creates gets a UUIDv7 (sorts by time, needs no coordination); what a
 * machine creates gets an id derived from its cause, so that a repeated delivery is the same record.
 */
import { v5, v7 } from 'uuid'

/** Our own RFC 9562 namespace for derived ids; changing it would make every derived id new. */
const derivedNamespace = 'c7a4a0de-5b1f-5d0e-9a57-1f6f0c1d2e3b'

/** A new id for what a person creates: UUIDv7. */
export const newId = (): string => v7()

/**
 * An id derived from its cause (UUIDv5): the same parts always give the same id.
 * Parts are joined with U+0000, which none of them may contain.
 *
 * @example derivedId('dialog', accountId, rootMessageId)
 */
export const derivedId = (...parts: string[]): string => v5(parts.join('\0'), derivedNamespace)

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** Whether a string from outside has the shape of a record id (lower-case UUID). */
export const isId = (value: unknown): value is string =>
  typeof value === 'string' && uuidPattern.test(value)

/** UTC calendar month of a moment, the unit that messages are kept by: `2026-11`. */
export const monthOf = (at: number): string => new Date(at).toISOString().slice(0, 7)

/** The one segment of a dialog for the month of `at`, whoever writes into it first. */
export const segmentId = (dialog: string, at: number): string =>
  derivedId('segment', dialog, monthOf(at))
