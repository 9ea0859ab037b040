/** The program on its way to a device: the pack that the build makes, and what an install fetches of it. */
import { expect, test } from 'vitest'
import { type Part, packParts, unpackParts } from '../../../client/program/pack.ts'
import { type Program, takeAlong } from '../../../client/program/take-along.ts'

const script = 'text/javascript; charset=utf-8'
const origin = 'https://crm.example.ru/'
const page = `${origin}index.html`

const partOf = (name: string): Part => ({
  url: `${origin}assets/${name}.js`,
  type: script,
  bytes: new TextEncoder().encode(`export const ${name} = 1`),
})

/** As the relay answers the request for the pack. */
const headers = new Headers({
  'content-security-policy': "default-src 'self'",
  'content-type': 'application/octet-stream',
  'content-length': '1075068',
  etag: '"1"',
})

/** A device that holds `kept` and is to hold all of `names`, as an update finds it, and its page. */
const deviceWith = (names: readonly string[], kept: readonly string[] = []) => {
  const parts = names.map(partOf)
  const cache = new Map<string, Response>(
    kept.map((name) => [partOf(name).url, new Response('kept')]),
  )
  const asked: string[] = []
  const pageKey = `${page}?__WB_REVISION__=2`
  const program: Program = {
    files: new Map([...parts.map(({ url }) => [url, url] as const), [page, pageKey]]),
    packed: new Set(parts.map(({ url }) => url)),
    cache: {
      keys: async () => [...cache.keys()].map((url) => ({ url })),
      put: async (key, response) => {
        cache.set(key, response)
      },
    },
    fetchPack: async () => {
      asked.push('pack')
      return { headers, parts }
    },
    fetchFile: async (url, key) => {
      asked.push(url)
      cache.set(key, new Response('fetched'))
    },
  }
  return { program, cache, asked, urls: parts.map(({ url }) => url), pageKey }
}

const names = (count: number) => Array.from({ length: count }, (_, n) => `part${n}`)

test('a pack gives its parts back as they were put in, an empty one too', async () => {
  const parts = [
    { url: 'assets/a-1.js', type: script, bytes: new TextEncoder().encode('«ё»') },
    { url: 'assets/b-2.css', type: 'text/css', bytes: new Uint8Array() },
    { url: 'assets/c-3.woff2', type: 'font/woff2', bytes: new Uint8Array([0, 255, 10]) },
  ]
  expect(await unpackParts(await packParts(parts))).toEqual(parts)
})

test('an empty device takes all parts in one request, and what is not in the pack besides', async () => {
  const { program, cache, asked, urls, pageKey } = deviceWith(names(30))
  await takeAlong(program)
  expect(asked).toEqual(['pack', page])
  expect([...cache.keys()]).toEqual([...urls, pageKey])
  const [first = ''] = urls
  expect(await cache.get(first)?.text()).toBe('export const part0 = 1')
})

test('a part of the pack has the headers the relay sends with everything, and its own type', async () => {
  const { program, cache, urls } = deviceWith(names(1))
  await takeAlong(program)
  const own = cache.get(urls[0] ?? '')?.headers
  expect(Object.fromEntries(own ?? [])).toEqual({
    'content-security-policy': "default-src 'self'",
    'content-type': script,
  })
})

test('an update that changed a few parts fetches these only', async () => {
  const all = names(30)
  const { program, cache, asked, urls } = deviceWith(all, all.slice(2))
  await takeAlong(program)
  expect(asked).toEqual([...urls.slice(0, 2), page])
  expect(await cache.get(urls[2] ?? '')?.text()).toBe('kept')
})

test('an update that changed most parts takes the pack, and keeps what it had', async () => {
  const all = names(30)
  const { program, cache, asked, urls } = deviceWith(all, all.slice(20))
  await takeAlong(program)
  expect(asked).toEqual(['pack', page])
  expect(await cache.get(urls[0] ?? '')?.text()).toBe('export const part0 = 1')
  expect(await cache.get(urls[20] ?? '')?.text()).toBe('kept')
})

test('a pack that cannot be had fails the install, and nothing else is fetched', async () => {
  const { program, cache, asked } = deviceWith(names(30))
  const fetchPack = () => Promise.reject(new Error('404'))
  await expect(takeAlong({ ...program, fetchPack })).rejects.toThrow('404')
  expect([...cache.keys(), ...asked]).toEqual([])
})

test('files come some at once; one that fails fails the install, and the next try fetches the rest', async () => {
  const all = names(100)
  const { program, cache, asked, urls } = deviceWith(all, all.slice(49))
  let running = 0
  let most = 0
  const fetchFile = async (url: string, key: string) => {
    running += 1
    most = Math.max(most, running)
    await Promise.resolve()
    running -= 1
    if (url === urls[30]) throw new Error('cut off')
    await program.fetchFile(url, key)
  }
  await expect(takeAlong({ ...program, fetchFile })).rejects.toThrow('cut off')
  expect(most).toBe(12)
  const came = new Set(asked)
  expect(came.size).toBeGreaterThanOrEqual(30)
  expect(came.size).toBeLessThan(49)
  expect(cache.has(urls[30] ?? '')).toBe(false)

  asked.length = 0
  await takeAlong(program)
  expect(new Set(asked)).toEqual(
    new Set([...urls.slice(0, 49), page].filter((url) => !came.has(url))),
  )
})

test('a full device fails the install', async () => {
  const { program } = deviceWith(names(30))
  const put = () => Promise.reject(new DOMException('full', 'QuotaExceededError'))
  await expect(takeAlong({ ...program, cache: { ...program.cache, put } })).rejects.toThrow('full')
})
