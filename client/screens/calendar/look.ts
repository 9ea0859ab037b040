/** How one looks at the calendar: kept on the device. No I/O. */
import type { Subject } from '../../../shared/rights.ts'
import { departmentsBelow } from '../../../shared/rights-scopes.ts'
import type { StoredRow } from '../../replica/index.ts'
import type { View } from './days.ts'
import type { ItemKind } from './items.ts'

export interface Look {
  view: View | null
  whose: 'mine' | 'all' | 'chosen'
  /** Departments and employees, by id. */
  chosen: string[]
  hidden: ItemKind[]
  withDone: boolean
}

export const firstLook: Look = {
  view: null,
  whose: 'mine',
  chosen: [],
  hidden: [],
  withDone: true,
}

/** Whose things are shown; null: everybody's. Who stands in for somebody has that one's too. */
export const peopleOf = (
  { whose, chosen }: Pick<Look, 'whose' | 'chosen'>,
  subject: Pick<Subject, 'id' | 'reach'>,
  employees: Iterable<Pick<StoredRow<'employee'>, 'id' | 'department'>>,
  departments: readonly Pick<StoredRow<'department'>, 'id' | 'parent'>[],
): ReadonlySet<string> | null => {
  if (whose === 'all') return null
  if (whose === 'mine') return new Set([subject.id, ...(subject.reach?.own ?? [])])
  const below = new Set(
    departments
      .filter(({ id }) => chosen.includes(id))
      .flatMap(({ id }) => [...departmentsBelow(id, departments)]),
  )
  return new Set(
    [...employees]
      .filter(({ id, department }) => chosen.includes(id) || below.has(department ?? ''))
      .map(({ id }) => id),
  )
}
