/** Decisions about an appeal as changes of records; each is stored whole or not at all. */
import type { AppealRow } from '../../../shared/records/appeal.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { Write } from '../../replica/index.ts'
import { clientWrite, type NewClient, withOthers } from '../clients/new-contact.ts'

export interface Decision {
  by: string
  at: number
}

/** Takes the sender on: as a client that is in the base, or as a new one. */
export const acceptWrites = (
  appeal: Pick<AppealRow, 'id' | 'dialog'>,
  client: { existing: string } | { created: NewClient & { custom?: Patch } },
  responsible: string,
  { by, at }: Decision,
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
  ]
}

/** Turns the appeal away; its dialog is closed, since nobody has to answer it. */
export const rejectWrites = (
  appeal: Pick<AppealRow, 'id' | 'dialog'>,
  reason: string,
  { by, at }: Decision,
): Write[] => [
  {
    type: 'appeal',
    id: appeal.id,
    patch: { state: 'rejected', decision: { by, at, ...(reason && { reason }) } },
  },
  { type: 'dialog', id: appeal.dialog, patch: { state: 'closed' } },
]

export const forwardWrites = (
  appeal: Pick<AppealRow, 'id' | 'dialog'>,
  responsible: string,
): Write[] => [
  { type: 'appeal', id: appeal.id, patch: { responsible } },
  { type: 'dialog', id: appeal.dialog, patch: { responsible } },
]
