/** Fills a relay with generated data through its own door. */

import { newId } from '../../shared/ids.ts'
import { maxPushBytes, maxPushEntries, type PushEntry } from '../../shared/protocol/push.ts'
import { change } from '../../shared/records/change.ts'
import { pushAsService } from '../lab/device.ts'
import type { Relay } from '../lab/relay.ts'
import { generate, type Size, toPush } from './data.ts'

/** A mail account that nobody runs, to hang dialogs on. */
export const accountEntry = (owner: string, writer: number): PushEntry => {
  const id = newId()
  const patch = {
    channel: 'mail',
    name: 'Продажи',
    address: 'sales@romashka.test',
    access: 'all',
    createdBy: owner,
  }
  const made = change('account', id, null, patch, writer)
  if (!made.ok || !made.value.update) throw new Error('an account that is not valid')
  return { n: 0, id, type: 'account', at: Date.now(), update: made.value.update }
}

/** As a connector, since letters that came are among the data. @returns how many records were stored. */
export const seed = async (
  { url, token }: Relay,
  owner: string,
  size: Size,
  withDialogs: boolean,
): Promise<number> => {
  const writer = Math.floor(Math.random() * 2 ** 32)
  const push = async (entries: PushEntry[]) => {
    const { outcomes } = await pushAsService(url, token, entries)
    const refused = outcomes.find(({ ok }) => !ok)
    if (refused) throw new Error(JSON.stringify(refused))
  }
  let account: string | undefined
  if (withDialogs) {
    const entry = accountEntry(owner, writer)
    await push([entry])
    account = entry.id
  }
  let batch: PushEntry[] = []
  let bytes = 0
  let stored = 0
  /** The relay stores a batch while the next one is generated. */
  let storing = Promise.resolve()
  for (const generated of generate(size, owner, account)) {
    const { entry } = toPush(generated, ++stored, writer)
    if (batch.length === maxPushEntries || bytes + entry.update.length > maxPushBytes / 2) {
      await storing
      storing = push(batch)
      // A failure is met by whoever waits for it.
      storing.catch(() => {})
      batch = []
      bytes = 0
    }
    batch.push(entry)
    bytes += entry.update.length
  }
  await storing
  await push(batch)
  return stored
}
