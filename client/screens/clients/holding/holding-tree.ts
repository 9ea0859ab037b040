/** The companies of a holding, as far as this device knows them (F67). */
import { totalOf } from '../../../../shared/interests/moves.ts'
import {
  identitiesOf,
  type ReplicaBase,
  resolveRow,
  type StoredRow,
} from '../../../replica/index.ts'

type Company = StoredRow<'client'>

export interface Member {
  company: Company
  /** 0: the head of the holding. */
  depth: number
  /** Amounts of the open Interests by currency; none where there are none. */
  open: Readonly<Record<string, number>>
}

/** More would not be a list that anybody reads; the rest is in the list of clients. */
const maxMembers = 200

const isHere = (row: Company | undefined): row is Company =>
  row !== undefined && row.deletedAt === undefined && row.mergedInto === undefined

/** The highest company above that the user may read; of a ring, made before it was refused, any. */
const headOf = async (base: ReplicaBase, company: Company): Promise<Company> => {
  const seen = new Set<string>()
  let head = company
  while (head.parent && !seen.has(head.id)) {
    seen.add(head.id)
    const above = await resolveRow(base, 'client', head.parent)
    if (!isHere(above)) break
    head = above
  }
  return head
}

const byName = (a: Company, b: Company): number => a.name.localeCompare(b.name, 'ru')

/** The tree from its head on, each company before those in it. One company alone is no holding: null. */
export const holdingOf = async (base: ReplicaBase, company: Company): Promise<Member[] | null> => {
  const placed: { company: Company; depth: number }[] = []
  const seen = new Set<string>()
  const place = async (each: Company, depth: number): Promise<void> => {
    if (seen.has(each.id) || placed.length >= maxMembers) return
    seen.add(each.id)
    placed.push({ company: each, depth })
    const inside = await base.client
      .where('parent')
      .anyOf(await identitiesOf(base, 'client', each.id))
      .toArray()
    for (const child of inside.filter(isHere).sort(byName)) await place(child, depth + 1)
  }
  await place(await headOf(base, company), 0)
  if (placed.length < 2) return null
  return Promise.all(
    placed.map(async (member) => ({ ...member, open: await openAmounts(base, member.company.id) })),
  )
}

const openAmounts = async (base: ReplicaBase, client: string): Promise<Record<string, number>> => {
  const interests = await base.interest
    .where('client')
    .anyOf(await identitiesOf(base, 'client', client))
    .toArray()
  const sums: Record<string, number> = {}
  for (const interest of interests)
    if (interest.status === 'open' && interest.deletedAt === undefined && interest.amount) {
      const { currency } = interest.amount
      sums[currency] = (sums[currency] ?? 0) + totalOf(interest)
    }
  return sums
}

/** Sums of all members together. */
export const together = (members: readonly Pick<Member, 'open'>[]): Record<string, number> => {
  const sums: Record<string, number> = {}
  for (const { open } of members)
    for (const [currency, sum] of Object.entries(open)) sums[currency] = (sums[currency] ?? 0) + sum
  return sums
}
