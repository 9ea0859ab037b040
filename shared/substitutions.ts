/**
 * Temporary transfer of work and rights (F283): while somebody is away a deputy has their scopes
 * beside their own. Nothing is written at the beginning or the end: both are moments on a clock, of
 * which the relay's counts.
 */

/** What can be handed over: records of clients, and what comes through channel accounts. */
export const handedParts = {
  clients: { ru: 'Клиенты, Интересы и дела', en: 'Clients, Interests and tasks' },
  correspondence: { ru: 'Переписка и обращения', en: 'Correspondence and appeals' },
} as const
export type HandedPart = keyof typeof handedParts

/** The row that decides, as far as it matters here. */
export interface Substitution {
  id: string
  absent: string
  deputy: string
  /** From this moment on, and no more from that one on, ms. */
  from: number
  to: number
  /** Absent: everything. */
  parts?: HandedPart[]
  createdBy?: string
  deletedAt?: number
}

export const isRunning = ({ from, to, deletedAt }: Substitution, now: number): boolean =>
  deletedAt === undefined && from <= now && now < to

/** Neither over nor taken back. */
export const isAhead = ({ from, to, deletedAt }: Substitution, now: number): boolean =>
  deletedAt === undefined && now < from && from < to

export const partsOf = ({ parts }: Pick<Substitution, 'parts'>): ReadonlySet<HandedPart> =>
  // Of a closed list.
  new Set(parts ?? (Object.keys(handedParts) as HandedPart[]))

/** When the next one begins or ends, ms; infinity where none does. */
export const nextTurn = (substitutions: Iterable<Substitution>, now: number): number => {
  let next = Number.POSITIVE_INFINITY
  for (const { from, to, deletedAt } of substitutions) {
    if (deletedAt !== undefined) continue
    for (const moment of [from, to]) if (moment > now && moment < next) next = moment
  }
  return next
}
