/** Record types whose cards show fields of one's own. */
import { customisedTypes } from '../../../../shared/records/field.ts'

export const cardTypes = {
  client: customisedTypes.client,
  person: customisedTypes.person,
  task: customisedTypes.task,
} as const
export type CardType = keyof typeof cardTypes

export const isCardType = (type: string | undefined): type is CardType =>
  type === 'client' || type === 'person' || type === 'task'
