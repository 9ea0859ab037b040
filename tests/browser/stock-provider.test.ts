import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import WebSocket from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { newId } from '../../shared/ids.ts'
import { type Device, launchBrowser } from '../lab/chromium.ts'
import { until } from '../lab/processes.ts'
import { type Relay, startRelay } from '../lab/relay.ts'
import { invitedDevice, rowIs, setUpDevice, statusIs, write } from './replica/people.ts'
import { type ServedPage, servePage } from './replica/served-page.ts'

/** `name=value` pairs of a device's cookies, as its browser would send them. */
const cookieOf = async ({ context }: Device): Promise<string> =>
  (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')

/** The provider as it comes from npm, in Node: the cookie is all it is told. */
const open = (relay: Relay, id: string, cookie: string) => {
  class Socket extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, { headers: { cookie } })
    }
  }
  const doc = new Y.Doc()
  const url = `${relay.url.replace('http', 'ws')}/live`
  const provider = new WebsocketProvider(url, id, doc, {
    // The DOM's type of a constructor differs from that of `ws`, which y-websocket names in its own examples.
    WebSocketPolyfill: Socket as unknown as typeof globalThis.WebSocket,
    disableBc: true,
  })
  const closedWith = new Promise<number | undefined>((resolve) => {
    provider.on('connection-close', (event) => resolve(event?.code))
  })
  return { doc, provider, closedWith }
}

describe('a stock y-websocket client', () => {
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
  })

  afterAll(async () => {
    await anna?.close()
    await ivan?.close()
    await browser?.close()
    await served?.close()
    await relay?.stop()
  })

  const clientOfAnna = async (open: 'closed' | 'write'): Promise<string> => {
    const id = newId()
    const patch = { kind: 'organisation', name: 'Ромашка', open, note: 'Звонить утром.' }
    expect(await write(anna, 'client', id, patch)).toBeNull()
    await statusIs(anna, 'saved')
    return id
  }

  it('edits a record that both devices then hold, also after the relay was killed', async () => {
    const id = await clientOfAnna('write')
    const { doc, provider } = open(relay, id, await cookieOf(ivan))
    try {
      const note = doc.getText('note')
      await until('the note has come', () => (note.length > 0 ? true : undefined))
      note.insert(note.length, ' Спросить Олега.')
      const expected = 'Звонить утром. Спросить Олега.'
      for (const device of [anna, ivan])
        await rowIs(device, 'client', id, (row) => row?.note === expected)
      await relay.kill9()
      await relay.restart()
      await write(anna, 'client', id, { inn: '7707083893' })
      await until('the change after the restart has come', () =>
        doc.getMap('f').get('inn') === '7707083893' ? true : undefined,
      )
      await rowIs(ivan, 'client', id, (row) => row?.note === expected && row.inn === '7707083893')
    } finally {
      provider.destroy()
    }
  })

  it('is closed with 4401 without a cookie and with 4403 without the right', async () => {
    const id = await clientOfAnna('closed')
    const stranger = open(relay, id, '')
    const colleague = open(relay, id, await cookieOf(ivan))
    expect(await stranger.closedWith).toBe(4401)
    expect(await colleague.closedWith).toBe(4403)
    stranger.provider.destroy()
    colleague.provider.destroy()
  })
})
