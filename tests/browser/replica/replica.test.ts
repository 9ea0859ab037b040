import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { type Device, launchBrowser } from '../../lab/chromium.ts'
import { until } from '../../lab/processes.ts'
import { type Relay, startRelay } from '../../lab/relay.ts'
import {
  invitedDevice,
  rowIs,
  rowOf,
  setUpDevice,
  statusIs,
  write,
  writeAsConnector,
} from './people.ts'
import { type ServedPage, servePage } from './served-page.ts'

describe('the replica of a device', () => {
  let browser: Browser
  let relay: Relay
  let served: ServedPage
  let anna: Device
  let ivan: Device

  beforeAll(async () => {
    relay = await startRelay()
    served = await servePage(relay.url)
    browser = await launchBrowser()
    anna = await setUpDevice(browser, served.url)
    ivan = await invitedDevice(browser, served.url, anna, 'Иван Продавцов')
    await statusIs(anna, 'saved')
    await statusIs(ivan, 'saved')
  })

  afterAll(async () => {
    await anna?.close()
    await ivan?.close()
    await browser?.close()
    await served?.close()
    await relay?.stop()
  })

  afterEach(() => {
    expect(anna.problems).toEqual([])
    expect(ivan.problems).toEqual([])
  })

  /** A client that both may change, on both devices. */
  const sharedClient = async (): Promise<string> => {
    const id = newId()
    expect(
      await write(anna, 'client', id, { kind: 'organisation', name: 'Ромашка', open: 'write' }),
    ).toBeNull()
    await rowIs(ivan, 'client', id, (row) => row?.name === 'Ромашка')
    return id
  }

  it('shows a change to another device, and keeps nothing waiting', async () => {
    const id = await sharedClient()
    await write(ivan, 'client', id, { inn: '7707083893' })
    await rowIs(anna, 'client', id, (row) => row?.inn === '7707083893')
    await statusIs(ivan, 'saved')
    await expect
      .poll(() => ivan.page.evaluate(() => window.lab.replica.base.acknowledged.count()))
      .toBe(0)
  })

  it('says that a change cannot be made while its code is neither here nor to be had', async () => {
    const id = await sharedClient()
    const second = await ivan.context.newPage()
    let isThere = false
    await second.route(/writing/, (route) => (isThere ? route.continue() : route.abort()))
    await second.goto(served.url)
    await second.evaluate(() => window.lab.openUnprepared())
    const rename = (name: string) =>
      second.evaluate(([id, name]) => window.lab.replica.write('client', id, { name }), [
        id,
        name,
      ] as const)
    expect(await rename('Астра')).toEqual({ ok: false, reason: 'unreachable' })
    isThere = true
    expect(await rename('Пион')).toMatchObject({ ok: true })
    await second.close()
    await rowIs(anna, 'client', id, (row) => row?.name === 'Пион')
  })

  it('loses nothing of two tabs that edit one record at once, though one is closed half-way', async () => {
    const id = await sharedClient()
    const second = await ivan.context.newPage()
    await second.goto(served.url)
    await second.evaluate(() => window.lab.open())
    const edit = async ([id, prefix]: readonly [string, string]) => {
      const saved: string[] = []
      Object.assign(window, { saved })
      for (let n = 0; n < 50; n++) {
        const part = `${prefix}${n}`
        const addresses = { [part]: { value: part, kind: 'actual', order: `a${n}` } }
        const result = await window.lab.replica.write('client', id, { addresses })
        if (!result.ok) throw new Error(result.reason)
        saved.push(part)
      }
    }
    const first = ivan.page.evaluate(edit, [id, 'a'] as const)
    // Ends with the page: what was answered until then is what may not be lost.
    const other = second.evaluate(edit, [id, 'b'] as const).catch(() => 'closed')
    await until('the second tab to be half-way', async () =>
      (await second.evaluate(() => (window as { saved?: string[] }).saved?.length ?? 0)) >= 20
        ? true
        : undefined,
    )
    const saved = await second.evaluate(() => (window as { saved?: string[] }).saved ?? [])
    await second.close()
    await Promise.all([first, other])
    await rowIs(anna, 'client', id, (row) => {
      const parts = new Set(((row?.addresses ?? []) as { id: string }[]).map((part) => part.id))
      return (
        saved.every((part) => parts.has(part)) &&
        Array.from({ length: 50 }, (_, n) => `a${n}`).every((part) => parts.has(part))
      )
    })
    await statusIs(ivan, 'saved')
    await expect
      .poll(() => ivan.page.evaluate(() => window.lab.replica.base.rejected.count()))
      .toBe(0)
  })

  it('syncs in one tab, and in the other one as soon as that is closed', async () => {
    const device = { ...ivan, page: await ivan.context.newPage() }
    await device.page.goto(served.url)
    await device.page.evaluate(() => window.lab.open())
    const locks = () =>
      device.page.evaluate(async () => {
        const { held = [], pending = [] } = await navigator.locks.query()
        return [held, pending].map(
          (list) => list.filter(({ name }) => name?.endsWith('-sync')).length,
        )
      })
    await expect.poll(locks).toEqual([1, 1])
    await ivan.page.goto('about:blank')
    // The browser lets go of what a page held when it is gone, which is after the next is there.
    await expect.poll(locks).toEqual([1, 0])
    const id = newId()
    const user = await device.page.evaluate(() => window.lab.replica.session.user.id)
    await write(device, 'client', id, {
      kind: 'person',
      name: 'Пётр',
      open: 'write',
      managers: [user],
    })
    await rowIs(anna, 'client', id, (row) => row?.name === 'Пётр')
    await ivan.page.goto(served.url)
    await ivan.page.evaluate(() => window.lab.open())
    await device.page.close()
    await statusIs(ivan, 'saved')
  })

  it('lets another tab sync as soon as it is hidden', async () => {
    const page = await ivan.context.newPage()
    await page.goto(served.url)
    await page.evaluate(() => window.lab.open())
    const show = (state: DocumentVisibilityState) =>
      ivan.page.evaluate((value) => {
        Object.defineProperty(document, 'visibilityState', { value, configurable: true })
        document.dispatchEvent(new Event('visibilitychange'))
      }, state)
    const holder = () =>
      page.evaluate(async () => {
        const { held = [] } = await navigator.locks.query()
        return held.find(({ name }) => name?.endsWith('-sync'))?.clientId
      })
    // Left by the test before to whoever comes next.
    const before = await until('a tab to sync', holder)
    await show('hidden')
    const after = await until('the other tab to sync', async () => {
      const now = await holder()
      return now && now !== before ? now : undefined
    })
    await show('visible')
    expect(await holder()).toBe(after)
    await page.close()
    await until('the first tab to sync again', async () => {
      const { held = [] } = await ivan.page.evaluate(() => navigator.locks.query())
      return held.some(({ clientId }) => clientId === before) || undefined
    })
    await sharedClient()
  })

  it('opens a lost connection to its base again and repeats the work', async () => {
    const id = await sharedClient()
    await ivan.page.evaluate(() => window.lab.replica.base.backendDB().close())
    expect(await write(ivan, 'client', id, { inn: '7707083893' })).toBeNull()
    await rowIs(anna, 'client', id, (row) => row?.inn === '7707083893')
  })

  it('keeps what was written with no relay over a reload, and sends it when the relay is back', async () => {
    const id = await sharedClient()
    await relay.kill9()
    await statusIs(ivan, 'offline')
    await write(ivan, 'client', id, { inn: '7707083893' })
    const own = newId()
    const user = await ivan.page.evaluate(() => window.lab.replica.session.user.id)
    await write(ivan, 'client', own, { kind: 'person', name: 'Мой', managers: [user] })
    await ivan.page.reload()
    await ivan.page.evaluate(() => window.lab.open())
    expect(await rowOf(ivan, 'client', id)).toMatchObject({ inn: '7707083893' })
    await until('both changes to wait', async () =>
      (await ivan.page.evaluate(() => window.lab.replica.status.value.waiting)) === 2
        ? true
        : undefined,
    )
    await relay.restart()
    await rowIs(anna, 'client', id, (row) => row?.inn === '7707083893', 40_000)
    await rowIs(anna, 'client', own, (row) => row?.name === 'Мой')
    await statusIs(ivan, 'saved')
  })

  it('merges what two devices changed while one had no network', async () => {
    const id = await sharedClient()
    await ivan.offline()
    await statusIs(ivan, 'offline')
    await write(ivan, 'client', id, { inn: '7707083893' })
    await write(anna, 'client', id, { name: 'Ромашка и партнёры' })
    await ivan.online()
    for (const device of [anna, ivan])
      await rowIs(
        device,
        'client',
        id,
        (row) => row?.inn === '7707083893' && row?.name === 'Ромашка и партнёры',
      )
    await statusIs(ivan, 'saved')
  })

  it('keeps a refused change apart with its reason, shows what the relay has, and goes on', async () => {
    const id = await sharedClient()
    const other = await sharedClient()
    await ivan.offline()
    await statusIs(ivan, 'offline')
    expect(await write(ivan, 'client', id, { name: 'Не вышло' })).toBeNull()
    expect(await write(ivan, 'client', other, { name: 'Вышло' })).toBeNull()
    await write(anna, 'client', id, { open: 'read' })
    await ivan.online()
    await rowIs(anna, 'client', other, (row) => row?.name === 'Вышло')
    await rowIs(ivan, 'client', id, (row) => row?.name === 'Ромашка' && row?.open === 'read')
    const rejectedNow = () => ivan.page.evaluate(() => window.lab.replica.base.rejected.toArray())
    await expect
      .poll(rejectedNow)
      .toMatchObject([{ doc: id, reason: 'forbidden', fields: { name: ['Ромашка', 'Не вышло'] } }])
    const rejected = await rejectedNow()
    expect(await rowOf(anna, 'client', id)).toMatchObject({ name: 'Ромашка' })

    // The page writes on under a fresh Yjs client id, to this record too once it may again.
    await write(anna, 'client', id, { open: 'write' })
    await rowIs(ivan, 'client', id, (row) => row?.open === 'write')
    const retried = await ivan.page.evaluate(
      (n) => window.lab.replica.retry(n),
      rejected[0]?.id ?? 0,
    )
    expect(retried.ok).toBe(true)
    await rowIs(anna, 'client', id, (row) => row?.name === 'Не вышло')
    await expect
      .poll(() => ivan.page.evaluate(() => window.lab.replica.base.rejected.count()))
      .toBe(0)
  })

  it('drops a waiting change on request, and nothing else of its record', async () => {
    const id = await sharedClient()
    await ivan.offline()
    await statusIs(ivan, 'offline')
    await write(ivan, 'client', id, { name: 'Передумал' })
    await write(ivan, 'client', id, { inn: '7707083893' })
    await ivan.page.evaluate(async (doc) => {
      const [first] = await window.lab.replica.base.outbox.where({ doc }).sortBy('n')
      if (first) await window.lab.replica.discard(first.n)
    }, id)
    expect(await rowOf(ivan, 'client', id)).toMatchObject({ name: 'Ромашка', inn: '7707083893' })
    await ivan.online()
    await rowIs(anna, 'client', id, (row) => row?.inn === '7707083893')
    expect(await rowOf(anna, 'client', id)).toMatchObject({ name: 'Ромашка' })
    await statusIs(ivan, 'saved')
  })

  it('forgets a record that its user may not see any more', async () => {
    const id = await sharedClient()
    await write(anna, 'client', id, { open: 'closed' })
    await rowIs(ivan, 'client', id, (row) => row === undefined)
    await expect
      .poll(() => ivan.page.evaluate((doc) => window.lab.replica.base.docs.get(doc), id))
      .toBeUndefined()
    await write(anna, 'client', id, { open: 'read' })
    await rowIs(ivan, 'client', id, (row) => row?.name === 'Ромашка')
  })

  it('edits a text letter by letter with others, with and without a network', async () => {
    const id = await sharedClient()
    const note = (device: Device) =>
      device.page.evaluate(() => window.lab.live.open.value.doc.getText('note').toString())
    const type = (device: Device, at: number, text: string) =>
      device.page.evaluate(
        ([at, text]) => window.lab.live.open.value.doc.getText('note').insert(at, text),
        [at, text] as const,
      )
    for (const device of [anna, ivan])
      await device.page.evaluate((doc) => window.lab.openLive('client', doc), id)
    await until('Ivan to be seen', async () =>
      (await anna.page.evaluate(() => window.lab.live.others.value.length)) === 1
        ? true
        : undefined,
    )
    await type(anna, 0, 'Звонить')
    await until('the letters at the other side', async () =>
      (await note(ivan)) === 'Звонить' ? true : undefined,
    )
    await ivan.offline()
    await type(ivan, 7, ' утром')
    await type(anna, 0, 'Не забыть. ')
    await ivan.online()
    for (const device of [anna, ivan]) {
      await until('both texts in one', async () =>
        (await note(device)) === 'Не забыть. Звонить утром' ? true : undefined,
      )
      await rowIs(device, 'client', id, (row) => row?.note === 'Не забыть. Звонить утром')
      await device.page.evaluate(() => window.lab.live.close())
    }
    await statusIs(ivan, 'saved')
  })

  it('sends a note with its file, whole, to those who may read it', async () => {
    const account = newId()
    const dialog = newId()
    await writeAsConnector(relay, 'account', account, {
      channel: 'mail',
      name: 'Продажи',
      address: 'sales@romashka.test',
      access: 'all',
    })
    await writeAsConnector(relay, 'dialog', dialog, {
      account,
      channel: 'mail',
      peer: { address: 'client@client.test' },
    })
    await rowIs(ivan, 'dialog', dialog, (row) => row !== undefined)
    const sent = await ivan.page.evaluate(async (id) => {
      const file = await window.lab.replica.putFile(
        new Blob(['смета'], { type: 'text/plain' }),
        'смета.txt',
      )
      if (!file.ok) return file.reason
      const message = { dialog: id, kind: 'note' as const, text: 'Вот', files: [file.value] }
      const result = await window.lab.replica.sendMessage(message)
      return result.ok ? null : result.reason
    }, dialog)
    expect(sent).toBeNull()
    const read = await until('the note and its file', () =>
      anna.page.evaluate(async (id) => {
        const [note] = await window.lab.newestMessages(id)
        const hash = note?.files?.[0]?.hash
        if (!note || !hash) return undefined
        const file = await window.lab.replica.readFile(hash)
        return { text: note.text, file: file.ok ? await file.value.text() : file.reason }
      }, dialog),
    )
    expect(read).toEqual({ text: 'Вот', file: 'смета' })
  })

  it('says that it restores an emptied base, and restores it', async () => {
    const id = await sharedClient()
    await relay.kill9()
    await ivan.page.evaluate(async () => {
      const { name } = window.lab.replica.base
      await window.lab.replica.close()
      await new Promise((resolve) => {
        indexedDB.deleteDatabase(name).onsuccess = resolve
      })
    })
    await ivan.page.reload()
    await ivan.page.evaluate(() => window.lab.open())
    // The relay is away: it stays so once the base has been asked.
    await expect
      .poll(() => ivan.page.evaluate(() => window.lab.replica.status.value.restoring))
      .toBe(true)
    await relay.restart()
    await rowIs(ivan, 'client', id, (row) => row?.name === 'Ромашка', 40_000)
    await until('the base to be complete', async () =>
      (await ivan.page.evaluate(() => window.lab.replica.status.value.complete)) ? true : undefined,
    )
    await statusIs(anna, 'saved', 40_000)
  })
})
