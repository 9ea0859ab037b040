import { catalogue } from '../../i18n/index.ts'

/** What contracts are called, also on screens that show nothing else of them. */
export const t = catalogue({
  numbered: { ru: 'Договор № {number}', en: 'Contract no. {number}' },
  unnumbered: { ru: 'Договор без номера', en: 'Contract without a number' },
  dated: { ru: '{name} от {date}', en: '{name} of {date}' },
  held: { ru: 'Нельзя удалить: действует {name}', en: 'It cannot be deleted: in force is {name}' },
  heldMore: {
    ru: 'Нельзя удалить: действует {name} и ещё {count}',
    en: 'It cannot be deleted: in force are {name} and {count} more',
  },
  inForce: { ru: 'В силе: {name}', en: 'In force: {name}' },
  inForceMore: { ru: 'В силе: {name} и ещё {count}', en: 'In force: {name} and {count} more' },
  inForceUnknown: { ru: 'Договоров в силе: {count}', en: 'Contracts in force: {count}' },
  heldClients: {
    ru: {
      one: '{count} клиента удалить нельзя, с ним действует договор: {names}',
      other: '{count} клиентов удалить нельзя, с ними действуют договоры: {names}',
    },
    en: {
      one: '{count} client cannot be deleted, a contract is in force: {names}',
      other: '{count} clients cannot be deleted, contracts are in force: {names}',
    },
  },
  open: { ru: 'Открыть договор', en: 'Open the contract' },
})
