/**
 * The small tables that everything else is named, arranged and allowed by. They are read before the first
 * screen and kept up to date: no screen begins with nobody employed, no field declared and nothing allowed
 * only because it has not asked yet, and none asks for itself.
 */
import { computed, type ReadonlySignal } from '@preact/signals'
import type { ReplicaBase, StoredRow } from './tables.ts'
import { liveSignal } from './use-live.ts'

type ById<T extends KnownType> = ReadonlySignal<ReadonlyMap<string, StoredRow<T>>>
type Rows<T extends KnownType> = ReadonlySignal<readonly StoredRow<T>[]>
type KnownType =
  | 'account'
  | 'clientSegment'
  | 'department'
  | 'directory'
  | 'employee'
  | 'field'
  | 'layout'
  | 'role'
  | 'scenario'
  | 'substitution'

/** Deleted ones are among them: what was named by one of them still is. */
export interface Known {
  accounts: Rows<'account'>
  departments: Rows<'department'>
  employees: ById<'employee'>
  /** The entries of all directories. */
  entries: ById<'directory'>
  fields: Rows<'field'>
  layouts: Rows<'layout'>
  roles: Rows<'role'>
  scenarios: ById<'scenario'>
  segments: Rows<'clientSegment'>
  substitutions: Rows<'substitution'>
}

const byId = <R extends { id: string }>(rows: readonly R[]): ReadonlyMap<string, R> =>
  new Map(rows.map((row) => [row.id, row]))

interface OpenKnown {
  known: Known
  /** Once all of them have been read. */
  read: Promise<unknown>
  stop: () => void
}

export const openKnown = (base: ReplicaBase): OpenKnown => {
  const accounts = liveSignal(() => base.account.toArray(), [])
  const entries = liveSignal(async () => byId(await base.directory.toArray()), byId([]))
  const layouts = liveSignal(() => base.layout.toArray(), [])
  const segments = liveSignal(() => base.clientSegment.toArray(), [])
  // One look: rights follow from all of these, and one change may be of several.
  const { department, employee, field, role, scenario, substitution } = base
  const organisation = liveSignal(
    () =>
      base.transaction(
        'r',
        [department, employee, field, role, scenario, substitution],
        async () => {
          const [departments, employees, fields, roles, scenarios, substitutions] =
            await Promise.all([
              department.toArray(),
              employee.toArray(),
              field.toArray(),
              role.toArray(),
              scenario.toArray(),
              substitution.toArray(),
            ])
          return {
            departments,
            employees: byId(employees),
            fields,
            roles,
            scenarios: byId(scenarios),
            substitutions,
          }
        },
      ),
    {
      departments: [],
      employees: byId([]),
      fields: [],
      roles: [],
      scenarios: byId([]),
      substitutions: [],
    },
  )
  const all = [accounts, entries, layouts, segments, organisation]
  return {
    known: {
      accounts: accounts.value,
      departments: computed(() => organisation.value.value.departments),
      employees: computed(() => organisation.value.value.employees),
      entries: entries.value,
      fields: computed(() => organisation.value.value.fields),
      layouts: layouts.value,
      roles: computed(() => organisation.value.value.roles),
      scenarios: computed(() => organisation.value.value.scenarios),
      segments: segments.value,
      substitutions: computed(() => organisation.value.value.substitutions),
    },
    read: Promise.all(all.map(({ answered }) => answered)),
    stop: () => {
      for (const { stop } of all) stop()
    },
  }
}
