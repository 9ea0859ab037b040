/** Messages and dialogs that begin on a device, as changes of records. No I/O. */
import { monthOf, segmentId } from '../../shared/ids.ts'
import type { DialogRow } from '../../shared/records/dialog.ts'
import type { FileRef, MailAddress, Message } from '../../shared/records/segment.ts'
import type { Write } from './writes.ts'

export interface NewMessage {
  dialog: string
  kind: 'letter' | 'text' | 'note'
  text: string
  /** Hash of the HTML body, put by `putFile`. */
  html?: string
  files?: FileRef[]
  subject?: string
  to?: MailAddress[]
  cc?: MailAddress[]
  bcc?: MailAddress[]
}

export interface NewDialog {
  account: string
  channel: DialogRow['channel']
  subject?: string
  peer: DialogRow['peer']
  client?: string
  person?: string
}

export interface Author {
  id: string
  name: string
}

/** A message queued for its connector; a note is seen by colleagues only and is sent by nobody. */
export const messageWrite = (
  message: NewMessage,
  dialog: Pick<DialogRow, 'id' | 'account' | 'channel' | 'responsible'>,
  author: Author,
  messageId: string,
  at: number,
): { write: Write; key: string } => {
  const key = `${dialog.channel}:${messageId}`
  const { kind, text, html, files, subject, to, cc, bcc } = message
  const body: Message = {
    at,
    direction: 'out',
    kind,
    author: { employee: author.id, name: author.name },
    text,
    ...(html && { html }),
    ...(files && files.length > 0 && { files }),
    ...(subject && { subject }),
    ...(to && { to }),
    ...(cc && { cc }),
    ...(bcc && { bcc }),
  }
  const patch = {
    dialog: dialog.id,
    account: dialog.account,
    month: monthOf(at),
    ...(dialog.responsible && { responsible: dialog.responsible }),
    messages: { [key]: body },
    ...(kind !== 'note' && { states: { [key]: { status: 'queued' as const, at } } }),
  }
  return { write: { type: 'segment', id: segmentId(dialog.id, at), patch }, key }
}

export const dialogWrite = (dialog: NewDialog, id: string, author: Author): Write => ({
  type: 'dialog',
  id,
  patch: { ...dialog, responsible: author.id, state: 'open' },
})
