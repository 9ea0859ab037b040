import * as v from 'valibot'
import { accountAudience } from '../rights-tokens.ts'
import { channels, mayActInAccount } from './account.ts'
import { ownFiles } from './contact.ts'
import {
  choice,
  commonFields,
  customValues,
  type Declaration,
  flag,
  json,
  moment,
  type RowOf,
  ref,
  text,
} from './declaration.ts'
import { mergeAct, mergedColumns, mergedHere, mergedIndexes, mergeFields } from './merged.ts'

export const appealStates = {
  new: { ru: 'Новый', en: 'New' },
  accepted: { ru: 'Сконвертирован', en: 'Converted' },
  rejected: { ru: 'Отклонён', en: 'Rejected' },
} as const

const who = v.object({
  name: v.optional(v.pipe(v.string(), v.maxLength(500))),
  address: v.pipe(v.string(), v.maxLength(500)),
})

const fields = {
  ...commonFields,
  account: ref('Учётная запись', 'Account', { required: true, indexed: true, changedBy: 'nobody' }),
  channel: choice('Канал', 'Channel', channels, { required: true, changedBy: 'nobody' }),
  dialog: ref('Диалог', 'Dialog', { required: true, indexed: true, changedBy: 'nobody' }),
  who: json('Кто', 'Who', who, { required: true, personal: true, changedBy: 'services' }),
  firstWords: text('Первые слова', 'First words', 300, { changedBy: 'services' }),
  at: moment('Поступило', 'Received', { required: true, indexed: true, changedBy: 'nobody' }),
  responsible: ref('Ответственный', 'Responsible', { indexed: true }),
  state: choice('Состояние', 'State', appealStates, { required: true, indexed: true }),
  /** One key, since a decision is one act: who, when, why, and the client it led to. */
  decision: json(
    'Решение',
    'Decision',
    v.object({
      by: v.pipe(v.string(), v.uuid()),
      at: v.number(),
      reason: v.optional(v.pipe(v.string(), v.maxLength(1000))),
      client: v.optional(v.pipe(v.string(), v.uuid())),
    }),
  ),
  /** Copied from the account when created, so that the rule holds with no network too (F84). */
  reasonRequired: flag('Нужна причина', 'Reason required', { changedBy: 'services' }),
  custom: customValues,
  ...mergeFields,
} as const

export type AppealRow = RowOf<typeof fields>

/**
 * An обращение: somebody unknown wrote, and someone has to decide what comes of it (F78-F86). Those of
 * one and the same who wrote twice are merged (F231): the main one is decided, and the decision is that
 * of all. The others stay `new` themselves, so that one which is taken out again waits for its own.
 */
export const appeal: Declaration<AppealRow> & { fields: typeof fields } = {
  type: 'appeal',
  label: { ru: 'Обращение', en: 'Appeal' },
  fields,
  maxStateBytes: 100_000,
  audience: (row) => accountAudience('appeal', row),
  files: ownFiles,
  deviceColumns: mergedColumns,
  deviceIndexes: mergedIndexes,
  mayWrite: (subject, before, after) => {
    if (subject.kind === 'service') return null
    if (!before) return 'forbidden'
    if (!mayActInAccount(subject, 'appeal', before, after)) return 'forbidden'
    const merging = mergeAct(before, after)
    if (merging === 'alreadyDecided' || merging === 'invalidValue') return merging
    const held = new Set(mergedHere(before))
    const takesIn = mergedHere(after).some((id) => !held.has(id))
    // What is decided is neither a duplicate nor has any: its own decision would be lost, or theirs.
    if ((merging === 'merge' || takesIn) && before.state !== 'new') return 'alreadyDecided'
    // Decided once: the first decision that reaches the relay stands (F95, decision 10).
    const decides = after.state !== before.state || after.decision?.at !== before.decision?.at
    if (decides && before.state !== 'new') return 'alreadyDecided'
    if (decides && after.mergedInto !== undefined) return 'mergedMeanwhile'
    if (after.state !== 'new' && after.decision?.by !== subject.id && decides) return 'invalidValue'
    if (after.state === 'rejected' && after.reasonRequired && !after.decision?.reason?.trim())
      return 'reasonRequired'
    return null
  },
}
