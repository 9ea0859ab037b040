/** Клиенты: the list, and the cards of clients and contact persons. */
export { ClientScreen, PersonScreen } from './card.tsx'
export { ClientsScreen } from './list.tsx'
export { NewClientDialog } from './new-client-dialog.tsx'
export { NewPersonDialog } from './new-person-dialog.tsx'
