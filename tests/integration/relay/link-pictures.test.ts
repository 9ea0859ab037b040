/** The relay fetches pictures of profiles from sites with real TLS, and from nowhere else (F55). */
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { createFindPicture } from '../../../sync-server/pictures/find-picture.ts'
import { createOutside } from '../../../sync-server/pictures/outside.ts'
import { listen } from '../../../sync-server/server.ts'
import {
  content,
  type FakeInternet,
  openGraph,
  type Page,
  profile,
  redirect,
  startInternet,
} from '../../lab/social.ts'
import { company, cookieOf, openTestRelay } from '../../unit/relay/lab.ts'
import { jpeg, png } from '../../unit/relay/pictures.ts'

const face = png(320, 320)
const hosts = ['vk.test', 'cdn.test', 'xn--80aswg.test', 'inside.test', 'changing.test']

let internet: FakeInternet
/** What the DNS says; other names are unknown. */
let dns: Record<string, string[]>
let lookups: string[]

beforeAll(async () => {
  internet = await startInternet(hosts)
})
afterAll(() => internet.stop())
beforeEach(() => {
  internet.asked.length = 0
  dns = Object.fromEntries(hosts.map((host) => [host, ['127.0.0.1']]))
  lookups = []
})

/** This machine alone is the open Internet of most tests. */
const isHere = (address: string) => address === '127.0.0.1'

const find = (
  link: string,
  {
    isAllowed = isHere,
    within = 50_000,
    ca = internet.ca,
    signal = new AbortController().signal,
  } = {},
) =>
  createFindPicture(
    createOutside({
      lookup: async (host) => {
        lookups.push(host)
        const addresses = dns[host]
        if (!addresses) throw new Error('ENOTFOUND')
        return addresses
      },
      isAllowed,
      port: internet.port,
      ca,
    }),
    within,
  )(link, signal)

const found = (bytes: Uint8Array, type = 'image/png') => ({
  ok: true,
  value: { type, bytes: Buffer.from(bytes) },
})

describe('the picture behind a link', () => {
  test('is the one that the page names, fetched from wherever it lies', async () => {
    internet.serve('vk.test/anna', openGraph('https://cdn.test/a.png?size=200&amp;crop=1'))
    internet.serve('cdn.test/a.png?size=200&crop=1', content('image/png', face))
    expect(await find('https://vk.test/anna')).toEqual(found(face))
    expect(internet.asked).toEqual(['vk.test/anna', 'cdn.test/a.png?size=200&crop=1'])
  })

  test('is asked for without cookies, credentials and what page led there', async () => {
    internet.serve('vk.test/cookie', (_, response) =>
      response
        .writeHead(200, { 'content-type': 'text/html', 'set-cookie': 'id=1' })
        .end('<meta property=og:image content=/a.png>'),
    )
    internet.serve('vk.test/a.png', content('image/png', face))
    expect(await find('vk.test/cookie')).toMatchObject({ reason: 'invalidAddress' })
    expect(await find('http://vk.test/cookie')).toEqual(found(face))
    expect(Object.keys(internet.headers).sort()).toEqual([
      'accept',
      'accept-encoding',
      'accept-language',
      'connection',
      'host',
      'user-agent',
    ])
    expect(internet.headers).toMatchObject({ 'accept-encoding': 'identity', host: 'vk.test' })
    expect(internet.headers['user-agent']).toContain('Interes CRM')
  })

  test('may be the link itself, of a kind that its bytes say', async () => {
    internet.serve('vk.test/photo', content('image/png', jpeg(640, 480)))
    expect(await find('https://vk.test/photo')).toEqual(found(jpeg(640, 480), 'image/jpeg'))
  })

  test('is the next one that the page names where the first is not there', async () => {
    const head = ['/gone.png', '/a.png']
      .map((address) => `<meta property="og:image" content="${address}">`)
      .join('')
    internet.serve('vk.test/two', profile(head))
    internet.serve('vk.test/a.png', content('image/png', face))
    expect(await find('https://vk.test/two')).toEqual(found(face))
  })

  test('is found under a name in another alphabet, and over three redirects', async () => {
    internet.serve('xn--80aswg.test/1', redirect('/2', 301))
    internet.serve('xn--80aswg.test/2', redirect('http://vk.test/3', 307))
    internet.serve('vk.test/3', redirect('//vk.test/4'))
    internet.serve('vk.test/4', content('image/png', face))
    expect(await find('https://сайт.test/1')).toEqual(found(face))
    // Each is a request of its own, looked up and judged.
    expect(lookups).toEqual(['xn--80aswg.test', 'xn--80aswg.test', 'vk.test', 'vk.test'])
  })
})

