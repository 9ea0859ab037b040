import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
  return (path: string, accept = '*/*') => app.request(path, { headers: { accept } })
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
