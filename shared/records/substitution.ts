import * as v from 'valibot'
import { type HandedPart, handedParts } from '../substitutions.ts'
import {
  commonFields,
  type Declaration,
  json,
  moment,
  type RowOf,
  ref,
  text,
} from './declaration.ts'

const fields = {
  ...commonFields,
  absent: ref('Кто отсутствует', 'Who is away', {
    required: true,
    indexed: true,
    changedBy: 'nobody',
  }),
  deputy: ref('Кто замещает', 'Deputy', { required: true, indexed: true, changedBy: 'nobody' }),
  from: moment('С', 'From', { required: true, changedBy: 'nobody' }),
  to: moment('До', 'Until', { required: true }),
  /** None: everything there is to hand over. */
  parts: json(
    'Что передано',
    'What is handed over',
    v.pipe(v.array(v.picklist(Object.keys(handedParts) as HandedPart[])), v.minLength(1)), // a closed list
    { changedBy: 'nobody' },
  ),
  note: text('Примечание', 'Note', 500),
} as const

export type SubstitutionRow = RowOf<typeof fields>

/**
 * Who stands in for whom, and when (F283). What it opens cannot be changed, only shortened, prolonged
 * or taken back: a private mailbox goes to whom its owner has chosen and to nobody else.
 */
export const substitution: Declaration<SubstitutionRow> & { fields: typeof fields } = {
  type: 'substitution',
  label: { ru: 'Замещение', en: 'Substitution' },
  fields,
  maxStateBytes: 50_000,
  // Every device works out by itself what its user may do, and colleagues see whom to ask.
  audience: () => ['all'],
  mayWrite: (subject, before, after) => {
    const { absent, deputy, from, to } = after
    if (absent === deputy || to < from) return 'invalidValue'
    if (subject.kind === 'service' || subject.administrator) return null
    const mayAppoint = absent === subject.id || subject.reach?.headed.has(absent) === true
    return mayAppoint && (before?.absent ?? absent) === absent ? null : 'forbidden'
  },
}