describe('where there is none', () => {
  test.each([
    ['the page names none', profile('<meta property="og:title" content="Анна">')],
    ['it is a page', openGraph('/page')],
    ['it is an SVG', openGraph('/svg')],
    ['the link is to something else', content('application/pdf', '%PDF-1.7')],
    ['Telegram knows no such name', openGraph('https://vk.test/img/t_logo_2x.png')],
    ['it lies inside the page', openGraph('data:image/png;base64,AAAA')],
  ])('it is said: %s', async (_, page) => {
    internet.serve('vk.test/none', page)
    internet.serve('vk.test/page', content('image/png', '<!doctype html><script>alert(1)</script>'))
    internet.serve(
      'vk.test/svg',
      content('image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'),
    )
    internet.serve('vk.test/img/t_logo_2x.png', content('image/png', face))
    expect(await find('https://vk.test/none')).toEqual({ ok: false, reason: 'notFound' })
  })

  test('or nobody has the address, or the site refuses or asks to sign in', async () => {
    expect(await find('https://vk.test/nobody')).toMatchObject({ reason: 'notFound' })
    expect(await find('https://unknown.test/')).toMatchObject({ reason: 'hostUnknown' })
    internet.serve('vk.test/closed', (_, response) => response.writeHead(403).end())
    expect(await find('https://vk.test/closed')).toMatchObject({ reason: 'serviceUnavailable' })
    internet.serve('vk.test/id1', redirect('https://vk.test/badbrowser.php'))
    internet.serve('vk.test/badbrowser.php', openGraph('/a.png'))
    internet.serve('vk.test/a.png', content('image/png', face))
    expect(await find('https://vk.test/id1')).toMatchObject({ reason: 'serviceUnavailable' })
  })
})

