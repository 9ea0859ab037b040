/** What this user may load from files. */
import { mayImport, type Subject } from '../../../shared/rights.ts'

const typesOf = {
  contact: ['client', 'person'],
  interest: ['interest'],
  task: ['task'],
  // What was written down of a contact goes as the contact goes.
  interaction: ['client', 'person'],
  product: ['product'],
} as const

export type Content = keyof typeof typesOf
const contents = Object.keys(typesOf) as Content[] // Object.keys forgets the key type

export const allowedContents = (subject: Subject): Content[] =>
  contents.filter((content) => typesOf[content].every((type) => mayImport(subject, type)))
