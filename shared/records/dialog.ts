import * as v from 'valibot'
import { accountAudience } from '../rights-tokens.ts'
import { channels, mayActInAccount } from './account.ts'
import { ownFiles } from './contact.ts'
import {
  choice,
  commonFields,
  customValues,
  type Declaration,
  json,
  moment,
  type RowOf,
  ref,
  text,
} from './declaration.ts'

export const dialogStates = {
  open: { ru: 'Открыт', en: 'Open' },
  closed: { ru: 'Закрыт', en: 'Closed' },
} as const

/** The other side of the conversation, as the channel knows it. */
const peer = v.object({
  name: v.optional(v.pipe(v.string(), v.maxLength(500))),
  address: v.pipe(v.string(), v.maxLength(500)),
})

const fields = {
  ...commonFields,
  account: ref('Учётная запись', 'Account', { required: true, indexed: true, changedBy: 'nobody' }),
  channel: choice('Канал', 'Channel', channels, { required: true, changedBy: 'nobody' }),
  subject: text('Тема', 'Subject', 1000),
  peer: json('Собеседник', 'Peer', peer, { required: true, personal: true, changedBy: 'nobody' }),
  client: ref('Клиент', 'Client', { indexed: true }),
  person: ref('Контактное лицо', 'Contact person', { indexed: true }),
  responsible: ref('Ответственный', 'Responsible', { indexed: true }),
  appeal: ref('Обращение', 'Appeal'),
  state: choice('Состояние', 'State', dialogStates),
  /** Everything up to this moment was seen by someone who works with the account, ms. */
  seenAt: moment('Просмотрено', 'Seen'),
  custom: customValues,
} as const

export type DialogRow = RowOf<typeof fields>

/** A conversation with one outside party through one account; its messages are in segments. */
export const dialog: Declaration<DialogRow> & { fields: typeof fields } = {
  type: 'dialog',
  label: { ru: 'Диалог', en: 'Dialog' },
  fields,
  maxStateBytes: 200_000,
  audience: (row) => accountAudience('dialog', row),
  files: ownFiles,
  mayWrite: (subject, before, after) => {
    if (subject.kind === 'service') return null
    // A dialog written first from our side (a new letter) is created on a device.
    return mayActInAccount(subject, 'dialog', before, after) ? null : 'forbidden'
  },
}
