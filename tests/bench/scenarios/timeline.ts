/** The card of a client with 10,000 entries in its timeline, opened and scrolled, on the built client. */
import { derivedId, monthOf, segmentId } from '../../../shared/ids.ts'
import { entryId } from '../../../shared/records/directory.ts'
import type { Message } from '../../../shared/records/segment.ts'
import { pushAsService } from '../../lab/device.ts'
import { signedInDevice, withBrowser } from '../browser.ts'
import { type Generated, type Size, toPush } from '../data.ts'
import { thousands } from '../figures.ts'
import { frameLine, framesOf } from '../frames.ts'
import type { Tell } from '../report.ts'
import { accountEntry } from '../seed.ts'
import { type Seeded, seededRelay } from '../seeded.ts'

const messages = 8_000
const events = 2_000
/** The client is two years old. */
const months = 24
/** Records in one push: a month of letters with its events weighs less than a megabyte. */
const pushedAtOnce = 84
/** Pixels a frame, a hard flick of a finger. */
const speed = 600

const words =
  'Согласовали спецификацию и сроки отгрузки. Ждут счёт, просят отсрочку на две недели и паспорта изделий. '

const client = derivedId('bench-timeline-client')

/** Letters of one dialog, and events written down between them. */
const busyClient = (account: string, employee: string, now: number): Generated[] => {
  const dialog = derivedId('bench-timeline-dialog')
  const peer = { name: 'Константин Константинопольский', address: 'peer@firm.test' }
  const managers = [employee]
  const records: Generated[] = [
    {
      type: 'client',
      id: client,
      patch: { kind: 'organisation', name: 'ООО «Давний клиент»', managers },
    },
    {
      type: 'dialog',
      id: dialog,
      patch: { account, channel: 'mail', subject: 'Поставки', peer, client, state: 'open' },
    },
  ]
  const each = Math.ceil(messages / months)
  for (let month = 0; month < months; month++) {
    const start = new Date(now)
    start.setUTCDate(1)
    start.setUTCMonth(start.getUTCMonth() - month)
    const sent: Record<string, Message> = {}
    for (let n = 0; n < each; n++)
      sent[`mail:<t${month}.${n}@bench.test>`] = {
        at: start.getTime() + n * 60_000,
        direction: n % 2 === 0 ? 'in' : 'out',
        kind: 'letter',
        author: n % 2 === 0 ? peer : { employee },
        text: words.repeat(1 + ((n * 7) % 12)),
        messageId: `<t${month}.${n}@bench.test>`,
        folder: n % 2 === 0 ? 'INBOX' : 'Sent',
      }
    const patch = { dialog, account, month: monthOf(start.getTime()), messages: sent }
    records.push({ type: 'segment', id: segmentId(dialog, start.getTime()), patch })
    for (let n = 0; n < Math.ceil(events / months); n++)
      records.push({
        type: 'interaction',
        id: derivedId('bench-timeline-event', String(month), String(n)),
        patch: {
          kind: entryId('interactionKind', n % 2 ? 'call' : 'meeting'),
          at: start.getTime() + n * 240_000,
          text: words,
          contact: client,
          contactType: 'client',
          managers,
        },
      })
  }
  return records
}

const seedClient = async ({ relay, admin }: Seeded): Promise<void> => {
  const writer = Math.floor(Math.random() * 2 ** 32)
  const user = admin.session.user.id
  const account = accountEntry(user, writer)
  const records = busyClient(account.id, user, Date.now())
  const entries = [account, ...records.map((record, n) => toPush(record, n + 1, writer).entry)]
  for (let start = 0; start < entries.length; start += pushedAtOnce) {
    const step = entries.slice(start, start + pushedAtOnce)
    const { outcomes } = await pushAsService(relay.url, relay.token, step)
    if (!outcomes.every(({ ok }) => ok)) throw new Error(JSON.stringify(outcomes))
  }
}

export const timeline = async (_most: Size, tell: Tell): Promise<void> => {
  const seeded = await seededRelay('S', false)
  try {
    await seedClient(seeded)
    await withBrowser(async (browser) => {
      const { url } = seeded.relay
      const device = await signedInDevice(browser, url, { width: 1440, height: 900 })
      const { page } = device
      await page.goto(`${url}/clients`)
      await page.locator('main [role=listitem]').first().waitFor({ timeout: 60_000 })
      // From one screen to another, as a press on a name does; the code is there already.
      const open = () =>
        page.evaluate(async (path) => {
          const started = performance.now()
          history.pushState(null, '', path)
          while (document.querySelectorAll('[aria-label="История"] time').length < 6)
            await new Promise(requestAnimationFrame)
          return performance.now() - started
        }, `/clients/${client}`)
      const first: number[] = []
      for (let run = 0; run < 5; run++) {
        await page.goto(`${url}/clients`)
        await page.locator('main [role=listitem]').first().waitFor({ timeout: 60_000 })
        await page.waitForTimeout(1_000)
        first.push(await open())
      }
      const middle = first.sort((a, b) => a - b)[2] ?? Number.NaN
      const count = thousands(messages + events)
      tell({
        what: `timeline of ${count} entries: card opened to entries on the screen, median of 5`,
        measured: `${middle.toFixed(0)} ms`,
        beside: '',
        goal: '< 300 ms',
        met: middle < 300,
      })
      await page.waitForTimeout(2_000)
      const scroller = '[aria-label="История"] [role=list]'
      const scrolled = await framesOf(page, scroller, speed)
      await page.waitForTimeout(1_000)
      const still = await framesOf(page, scroller, 0)
      tell(frameLine(`timeline of ${count} entries, scrolled fast`, scrolled, still))
      await device.close()
    })
  } finally {
    await seeded.relay.stop()
  }
}
