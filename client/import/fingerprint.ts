/** The content of a record in a few letters, to tell later whether anybody worked on it. */
import { declarationOf } from '../../shared/records/index.ts'
import type { ImportedType } from './plan.ts'

/** What may change without anybody having worked on the record. */
const apart: ReadonlySet<string> = new Set([
  'createdAt',
  'createdBy',
  'deletedAt',
  'deletedBy',
  'imports',
  'distinct',
])

export const fingerprint = (type: ImportedType, row: Readonly<Record<string, unknown>>): string => {
  const { fields, follows, composed } = declarationOf(type)
  // An amount that goes by the lines is no value of its own.
  const { lines, amountBy } = row
  const isByLines = Array.isArray(lines) && lines.length > 0 && amountBy !== 'manual'
  const names = Object.keys(fields)
    .filter((name) => name !== 'amount' || !isByLines)
    // What the relay repeats of another record is nobody's work on this one.
    .filter((name) => !apart.has(name) && !follows?.fields.includes(name))
    // What it is made of stands beside it.
    .filter((name) => name !== composed?.field || !composed.join({ id: '', type, ...row }))
    .sort()
  let text = ''
  for (const name of names) {
    const value = row[name]
    if (value === undefined || value === null || value === '') continue
    if (Array.isArray(value) && value.length === 0) continue
    text += `${name}=${canonical(value)}\n`
  }
  return hash(text)
}

/** JSON with keys in order, since rows and patches put them differently. */
const canonical = (value: unknown): string => {
  if (Array.isArray(value)) {
    const items = value.map(canonical)
    // Parts stand in the order of their ids here; their own order is inside them.
    return `[${(value.some((item) => typeof item === 'object') ? items.sort() : items).join()}]`
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`)
    .join()}}`
}

/** FNV-1a twice with different starts: 64 bits, no secret and no enemy here. */
const hash = (text: string): string => {
  let a = 0x811c9dc5
  let b = 0x1b873593
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    a = Math.imul(a ^ code, 0x01000193)
    b = Math.imul(b ^ code, 0x85ebca6b) ^ (b >>> 13)
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36)
}
