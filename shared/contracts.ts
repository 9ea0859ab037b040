/** Contracts: how their status changes, and what happened with them. No I/O. */
import type { FieldInfo } from './fields/fields.ts'
import type { Patch } from './records/change.ts'
import {
  type ContractRow,
  type ContractStatus,
  contractStatuses,
  endOf,
  statusPart,
} from './records/contract.ts'

/** The patch that gives a contract a status; of a new one too. */
export const statusPatch = (
  status: ContractStatus,
  { at, by }: { at: number; by: string },
): Patch => ({
  status,
  // Each under its own key: of two who change it apart both moments stay.
  reached: { [statusPart(status)]: { at, by, order: String(at) } },
})

/** What takes `statusPatch` back. */
export const statusUndo = (
  { status, reached }: Pick<ContractRow, 'status' | 'reached'>,
  taken: ContractStatus,
): Patch => {
  const part = statusPart(taken)
  const before = reached.find(({ id }) => id === part)
  if (!before) return { status, reached: { [part]: null } }
  const { id: _, ...value } = before
  return { status, reached: { [part]: value } }
}

export type ContractMoment = 'created' | Exclude<ContractStatus, 'draft' | 'review'>

/** When it was made, signed, ended: what a timeline tells of it. */
export const contractMoments = ({
  createdAt,
  reached,
}: Pick<ContractRow, 'createdAt' | 'reached'>): { moment: ContractMoment; at: number }[] => [
  ...(createdAt === undefined ? [] : [{ moment: 'created' as const, at: createdAt }]),
  ...(['signed', 'ended', 'terminated'] as const).flatMap((moment) => {
    const found = reached.find(({ id }) => id === statusPart(moment))
    return found ? [{ moment, at: found.at }] : []
  }),
]

// Object.keys forgets the key type
export const statuses = Object.keys(contractStatuses) as ContractStatus[]

export const lapsed = { ru: 'Срок истёк', en: 'Past its end' } as const

/** Whether its last day is over while its status says that it is in force: nobody has said how it ended. */
export const isLapsed = (row: Parameters<typeof endOf>[0], today: string): boolean => {
  const end = endOf(row)
  return end !== undefined && end < today
}

/** Fields of contracts; their status says, too, whose last day is over. @param today `2026-11-22` */
export const withLapsed = (infos: readonly FieldInfo[], today: string): FieldInfo[] =>
  infos.map((info) =>
    info.key === 'status'
      ? {
          ...info,
          options: [...(info.options ?? []), { id: 'lapsed', label: lapsed, archived: false }],
          of: (row) => {
            const contract = row as unknown as ContractRow // of this list, or as far as `from` says
            return isLapsed(contract, today) ? 'lapsed' : contract.status
          },
          from: ['status', 'validTo', 'renews', 'deletedAt'],
        }
      : info,
  )