describe('what is inside is never asked', () => {
  /** The judge of production: to it all of this machine is inside. */
  const outside = (link: string, addresses?: string[]) => {
    if (addresses) dns['inside.test'] = addresses
    return createFindPicture(
      createOutside({
        lookup: async (host) => dns[host] ?? [],
        port: internet.port,
        ca: internet.ca,
      }),
    )(link, new AbortController().signal)
  }

  test.each([
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://169.254.169.254/latest/meta-data/',
    'https://10.1.2.3/',
    'https://0.0.0.0/',
    'https://0/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://127.1/',
    'https://①②⑦.⓪.⓪.①/',
    'https://8.8.8.8/',
    'https://localhost/',
    'https://localhost./',
    'https://relay/',
    'https://vk.test:8443/',
    'https://vk.test:80/',
    'http://vk.test:8080/',
    'https://anna:secret@vk.test/',
    'https://vk.test@inside.test/',
    'ftp://vk.test/',
    'file:///etc/passwd',
    'gopher://vk.test/',
    'data:text/html,<meta property=og:image content=x>',
    'javascript:alert(1)',
    'blob:https://vk.test/1',
  ])('by the link %s', async (link) => {
    expect(await outside(link)).toEqual({ ok: false, reason: 'hostNotAllowed' })
    expect(await find(link)).toEqual({ ok: false, reason: 'hostNotAllowed' })
    expect(internet.asked).toEqual([])
  })

  test.each([
    [['127.0.0.1']],
    [['::1']],
    [['::ffff:127.0.0.1']],
    [['::ffff:7f00:1']],
    [['169.254.169.254']],
    [['10.0.0.8']],
    [['172.16.0.1']],
    [['192.168.0.1']],
    [['100.64.0.1']],
    [['0.0.0.0']],
    [['::']],
    [['fd00::1']],
    [['fe80::1']],
    [['64:ff9b::7f00:1']],
    [['2002:7f00:1::']],
    // One of two: which one is taken would be chance.
    [['93.184.216.34', '127.0.0.1']],
  ])('by a name whose addresses are %j', async (addresses) => {
    expect(await outside('https://inside.test/', addresses)).toMatchObject({
      reason: 'hostNotAllowed',
    })
    expect(internet.asked).toEqual([])
  })

  test.each([
    'https://inside.test/secret.png',
    'https://127.0.0.1/secret.png',
    'http://[::1]/secret.png',
    'https://vk.test:8443/secret.png',
    'file:///etc/passwd',
  ])('by a redirect or a picture of a good page to %s', async (address) => {
    dns['inside.test'] = ['10.0.0.8']
    internet.serve('vk.test/out', redirect(address))
    internet.serve('vk.test/page', openGraph(address))
    internet.serve('inside.test/secret.png', content('image/png', face))
    expect(await find('https://vk.test/out')).toMatchObject({ reason: 'hostNotAllowed' })
    expect(await find('https://vk.test/page')).toMatchObject({ ok: false })
    expect(internet.asked).toEqual(['vk.test/out', 'vk.test/page'])
  })

  test('by a DNS that answers differently the second time', async () => {
    const answers = [['127.0.0.1'], ['10.0.0.8']]
    Object.defineProperty(dns, 'changing.test', { get: () => answers.shift() })
    internet.serve('changing.test/', content('image/png', face))
    // The judged address is the one that is connected to: the second answer is never asked for.
    expect(await find('https://changing.test/')).toEqual(found(face))
    expect(lookups).toEqual(['changing.test'])
    // And where the second answer is asked for, it is judged as the first was.
    internet.serve('changing.test/again', redirect('/'))
    answers.splice(0, 2, ['127.0.0.1'], ['10.0.0.8'])
    expect(await find('https://changing.test/again')).toMatchObject({ reason: 'hostNotAllowed' })
  })

  test('by a machine that has the address but not the name', async () => {
    dns['stranger.test'] = ['127.0.0.1']
    internet.serve('stranger.test/', content('image/png', face))
    expect(await find('https://stranger.test/')).toMatchObject({ reason: 'serviceUnavailable' })
    expect(await find('https://vk.test/', { ca: '' })).toMatchObject({
      reason: 'serviceUnavailable',
    })
    expect(internet.asked).toEqual([])
  })
})

