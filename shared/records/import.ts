import * as v from 'valibot'
import {
  choice,
  commonFields,
  type Declaration,
  json,
  moment,
  type RowOf,
  ref,
  title,
} from './declaration.ts'

export const importStates = {
  running: { ru: 'Идёт', en: 'Running' },
  paused: { ru: 'Приостановлен', en: 'Paused' },
  done: { ru: 'Завершён', en: 'Done' },
  cancelled: { ru: 'Прерван', en: 'Cancelled' },
  undone: { ru: 'Отменён', en: 'Undone' },
} as const

/** Checked by the wizard that reads it. */
const plain = v.record(v.string(), v.unknown())

const fields = {
  ...commonFields,
  name: title('Файл', 'File', 500, { required: true }),
  by: ref('Кто', 'By', { required: true, changedBy: 'nobody' }),
  at: moment('Когда', 'When', { required: true, indexed: true, changedBy: 'nobody' }),
  state: choice('Состояние', 'State', importStates, { required: true }),
  /** Mapping, mode, folder, responsible …: what it was done with. */
  options: json('Настройки', 'Options', plain),
  /** Rows read, created, changed, skipped, failed. */
  counts: json('Итоги', 'Counts', plain),
} as const

export type ImportRow = RowOf<typeof fields>

const ownOnly = (row: { by: string }): string[] => ['admin', `user:${row.by}`]

/** A file that was loaded (F32-F43). What it did to a record is in the record, see `imported.ts`. */
export const importRecord: Declaration<ImportRow> & { fields: typeof fields } = {
  type: 'import',
  label: { ru: 'Импорт', en: 'Import' },
  fields,
  maxStateBytes: 500_000,
  audience: ownOnly,
  mayWrite: (subject, before, after) =>
    subject.kind === 'service' || subject.administrator || (before ?? after).by === subject.id
      ? null
      : 'forbidden',
}
