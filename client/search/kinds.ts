/** What is found; also the names of the tables of rows. */
export const kinds = [
  'client',
  'person',
  'interest',
  'contract',
  'product',
  'task',
  'dialog',
  'appeal',
  'message',
  'interaction',
] as const
export type Kind = (typeof kinds)[number]
