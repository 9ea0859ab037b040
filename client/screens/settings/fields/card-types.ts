/** Record types that show fields of one's own, in the order of Настройки → Поля. */
import { customisedTypes } from '../../../../shared/records/field.ts'

export const cardTypes = {
  client: customisedTypes.client,
  person: customisedTypes.person,
  interest: customisedTypes.interest,
  contract: customisedTypes.contract,
  task: customisedTypes.task,
  dialog: customisedTypes.dialog,
  appeal: customisedTypes.appeal,
  interaction: customisedTypes.interaction,
  product: customisedTypes.product,
} as const
export type CardType = keyof typeof cardTypes

export const isCardType = (type: string | undefined): type is CardType =>
  type !== undefined && Object.hasOwn(cardTypes, type)
