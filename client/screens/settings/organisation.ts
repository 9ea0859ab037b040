/** Roles and departments as the settings show them. */
import { type ReadonlySignal, useComputed } from '@preact/signals'
import { departmentsBelow } from '../../../shared/rights-scopes.ts'
import { useReplica } from '../../frame/app-context.ts'
import type { StoredRow } from '../../replica/index.ts'

export type Role = StoredRow<'role'>
export type Department = StoredRow<'department'>

const living = <T extends { name: string; deletedAt?: number }>(rows: readonly T[]): T[] =>
  rows
    .filter(({ deletedAt }) => deletedAt === undefined)
    .sort((a, b) => a.name.localeCompare(b.name, 'ru'))

/** By name. */
export const useRoles = (): ReadonlySignal<Role[]> => {
  const { known } = useReplica()
  return useComputed(() => living(known.roles.value))
}

/** By name. */
export const useDepartments = (): ReadonlySignal<Department[]> => {
  const { known } = useReplica()
  return useComputed(() => living(known.departments.value))
}

export interface Placed {
  department: Department
  /** 0 at the top. */
  depth: number
}

/**
 * Departments as a tree, each with how deep it lies. One whose parent is gone, or that is in a ring
 * made by two administrators while apart, stands at the top.
 */
export const treeOf = (departments: readonly Department[]): Placed[] => {
  const placed = new Map<string, Placed>()
  const place = (department: Department, depth: number) => {
    if (placed.has(department.id)) return
    placed.set(department.id, { department, depth })
    for (const child of departments) if (child.parent === department.id) place(child, depth + 1)
  }
  const known = new Set(departments.map(({ id }) => id))
  for (const department of departments)
    if (department.parent === undefined || !known.has(department.parent)) place(department, 0)
  for (const department of departments) place(department, 0)
  return [...placed.values()]
}

/** Where a department may be put: anywhere but into itself and what is below it. */
export const possibleParents = (
  department: string | null,
  departments: readonly Department[],
): Placed[] => {
  const below = department === null ? null : departmentsBelow(department, departments)
  return treeOf(departments).filter((each) => !below?.has(each.department.id))
}

/** A name in a list of choices, moved in by its depth. */
export const indented = ({ department, depth }: Placed): string =>
  `${'\u2003'.repeat(depth)}${department.name}`
