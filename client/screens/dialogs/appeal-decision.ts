/** Decisions about an appeal as changes of records; each is stored whole or not at all. */
import type { AppealRow } from '../../../shared/records/appeal.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { Write } from '../../replica/index.ts'
import { clientWrite, type NewClient } from '../clients/new-contact.ts'
import { withOthers } from '../forms/record-in-making.ts'

export interface Decision {
  by: string
  at: number
}

/** A dialog whose appeal was merged into the decided one, and who takes it over, if they may. */
interface WithIt {
  dialog: string
  responsible?: string
}

/** Takes the sender on: as a client that is in the base, or as a new one. */
export const acceptWrites = (
  appeal: Pick<AppealRow, 'id' | 'dialog'>,
  client: { existing: string } | { created: NewClient & { custom?: Patch } },
  responsible: string,
  { by, at }: Decision,
  others: readonly WithIt[] = [],
): Write[] => {
  const creation =
    'created' in client
      ? withOthers(clientWrite(client.created, [by, responsible]), {
          custom: client.created.custom ?? {},
        })
      : null
  const id = 'existing' in client ? client.existing : creation?.id
  return [
    ...(creation ? [creation] : []),
    {
      type: 'appeal',
      id: appeal.id,
      patch: { state: 'accepted', responsible, decision: { by, at, client: id } },
    },
    { type: 'dialog', id: appeal.dialog, patch: { client: id, responsible } },
    ...others.map(({ dialog, ...taken }): Write => {
      return { type: 'dialog', id: dialog, patch: { client: id, ...taken } }
    }),
  ]
}

/** Turns the appeal away; its dialog is closed, since nobody has to answer it. */
export const rejectWrites = (
  appeal: Pick<AppealRow, 'id' | 'dialog'>,
  reason: string,
  { by, at }: Decision,
  others: readonly WithIt[] = [],
): Write[] => [
  {
    type: 'appeal',
    id: appeal.id,
    patch: { state: 'rejected', decision: { by, at, ...(reason && { reason }) } },
  },
  ...[appeal, ...others].map(({ dialog }): Write => {
    return { type: 'dialog', id: dialog, patch: { state: 'closed' } }
  }),
]

export const forwardWrites = (
  appeal: Pick<AppealRow, 'id' | 'dialog'>,
  responsible: string,
  others: readonly WithIt[] = [],
): Write[] => [
  { type: 'appeal', id: appeal.id, patch: { responsible } },
  { type: 'dialog', id: appeal.dialog, patch: { responsible } },
  ...others.flatMap(({ dialog, ...taken }): Write[] =>
    taken.responsible ? [{ type: 'dialog', id: dialog, patch: taken }] : [],
  ),
]
