/** Files in archives: which there are, and under what names. */
import { isFileValue } from '../records/contact.ts'
import type { Declaration, Row } from '../records/declaration.ts'
import type { MessageEntry } from '../records/segment.ts'

/** Hashes and names of a message's files; a letter's HTML is one. */
export const filesOfMessage = ({
  html,
  files = [],
}: Pick<MessageEntry, 'html' | 'files'>): [string, string][] => [
  ...(html ? [[html, 'letter.html'] satisfies [string, string]] : []),
  ...files.map(({ hash, name }): [string, string] => [hash, name]),
]

/** Hashes of the files that a record names, and what it calls them; a photo has no name of its own. */
export const filesOfRow = ({ files }: Declaration, row: Row): [string, string][] => {
  const hashes = files?.(row) ?? []
  if (hashes.length === 0) return []
  const names = new Map<string, string>(row.photo ? [[String(row.photo), 'photo']] : [])
  const look = (value: unknown): void => {
    if (isFileValue(value)) names.set(value[0], value[1])
    else if (typeof value === 'object' && value !== null) {
      const { hash, name } = value as { hash?: unknown; name?: unknown } // parts of files have both
      if (typeof hash === 'string' && typeof name === 'string') names.set(hash, name)
      else for (const inner of Object.values(value)) look(inner)
    }
  }
  look(row)
  return hashes.map((hash) => [hash, names.get(hash) ?? hash])
}

const pictures: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/webp': '.webp',
}

/** What a file is called in an archive: a picture without an ending could not be opened by a click. */
export const archivedName = (name: string, type: string): string =>
  safeName(name.includes('.') ? name : name + (pictures[type] ?? ''))

/** Names of devices to Windows, whatever comes behind a point. */
const reserved = /^(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(?=\.|$)/i

/**
 * A name that every system takes: nothing of a path, nothing that Windows reserves, and no invisible sign
 * that turns the direction of writing, by which a program looks like a PDF (Unicode TR 36, 2.1.4).
 */
export const safeName = (name: string): string =>
  [
    ...name
      .replace(/[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Zl}\p{Zp}<>:"/\\|?*]/gu, '_')
      .replace(/^\.+/, '_'),
  ]
    .slice(0, 120)
    .join('')
    .replace(/[. ]+$/, '_')
    .replace(reserved, '_$&') || 'file'
