import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { openLab } from './lab.ts'

const page = '<!doctype html><title>Interes</title>'

const openClient = async () => {
  const clientDir = await mkdtemp(join(tmpdir(), 'interes-client-'))
  onTestFinished(() => rm(clientDir, { recursive: true, force: true }))
  await mkdir(join(clientDir, 'assets'))
  await writeFile(join(clientDir, 'index.html'), page)
  await writeFile(join(clientDir, 'sw.js'), 'self')
  await writeFile(join(clientDir, 'letter-frame.html'), '<!doctype html>')
  await writeFile(join(clientDir, 'assets', 'app-1a2b.js'), 'export {}')
  const { app } = await openLab({ clientDir })
  await writeFile(join(clientDir, 'index.html.gz'), gzipSync(page))
  await writeFile(join(clientDir, 'assets', 'app-1a2b.js.gz'), gzipSync('export {}'))
  await writeFile(join(clientDir, 'assets', 'program-1a2b.pack'), 'pack')
  return (path: string, accept = '*/*', encodings = '') =>
    app.request(path, { headers: { accept, 'accept-encoding': encodings } })
}

test('an address of the program is answered with its page, asked for anew each time', async () => {
  const get = await openClient()
  for (const path of ['/', '/clients/123', '/settings/mail']) {
    const answer = await get(path, 'text/html,*/*')
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe(page)
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self';")
  }
})

test('files named by their contents are kept for good, the service worker never', async () => {
  const get = await openClient()
  const asset = await get('/assets/app-1a2b.js')
  expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(asset.headers.get('content-type')).toContain('javascript')
  expect((await get('/sw.js')).headers.get('cache-control')).toBe('no-cache')
})

test('an asset of an older version is not found, rather than answered with the page', async () => {
  const get = await openClient()
  expect((await get('/assets/app-old.js', 'text/html')).status).toBe(404)
  expect((await get('/missing.png')).status).toBe(404)
})

test('files beside the client are out of reach', async () => {
  const get = await openClient()
  for (const path of ['/../package.json', '/..%2fpackage.json', '/%2e%2e/package.json'])
    expect(await (await get(path)).text()).not.toContain('"name"')
})

test('a letter is framed with no scripts and no network, but for pictures that were allowed', async () => {
  const get = await openClient()
  const policyOf = async (path: string) =>
    (await get(path)).headers.get('content-security-policy') ?? ''
  const closed = await policyOf('/letter-frame.html')
  expect(closed).toContain("default-src 'none'")
  expect(closed).not.toContain('script-src')
  expect(closed).not.toContain('https:')
  expect(await policyOf('/letter-frame.html?pictures')).toContain('img-src blob: data: https:')
})

test('a browser that takes gzip is sent what the build compressed, with the same headers', async () => {
  const get = await openClient()
  for (const [path, text] of [
    ['/assets/app-1a2b.js', 'export {}'],
    ['/', page],
    ['/clients/123', page],
  ] as const) {
    const [whole, small] = await Promise.all([
      get(path, 'text/html,*/*'),
      get(path, 'text/html,*/*', 'gzip, deflate, br'),
    ])
    expect(await whole.text()).toBe(text)
    expect(whole.headers.get('content-encoding')).toBe(null)
    const bytes = Buffer.from(await small.arrayBuffer())
    expect(gunzipSync(bytes).toString()).toBe(text)
    expect(small.headers.get('content-encoding')).toBe('gzip')
    expect(small.headers.get('content-length')).toBe(String(bytes.length))
    for (const name of ['content-type', 'cache-control', 'content-security-policy', 'vary'])
      expect(small.headers.get(name)).toBe(whole.headers.get(name))
    expect(small.headers.get('vary')).toBe('accept-encoding')
  }
})

test('what has nothing compressed beside it is sent as it is: the pack, a file too small to gain', async () => {
  const get = await openClient()
  for (const path of ['/assets/program-1a2b.pack', '/sw.js']) {
    const answer = await get(path, '*/*', 'gzip, deflate, br')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-encoding')).toBe(null)
  }
})
