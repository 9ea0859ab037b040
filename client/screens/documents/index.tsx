/** Документы: contracts as a list, the form of a new one, and the card of each. */
export { ContractScreen } from './card.tsx'
export { DocumentsScreen } from './screen.tsx'
