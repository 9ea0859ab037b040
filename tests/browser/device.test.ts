import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import { launchBrowser, newDevice } from '../lab/chromium.ts'

/** A page with what the product uses: a stream read by a worker, a WebSocket, storage. */
const page = `<!doctype html><title>probe</title><script>
  window.said = []
  const worker = new Worker('/worker.js')
  worker.onmessage = ({ data }) => said.push(data)
  const socket = new WebSocket('ws://' + location.host + '/socket')
  socket.onopen = () => said.push('socket open')
  socket.onclose = () => said.push('socket closed')
</script>`

const worker = `
  (async () => {
    try {
      const reader = (await fetch('/stream')).body.getReader()
      postMessage('stream open')
      await reader.read()
      postMessage('stream read')
      await reader.read()
    } catch {
      postMessage('stream broken')
    }
  })()`

describe('a device of the browser laboratory', () => {
  let browser: Browser
  let server: Server
  let url: string

  beforeAll(async () => {
    browser = await launchBrowser()
    server = createServer((request, response) => {
      if (request.url === '/stream') {
        response.writeHead(200, { 'content-type': 'application/octet-stream' })
        response.flushHeaders()
        response.write('first')
      } else if (request.url === '/worker.js') {
        response.writeHead(200, { 'content-type': 'text/javascript' }).end(worker)
      } else {
        response.writeHead(200, { 'content-type': 'text/html' }).end(page)
      }
    })
    const sockets = new WebSocketServer({ server })
    sockets.on('connection', (socket) => socket.send('hello'))
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    url = `http://localhost:${typeof address === 'object' ? address?.port : ''}/`
  })

  afterAll(async () => {
    await browser.close()
    server.closeAllConnections()
    server.close()
  })

  const laptop = { width: 1440, height: 900 }

  it('loses open streams and sockets when its cable is pulled, and nothing gets through', async () => {
    const device = await newDevice(browser, laptop)
    await device.page.goto(url)
    const said = () => device.page.evaluate('said.toSorted()')
    await expect.poll(said).toEqual(['socket open', 'stream open', 'stream read'])

    await device.offline()
    await expect
      .poll(said)
      .toEqual(['socket closed', 'socket open', 'stream broken', 'stream open', 'stream read'])
    await expect.poll(() => device.page.evaluate('navigator.onLine')).toBe(false)
    await expect(device.page.evaluate("fetch('/')")).rejects.toThrow('Failed to fetch')

    await device.online()
    await expect.poll(() => device.page.evaluate('navigator.onLine')).toBe(true)
    await expect
      .poll(() => device.page.evaluate("fetch('/').then(({ status }) => status)"))
      .toBe(200)
    expect(device.problems).toEqual([])
    await device.close()
  })

  it('shares no storage with another device and may use what needs a secure address', async () => {
    const one = await newDevice(browser, laptop)
    const other = await newDevice(browser, { width: 390, height: 844, phone: true })
    for (const device of [one, other]) await device.page.goto(url)
    await one.page.evaluate("localStorage.setItem('whose', 'one')")
    await expect.poll(() => other.page.evaluate("localStorage.getItem('whose')")).toBe(null)
    await expect.poll(() => one.page.evaluate('isSecureContext')).toBe(true)
    await expect.poll(() => one.page.evaluate('innerWidth')).toBe(1440)
    await expect
      .poll(() => other.page.evaluate("matchMedia('(pointer: coarse)').matches"))
      .toBe(true)
    await Promise.all([one.close(), other.close()])
  })

  it('collects what went wrong in the page and in its workers', async () => {
    const device = await newDevice(browser, laptop)
    await device.page.goto(url)
    await device.page.evaluate("console.error('from the page')")
    await device.page.evaluate("setTimeout(() => { throw new Error('uncaught') })")
    await device.page.evaluate(
      `new Worker(URL.createObjectURL(new Blob(["console.error('from a worker')"]))); undefined`,
    )
    await expect.poll(() => device.problems.length).toBe(3)
    for (const text of ['from the page', 'uncaught', 'from a worker']) {
      expect(device.problems.some((problem) => problem.includes(text))).toBe(true)
    }
    await device.close()
  })
})
