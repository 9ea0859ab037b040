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
  heldLapsed: {
    ru: 'Нельзя удалить: срок истёк, но не завершён {name}',
    en: 'It cannot be deleted: past its end, but not ended is {name}',
  },
  heldLapsedMore: {
    ru: 'Нельзя удалить: срок истёк, но не завершён {name} и ещё {count}',
    en: 'It cannot be deleted: past its end, but not ended are {name} and {count} more',
  },
  inForce: { ru: 'Не завершён: {name}', en: 'Not ended: {name}' },
  inForceMore: {
    ru: 'Не завершены: {name} и ещё {count}',
    en: 'Not ended: {name} and {count} more',
  },
  inForceUnknown: { ru: 'Незавершённых договоров: {count}', en: 'Contracts not ended: {count}' },
  heldClients: {
    ru: {
      one: '{count} клиента удалить нельзя, с ним не завершён договор: {names}',
      other: '{count} клиентов удалить нельзя, с ними не завершены договоры: {names}',
    },
    en: {
      one: '{count} client cannot be deleted, a contract is not ended: {names}',
      other: '{count} clients cannot be deleted, contracts are not ended: {names}',
    },
  },
  open: { ru: 'Открыть договор', en: 'Open the contract' },
})
