/** A dialog of 5,000 messages, scrolled from its newest to its oldest and back, on the built client. */
import { derivedId, monthOf, segmentId } from '../../../shared/ids.ts'
import type { Message } from '../../../shared/records/segment.ts'
import { pushAsService } from '../../lab/device.ts'
import { signedInDevice, withBrowser } from '../browser.ts'
import type { Size } from '../data.ts'
import { type Generated, toPush } from '../data.ts'
import { thousands } from '../figures.ts'
import { frameLine, framesOf } from '../frames.ts'
import type { Tell } from '../report.ts'
import { accountEntry } from '../seed.ts'
import { type Seeded, seededRelay } from '../seeded.ts'

const messages = 5_000
/** A busy customer: the dialog goes back ten months. */
const months = 10
/** Pixels a frame upwards, a hard flick of a finger. */
const speed = -600

const words =
  'Добрый день! Пришлите, пожалуйста, счёт на оплату по последней заявке. Склад ждёт подтверждения до пятницы. '

/** The dialog and its months of messages, of lengths from a word to some screens. */
const long = (account: string, employee: string, now: number): Generated[] => {
  const dialog = derivedId('bench-long-dialog')
  const peer = { name: 'Константин Константинопольский', address: 'peer@firm.test' }
  const records: Generated[] = [
    {
      type: 'dialog',
      id: dialog,
      patch: { account, channel: 'mail', subject: 'Поставки 2026', peer, state: 'open' },
    },
  ]
  const each = messages / months
  for (let month = 0; month < months; month++) {
    const start = new Date(now)
    start.setUTCDate(2)
    start.setUTCMonth(start.getUTCMonth() - month)
    const sent: Record<string, Message> = {}
    for (let n = 0; n < each; n++)
      sent[`mail:<${month}.${n}@bench.test>`] = {
        at: start.getTime() + n * 60_000,
        direction: n % 2 === 0 ? 'in' : 'out',
        kind: 'letter',
        author: n % 2 === 0 ? peer : { employee },
        text: words.repeat(1 + ((n * 7) % 12)).slice(n % 5 === 0 ? -20 : 0),
        messageId: `<${month}.${n}@bench.test>`,
        folder: n % 2 === 0 ? 'INBOX' : 'Sent',
      }
    const patch = { dialog, account, month: monthOf(start.getTime()), messages: sent }
    records.push({ type: 'segment', id: segmentId(dialog, start.getTime()), patch })
  }
  return records
}

/** @returns the dialog's id. */
const seedDialog = async ({ relay, admin }: Seeded): Promise<string> => {
  const writer = Math.floor(Math.random() * 2 ** 32)
  const user = admin.session.user.id
  const account = accountEntry(user, writer)
  const records = long(account.id, user, Date.now())
  const entries = [account, ...records.map((record, n) => toPush(record, n + 1, writer).entry)]
  for (const entry of entries) {
    const { outcomes } = await pushAsService(relay.url, relay.token, [entry])
    if (!outcomes.every(({ ok }) => ok)) throw new Error(JSON.stringify(outcomes))
  }
  return records[0]?.id ?? ''
}

export const dialog = async (_most: Size, tell: Tell): Promise<void> => {
  const seeded = await seededRelay('S', false)
  try {
    const id = await seedDialog(seeded)
    await withBrowser(async (browser) => {
      const { url } = seeded.relay
      const device = await signedInDevice(browser, url, { width: 1440, height: 900 })
      const { page } = device
      await page.goto(`${url}/dialogs/${id}`)
      await page.locator('[role=log] > *').first().waitFor({ timeout: 60_000 })
      await page.waitForTimeout(2_000)
      const scrolled = await framesOf(page, '[role=log]', speed)
      await page.waitForTimeout(1_000)
      const still = await framesOf(page, '[role=log]', 0)
      tell(frameLine(`dialog of ${thousands(messages)} messages, scrolled fast`, scrolled, still))
      await device.close()
    })
  } finally {
    await seeded.relay.stop()
  }
}
