/**
 * The list of clients on the built client: scrolling as fast as a thrown wheel, finding by typing,
 * filtering by a field that has no index, sorting by another column, and the page that tells which
 * cards lack what. Beside frames, those of the
 * same page at rest: what the machine itself adds at that moment; beside filter and sort, the same
 * done to the rows as IndexedDB gives them.
 */
import type { Page } from 'playwright-core'
import { signedInDevice, withBrowser } from '../browser.ts'
import { atMost, type Size, sizes } from '../data.ts'
import { sum, thousands } from '../figures.ts'
import { frameLine, framesOf } from '../frames.ts'
import type { Tell } from '../report.ts'
import { seededRelay } from '../seeded.ts'

/** Pixels a frame: 22 rows, some 54,000 px a second. */
const speed = 900

/** From a text typed to another count painted in the heading, ms. The field is empty again after it. */
const find = (page: Page, typed: string) =>
  page.evaluate(async (typed) => {
    const input = document.querySelector<HTMLInputElement>('main input[type=search]')
    const status = document.querySelector('main [role=status]')
    if (!input || !status) throw new Error('no search')
    const taken: number[] = []
    for (const value of [typed, '']) {
      const started = performance.now()
      const changed = new Promise<void>((resolve) => {
        new MutationObserver((_, observer) => {
          observer.disconnect()
          resolve()
        }).observe(status, { subtree: true, childList: true, characterData: true })
      })
      input.value = value
      input.dispatchEvent(new Event('input', { bubbles: true }))
      await changed
      // The heading is right when its paint is over.
      await new Promise(requestAnimationFrame)
      taken.push(performance.now() - started)
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
    return taken[0] ?? Number.NaN
  }, typed)

/** Words of the generated clients: a beginning that many have, one that few have, an address. */
const searches = ['р', 'ромашка', 'client4999@']

/** `until` names what is in the page once the answer is there; else another count or first row is it. */
type Asked = { path: string; until?: string } | { press: string }

/** From an address or the press of a button to the frame with the answer, ms, and the frames until then. */
const answerTo = (page: Page, asked: Asked) =>
  page.evaluate(async (asked) => {
    const shown = () =>
      ['[role=status]', '[role=listitem]']
        .map((part) => document.querySelector(`main ${part}`)?.textContent)
        .join()
    const before = shown()
    const isAnswered = () =>
      'until' in asked && asked.until
        ? document.querySelector(asked.until) !== null
        : shown() !== before
    const started = performance.now()
    if ('path' in asked) history.pushState(null, '', asked.path)
    else {
      const button = document.querySelector<HTMLElement>(`main [aria-label="${asked.press}"]`)
      if (!button) throw new Error(`no button ${asked.press}`)
      button.click()
    }
    const frames: number[] = []
    for (let last = started; !isAnswered(); ) {
      await new Promise(requestAnimationFrame)
      const now = performance.now()
      if (now - started > 60_000) throw new Error(`no answer to ${JSON.stringify(asked)}`)
      frames.push(now - last)
      last = now
    }
    return { took: performance.now() - started, frames }
  }, asked)

/** Who has such words in the note. */
const noteWith = (words: string): Asked => {
  const filter = { join: 'all', of: [{ field: 'note', op: 'contains', value: words }] }
  return { path: `/clients?filter=${encodeURIComponent(JSON.stringify(filter))}` }
}

/** What a list is asked for, in this order; the second of each finds the values in memory. */
const questions: readonly { name: string; asked: Asked }[] = [
  { name: 'filter', asked: noteWith('скидку') },
  { name: 'another filter', asked: noteWith('отгрузку') },
  { name: 'no filter', asked: { path: '/clients?filter={"join":"all","of":[]}' } },
  { name: 'sort', asked: { press: 'Упорядочить: Электронная почта' } },
  { name: 'the other way', asked: { press: 'Упорядочить: Электронная почта' } },
]

const completeness: Asked = { path: '/clients/completeness', until: 'main [role=status] b' }

/** All rows read, then filtered, then sorted, with nothing else in the page's way, ms each. */
const bareRows = (page: Page) =>
  page.evaluate(async () => {
    const [name = ''] = (await indexedDB.databases()).flatMap(({ name }) =>
      name?.startsWith('interes-') ? [name] : [],
    )
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    interface Kept {
      note?: string
      emails: { value: string }[]
    }
    const base = await done(indexedDB.open(name))
    const started = performance.now()
    const rows = await done<Kept[]>(base.transaction('client').objectStore('client').getAll())
    const read = performance.now()
    const found = rows.filter(({ note }) => note?.includes('скидку')).length
    const filtered = performance.now()
    const { compare } = new Intl.Collator('ru', { numeric: true })
    rows.sort((a, b) => compare(a.emails[0]?.value ?? '', b.emails[0]?.value ?? ''))
    const sorted = performance.now()
    base.close()
    if (found === 0) throw new Error('nobody is found')
    return { read: read - started, filter: filtered - read, sort: sorted - filtered }
  })

export const list = async (most: Size, tell: Tell): Promise<void> => {
  const size = atMost('L', most)
  const { relay } = await seededRelay(size, false)
  try {
    await withBrowser(async (browser) => {
      const device = await signedInDevice(browser, relay.url, { width: 1440, height: 900 })
      const { page } = device
      await page.goto(`${relay.url}/clients`)
      await page.locator('main [role=listitem]').first().waitFor({ timeout: 60_000 })
      await page.waitForTimeout(2_000)
      const scrolled = await framesOf(page, '[role=list]', speed)
      const still = await framesOf(page, '[role=list]', 0)
      const rows = thousands(sizes[size])
      tell(frameLine(`list of ${rows} rows, scrolled fast`, scrolled, still))
      const found: { typed: string; took: number }[] = []
      for (const typed of searches) found.push({ typed, took: await find(page, typed) })
      tell({
        what: `found in a list of ${rows} rows`,
        measured: found.map(({ typed, took }) => `${typed} ${took.toFixed(0)} ms`).join(', '),
        beside: '',
        goal: '< 50 ms',
        met: found.every(({ took }) => took < 50),
      })
      const answers: { name: string; took: number; frames: number[] }[] = []
      for (const { name, asked } of questions) {
        answers.push({ name, ...(await answerTo(page, asked)) })
        await page.waitForTimeout(1_000)
      }
      const bare = await bareRows(page)
      tell({
        what: `list of ${rows} rows filtered by a field, sorted by another column`,
        measured: answers.map(({ name, took }) => `${name} ${took.toFixed(0)} ms`).join(', '),
        beside: `rows read ${bare.read.toFixed(0)} ms, filtered ${bare.filter.toFixed(0)}, sorted ${bare.sort.toFixed(0)}`,
        ratio: sum(answers.map(({ took }) => took)) / sum(Object.values(bare)),
        goal: '',
      })
      const frames = answers.flatMap(({ frames }) => frames)
      tell(frameLine(`list of ${rows} rows while it is filtered and sorted`, frames, still))
      const { took } = await answerTo(page, completeness)
      tell({
        what: `completeness of ${rows} clients: page opened until its figures are there`,
        measured: `${took.toFixed(0)} ms`,
        beside: `rows read ${bare.read.toFixed(0)} ms`,
        ratio: took / bare.read,
        goal: '',
      })
      await device.close()
    })
  } finally {
    await relay.stop()
  }
}
