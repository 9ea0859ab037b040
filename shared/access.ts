/** Who works with a channel account. Apart from `rights.ts`, which imports every record type. */

/** What `tokensOf` needs to know of an account. */
export interface AccountAccess {
  id: string
  access: 'all' | 'user' | 'list'
  users?: string[]
  /** F181: everyone may read the correspondence, though not answer. */
  openForReading?: boolean
}

/** Whether an employee works with a channel account: reads and answers (F16, F182). */
export const mayAnswer = (user: string, account: AccountAccess): boolean =>
  account.access === 'all' || (account.users ?? []).includes(user)
