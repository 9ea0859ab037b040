/** Records that are open to everybody until they are restricted to chosen people (F115, F277, F286). */
import type { Reason } from '../reasons.ts'
import type { Subject } from '../rights.ts'
import { actionsOf, mayActRestrictable } from '../rights-acts.ts'
import { isGoverned } from '../rights-matrix.ts'
import { factoryReach } from '../rights-scopes.ts'
import { type Restrictable, restrictableAudience } from '../rights-tokens.ts'
import { flag, set } from './declaration.ts'

/** Beside these a type declares `responsible`; `createdBy` is a common field. */
export const restrictableFields = {
  restricted: flag('Доступ ограничен', 'Access is restricted'),
  members: set('Кому открыто', 'Open to', 50, 36),
} as const

interface RestrictableRow extends Restrictable {
  type: string
  deletedAt?: number
}

export const restrictedAudience = (row: RestrictableRow): string[] =>
  restrictableAudience(row.type, row)

export const mayWriteRestrictable = (
  subject: Subject,
  before: RestrictableRow | null,
  after: RestrictableRow,
): Reason | null => {
  if (subject.kind === 'service' || subject.administrator) return null
  const { type } = after
  if (!isGoverned(type)) return 'forbidden'
  const reach = subject.reach ?? factoryReach(subject.id)
  return actionsOf(before, after).every((action) =>
    mayActRestrictable(reach, type, action, before ?? after),
  )
    ? null
    : 'forbidden'
}
