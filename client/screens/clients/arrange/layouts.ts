/** Whose card looks how: records of type `layout`, written and taken back. */
import type { Result } from '../../../../shared/reasons.ts'
import type { CustomisedType } from '../../../../shared/records/field.ts'
import { type Arrangement, type LayoutScope, layoutId } from '../../../../shared/records/layout.ts'
import type { Replica, Write } from '../../../replica/index.ts'

export interface Target {
  scope: LayoutScope
  /** The employee or the role; absent: everyone. */
  owner?: string
}

/** Stores the arrangement for each of them; null lets what is more general hold again. */
export const layoutWrites = (
  recordType: CustomisedType,
  targets: readonly Target[],
  arrangement: Arrangement | null,
  at: number,
): Write[] =>
  targets.map(({ scope, owner }) => ({
    type: 'layout',
    id: layoutId(recordType, scope, owner),
    patch: arrangement
      ? { recordType, scope, ...(owner && { owner }), arrangement, deletedAt: null }
      : { deletedAt: at },
  }))

/** Stores it, and gives what brings back how it was before. */
export const storeLayouts = async (
  replica: Replica,
  recordType: CustomisedType,
  targets: readonly Target[],
  arrangement: Arrangement | null,
): Promise<Result<() => Promise<unknown>>> => {
  const now = Date.now()
  const before = await Promise.all(
    targets.map(async ({ scope, owner }) => {
      const row = await replica.base.layout.get(layoutId(recordType, scope, owner))
      return row?.deletedAt === undefined ? row?.arrangement : undefined
    }),
  )
  const result = await replica.writeAll(layoutWrites(recordType, targets, arrangement, now))
  if (!result.ok) return result
  return {
    ok: true,
    value: () =>
      replica.writeAll(
        targets.flatMap((target, index) =>
          layoutWrites(recordType, [target], before[index] ?? null, now),
        ),
      ),
  }
}
