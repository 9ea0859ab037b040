/** All records of one employee to another, for good (F283): what is written, and what takes it back. */
import Dexie from 'dexie'
import { setChange } from '../../../shared/records/sets.ts'
import type { ReplicaBase, Write } from '../../replica/index.ts'

export const handedTypes = [
  'client',
  'person',
  'interest',
  'contract',
  'task',
  'dialog',
  'appeal',
] as const
export type HandedType = (typeof handedTypes)[number]

interface Owned {
  id: string
  managers?: string[]
  responsible?: string
}

/**
 * Records for which an employee answers, as far as they are on the device; of appeals the new ones,
 * of Interests and tasks the open ones, of contracts those that did not end.
 */
export const recordsOf = async (
  base: ReplicaBase,
  type: HandedType,
  user: string,
): Promise<Owned[]> => {
  switch (type) {
    case 'client':
    case 'person':
      return (await base[type].where('facets').equals(`manager:${user}`).toArray()).filter(
        ({ deletedAt }) => deletedAt === undefined,
      )
    case 'interest':
      return (await base.interest.where('facets').equals(`manager:${user}`).toArray()).filter(
        ({ status }) => status === 'open',
      )
    case 'contract':
      return (await base.contract.where('facets').equals(`manager:${user}`).toArray()).filter(
        ({ status }) => status !== 'ended' && status !== 'terminated',
      )
    case 'task':
      return base.task
        .where('[responsible+openAt]')
        .between([user, Dexie.minKey], [user, Dexie.maxKey])
        .toArray()
    case 'dialog':
      return (await base.dialog.where('responsible').equals(user).toArray()).filter(
        ({ deletedAt }) => deletedAt === undefined,
      )
    case 'appeal':
      return (await base.appeal.where('responsible').equals(user).toArray()).filter(
        ({ state }) => state === 'new',
      )
  }
}

/** The new one in the place of the old one; once, where both answered already. */
export const managersAfter = (managers: readonly string[], from: string, to: string): string[] => [
  ...new Set(managers.map((user) => (user === from ? to : user))),
]

export const handOverWrites = (
  type: HandedType,
  records: readonly Owned[],
  from: string,
  to: string,
): Write[] =>
  records.map(({ id, managers }) => ({
    type,
    id,
    patch:
      type === 'client' || type === 'person'
        ? { managers: setChange(managers ?? [], managersAfter(managers ?? [], from, to)) }
        : { responsible: to },
  }))

/**
 * Takes a hand-over back, but for the records that somebody has given to others since.
 * @param records as they were before.
 * @param now the same records as they are, by id.
 */
export const takeBackWrites = (
  type: HandedType,
  records: readonly Owned[],
  now: ReadonlyMap<string, Owned>,
  from: string,
  to: string,
): Write[] =>
  records.flatMap(({ id, managers }): Write[] => {
    const current = now.get(id)
    if (!current) return []
    if (type !== 'client' && type !== 'person')
      return current.responsible === to ? [{ type, id, patch: { responsible: from } }] : []
    const back = setChange(managersAfter(managers ?? [], from, to), managers ?? [])
    const isUntouched = Object.entries(back).every(
      ([user, isIn]) => current.managers?.includes(user) === !isIn,
    )
    return isUntouched ? [{ type, id, patch: { managers: back } }] : []
  })
