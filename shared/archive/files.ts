/** Files in archives: which there are, and under what names. */
import type { MessageEntry } from '../records/segment.ts'

/** Hashes and names of a message's files; a letter's HTML is one. */
export const filesOfMessage = ({
  html,
  files = [],
}: Pick<MessageEntry, 'html' | 'files'>): [string, string][] => [
  ...(html ? [[html, 'letter.html'] satisfies [string, string]] : []),
  ...files.map(({ hash, name }): [string, string] => [hash, name]),
]

/** A name that every system takes: nothing of a path, nothing that Windows reserves. */
export const safeName = (name: string): string =>
  name
    .replace(/[\p{Cc}<>:"/\\|?*]/gu, '_')
    .replace(/^\.+|[. ]+$/g, '_')
    .slice(0, 120) || 'file'