describe('what would hold the relay up', () => {
  const endless =
    (type: string, chunk: Buffer): Page =>
    (_, response) => {
      response.writeHead(200, { 'content-type': type })
      const write = () => {
        while (!response.destroyed && response.write(chunk)) sent += chunk.length
        if (!response.destroyed) response.once('drain', write)
      }
      write()
    }
  let sent = 0
  const nobodyWaits = () => expect.poll(() => internet.open()).toBe(0)

  test('a page without an end is read as far as a head goes', async () => {
    const head = Buffer.alloc(64 * 1024, '<meta property="og:image" content="/a.png">')
    internet.serve('vk.test/endless', endless('text/html', head))
    internet.serve('vk.test/a.png', content('image/png', face))
    sent = 0
    expect(await find('https://vk.test/endless')).toEqual(found(face))
    await nobodyWaits()
    // Half a megabyte, and what lies in buffers on the way.
    expect(sent).toBeLessThan(16 * 1024 * 1024)
  })

  test('a picture without an end, or that says it is larger, is too large', async () => {
    const start = Buffer.concat([face, Buffer.alloc(64 * 1024)])
    internet.serve('vk.test/endless.png', endless('image/png', start))
    expect(await find('https://vk.test/endless.png')).toMatchObject({ reason: 'tooLarge' })
    internet.serve('vk.test/large.png', (_, response) =>
      response
        .writeHead(200, { 'content-type': 'image/png', 'content-length': 6_000_000 })
        .write(face),
    )
    expect(await find('https://vk.test/large.png')).toMatchObject({ reason: 'tooLarge' })
    internet.serve('vk.test/wide.png', content('image/png', png(60_000, 60_000)))
    expect(await find('https://vk.test/wide.png')).toMatchObject({ reason: 'tooLarge' })
    await nobodyWaits()
  })

  test('what is packed is not unpacked', async () => {
    internet.serve('vk.test/bomb', (_, response) =>
      response
        .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
        .end(gzipSync(Buffer.alloc(10_000_000))),
    )
    expect(await find('https://vk.test/bomb')).toMatchObject({ reason: 'serviceUnavailable' })
    await nobodyWaits()
  })

  test('fifty redirects are followed three times', async () => {
    for (let n = 0; n < 50; n++) internet.serve(`vk.test/hop/${n}`, redirect(`/hop/${n + 1}`))
    expect(await find('https://vk.test/hop/0')).toMatchObject({ reason: 'serviceUnavailable' })
    expect(internet.asked).toHaveLength(4)
  })

  test('who goes over to another protocol is left at once', async () => {
    internet.serve('vk.test/upgrade', (_, { socket }) =>
      socket?.write(
        'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n',
      ),
    )
    expect(await find('https://vk.test/upgrade')).toMatchObject({ reason: 'serviceUnavailable' })
    await nobodyWaits()
  })

  test('who answers byte by byte, or not at all, is given up', async () => {
    internet.serve('vk.test/silent', () => undefined)
    internet.serve('vk.test/slow', (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      const drip = setInterval(() => response.write('<'), 20)
      response.once('close', () => clearInterval(drip))
    })
    const within = 300
    expect(await find('https://vk.test/silent', { within })).toMatchObject({ reason: 'timedOut' })
    expect(await find('https://vk.test/slow', { within })).toMatchObject({ reason: 'timedOut' })
    await nobodyWaits()
  })

  test('a DNS that does not answer is given up too', async () => {
    const outside = createOutside({ lookup: () => new Promise(() => undefined) })
    const asked = createFindPicture(outside, 50)('https://vk.test/', new AbortController().signal)
    expect(await asked).toMatchObject({ reason: 'timedOut' })
  })

  test('who asked and went away takes the request along', async () => {
    const gone = new AbortController()
    internet.serve('vk.test/waiting', () => gone.abort())
    expect(await find('https://vk.test/waiting', { signal: gone.signal })).toMatchObject({
      ok: false,
    })
    await nobodyWaits()
  })
  test('a device that hangs up is not asked for any more', async () => {
    let begun: (signal: AbortSignal) => void = () => undefined
    const asked = new Promise<AbortSignal>((resolve) => {
      begun = resolve
    })
    const relay = await openTestRelay({
      findPicture: (_, signal) => {
        begun(signal)
        return new Promise((resolve) =>
          signal.addEventListener('abort', () => resolve({ ok: false, reason: 'timedOut' })),
        )
      },
    })
    const server = await listen(relay, 0, '127.0.0.1')
    onTestFinished(() => server.stop())
    const body = JSON.stringify(company)
    const signedIn = await fetch(`${server.url}/api/setup`, { method: 'POST', body })
    const device = new AbortController()
    const answer = fetch(`${server.url}/api/pictures`, {
      method: 'POST',
      headers: { cookie: cookieOf(signedIn) },
      body: JSON.stringify({ type: 'client', id: newId(), link: 'https://vk.test/' }),
      signal: device.signal,
    })
    const signal = await asked
    device.abort()
    await expect(answer).rejects.toThrow()
    await expect.poll(() => signal.aborted).toBe(true)
  })
})
