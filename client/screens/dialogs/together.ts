/** The dialogs of appeals that were merged into the one that is decided: they go with it (F231, F239). */
import { mayAnswer } from '../../../shared/access.ts'
import { type AccountRow, mayActInAccount } from '../../../shared/records/account.ts'
import type { AppealRow } from '../../../shared/records/appeal.ts'
import type { Replica } from '../../replica/index.ts'

export interface OtherDialog {
  id: string
  account: AccountRow | undefined
  appeal: Pick<AppealRow, 'who'>
}

/** Those that this user may write to; the relay does the same with the others (`sync-server/merges/decided.ts`). */
export const otherDialogs = async (
  { base, subject }: Replica,
  together: readonly AppealRow[],
): Promise<OtherDialog[]> => {
  const dialogs = await base.dialog.bulkGet(together.map(({ dialog }) => dialog))
  const accounts = await base.account.bulkGet(together.map(({ account }) => account))
  return together.flatMap((appeal, index) => {
    const dialog = dialogs[index]
    const account = accounts[index]
    return dialog && mayActInAccount(subject.peek(), 'dialog', dialog, dialog)
      ? [{ id: dialog.id, account, appeal }]
      : []
  })
}

/** Whoever takes an appeal on takes over the dialogs with it that they may answer in. */
export const takenOver = (
  others: readonly OtherDialog[],
  responsible: string,
): { dialog: string; responsible?: string }[] =>
  others.map(({ id, account }) => ({
    dialog: id,
    ...(account && mayAnswer(responsible, account) && { responsible }),
  }))
