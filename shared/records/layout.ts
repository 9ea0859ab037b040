import * as v from 'valibot'
import { derivedId } from '../ids.ts'
import { choice, commonFields, type Declaration, json, type RowOf, ref } from './declaration.ts'
import { customisedTypes } from './field.ts'

/** Names of built-in fields and ids of custom ones, in order; what is in none of the lists comes last. */
const block = v.object({
  /** Empty: the fields that stand under no heading. */
  title: v.pipe(v.string(), v.maxLength(100)),
  fields: v.pipe(v.array(v.pipe(v.string(), v.maxLength(60))), v.maxLength(500)),
})
const arrangement = v.object({
  blocks: v.pipe(v.array(block), v.maxLength(50)),
  hidden: v.pipe(v.array(v.pipe(v.string(), v.maxLength(60))), v.maxLength(500)),
})
export type Arrangement = v.InferOutput<typeof arrangement>

export const layoutScopes = {
  user: { ru: 'Сотрудник', en: 'Employee' },
  role: { ru: 'Роль', en: 'Role' },
  everyone: { ru: 'Все', en: 'Everyone' },
} as const
export type LayoutScope = keyof typeof layoutScopes

const fields = {
  ...commonFields,
  recordType: choice('Карточка', 'Card', customisedTypes, { required: true, changedBy: 'nobody' }),
  scope: choice('Для кого', 'For whom', layoutScopes, { required: true, changedBy: 'nobody' }),
  /** The employee or the role. */
  owner: ref('Чья', 'Whose', { changedBy: 'nobody' }),
  /** One key: an arrangement is changed as a whole. */
  arrangement: json('Расположение', 'Arrangement', arrangement),
} as const

export type LayoutRow = RowOf<typeof fields>

/** How the fields of a card are arranged (F10). One's own comes first, then the role's, then everyone's. */
export const layout: Declaration<LayoutRow> & { fields: typeof fields } = {
  type: 'layout',
  label: { ru: 'Расположение полей', en: 'Layout of a card' },
  fields,
  maxStateBytes: 200_000,
  audience: () => ['all'],
  mayWrite: (subject, _before, after) => {
    if (subject.kind === 'service' || subject.administrator) return null
    return after.scope === 'user' && after.owner === subject.id ? null : 'forbidden'
  },
}

/** There is one layout of a card for an employee, a role, or everyone. */
export const layoutId = (recordType: string, scope: LayoutScope, owner?: string): string =>
  derivedId('layout', recordType, scope, owner ?? '')
