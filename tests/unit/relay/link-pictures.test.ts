/** Pictures of social networks: who may ask for them, and how they are told from other things (F55). */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { fail, ok } from '../../../shared/reasons.ts'
import { readConfig } from '../../../sync-server/config.ts'
import type { FindPicture } from '../../../sync-server/pictures/find-picture.ts'
import { pagePictures } from '../../../sync-server/pictures/page-pictures.ts'
import { pictureKind } from '../../../sync-server/pictures/picture-kind.ts'
import { newClient, openLab, type Person } from './lab.ts'
import { jpeg, png, webp } from './pictures.ts'

const face = png(200, 200)
const link = 'https://vk.test/anna'

/** A relay with a client that only Anna works with. */
const opened = async (
  find: FindPicture | null = async () => ok({ type: 'image/png', bytes: face }),
) => {
  let now = 1_800_000_000_000
  const lab = await openLab({ ...(find && { findPicture: find }), clock: () => now })
  const client = newId()
  await lab.anna.write('client', client, { ...newClient, managers: { [lab.anna.id]: true } })
  const ask = (who: Pick<Person, 'headers'>, asked: object = {}) =>
    lab.app.request('/api/pictures', {
      method: 'POST',
      headers: { ...who.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'client', id: client, link, ...asked }),
    })
  return { lab, client, ask, wait: (ms: number) => (now += ms) }
}
const reasonOf = async (answer: Response) => ((await answer.json()) as { reason: string }).reason

describe('the picture behind a link', () => {
  test('is given as a file of its kind that no browser runs', async () => {
    const { lab, ask } = await opened()
    const answer = await ask(lab.anna)
    expect(answer.status).toBe(200)
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(face)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': 'attachment',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
  })

  test('is for who may change the record, or make the one that the relay does not know yet', async () => {
    const { lab, ask, client } = await opened()
    const ivan = await lab.join('ivan@romashka.ru')
    // A new client is everybody's to make; one that Ivan cannot see is to him as one that is not there.
    expect((await ask(ivan, { id: newId() })).status).toBe(200)
    expect((await ask(ivan)).status).toBe(200)
    await lab.anna.write('client', client, { open: 'read' })
    expect(await reasonOf(await ask(ivan))).toBe('forbidden')
    await lab.anna.write('client', client, { open: 'write' })
    expect((await ask(ivan)).status).toBe(200)
    expect(await reasonOf(await ask({ headers: {} }))).toBe('signedOut')
  })

  test('may have an address in another alphabet, as long as a card keeps', async () => {
    const { lab, ask } = await opened()
    const { href } = new URL(`https://vk.test/${'ж'.repeat(484)}`)
    expect((await ask(lab.anna, { link: href })).status).toBe(200)
  })

  test('may be missing, and says why', async () => {
    const { lab, ask } = await opened(async () => fail('tooLarge'))
    expect((await ask(lab.anna)).status).toBe(413)
    expect(await reasonOf(await ask(lab.anna, { link: 'x'.repeat(3001) }))).toBe('invalidRequest')
    expect(await reasonOf(await ask(lab.anna, { type: 'task' }))).toBe('invalidRequest')
  })

  test('is not asked for where the operator does not want that', async () => {
    const { lab, ask } = await opened(null)
    expect(await reasonOf(await ask(lab.anna))).toBe('serviceNotConnected')
  })

  test('is asked for by one employee thirty times a minute', async () => {
    const { lab, ask, wait } = await opened()
    const ivan = await lab.join('ivan@romashka.ru')
    for (let n = 0; n < 30; n++) expect((await ask(lab.anna)).status).toBe(200)
    const refused = await ask(lab.anna)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('60')
    expect((await ask(ivan)).status).toBe(200)
    wait(60_000)
    expect((await ask(lab.anna)).status).toBe(200)
  })

  test('keeps the relay waiting for six of one employee and twelve of all at a time', async () => {
    let answer: () => void = () => undefined
    const slow = new Promise<void>((resolve) => {
      answer = resolve
    })
    let begun = 0
    const { lab, ask } = await opened(async () => {
      begun++
      await slow
      return fail('timedOut')
    })
    const people = [lab.anna, await lab.join('ivan@r.ru'), await lab.join('olga@r.ru')] as const
    const six = (who: Person) => Array.from({ length: 6 }, () => ask(who))
    const waiting = [...six(people[0]), ...six(people[1])]
    await expect.poll(() => begun).toBe(12)
    expect(await reasonOf(await ask(people[0]))).toBe('tooManyRequests')
    expect(await reasonOf(await ask(people[2]))).toBe('overloaded')
    answer()
    for (const one of waiting) expect((await one).status).toBe(504)
    expect((await ask(people[2])).status).toBe(504)
  })
})

describe('what a page names as its picture', () => {
  const page = new URL('https://vk.test/people/anna')
  const of = (html: string) => pagePictures(html, page).map(({ href }) => href)

  test('is taken in the order of what is meant for it, each once', () => {
    expect(
      of(`<LINK rel="image_src" href="/link.png">
        <meta name="twitter:image" content="tweet.png">
        <meta name='og:image' content='/a.png?x=1&amp;y=2'>
        <meta property="og:image" content="/b.png"><meta property="og:image" content="/b.png">
        <meta property="OG:image:secure_url" content=" https://cdn.test/s.png ">
        <meta property="og:image:width" content="200"><meta property="og:image" content="">`),
    ).toEqual([
      'https://cdn.test/s.png',
      'https://vk.test/a.png?x=1&y=2',
      'https://vk.test/b.png',
      'https://vk.test/people/tweet.png',
      'https://vk.test/link.png',
    ])
  })

  test('lies beside the base of the page, and is asked for by https', () => {
    expect(
      of(`<base href="http://cdn.test/pictures/"><meta property="og:image" content="a.png">
        <meta property="og:image" content="//other.test/b.png">`),
    ).toEqual(['https://cdn.test/pictures/a.png', 'https://other.test/b.png'])
  })

  test('is not what stands in scripts and comments, nor what may not be asked', () => {
    expect(
      of(`<script>'<meta property="og:image" content="/a.png">'</script>
        <!-- <meta property="og:image" content="/b.png"> -->
        <meta property="og:image" content="https://10.0.0.1/c.png">
        <meta property="og:image" content="file:///etc/passwd">`),
    ).toEqual([])
  })

  test('is not looked for in a page that is nothing but tags in tags', () => {
    const deep = '<div><p>'.repeat(60_000)
    expect(of(`${deep}<meta property="og:image" content="/a.png">`)).toEqual([])
  })
})

describe('the kind of a picture', () => {
  const gif = Buffer.from('GIF89a\x40\x01\xf0\x00', 'latin1')
  test.each([
    [png(320, 240), 'image/png'],
    [jpeg(320, 240), 'image/jpeg'],
    [webp.lossy(320, 240), 'image/webp'],
    [webp.lossless(320, 240), 'image/webp'],
    [gif, 'image/gif'],
  ])('is told by its bytes', (bytes, type) => {
    expect(pictureKind(bytes)).toEqual({ type, width: 320, height: 240 })
  })
  test.each([
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    '<!doctype html><img src=x>',
    'BM this is a bitmap of old',
    'RIFF....WAVEfmt ',
    'GIF89a',
    '\x89PNG\r\n\x1a\n',
    '',
  ])('is none for %j', (text) => {
    expect(pictureKind(Buffer.from(text, 'latin1'))).toBeNull()
  })
})

test('an operator switches pictures of links off by LINK_PICTURES', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'interes-config-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const env = {
    DATA_DIR: directory,
    SECRET_KEY: Buffer.alloc(32).toString('base64'),
    CONNECTOR_TOKEN: 'x'.repeat(16),
  }
  expect(readConfig(env).linkPictures).toBe(true)
  expect(readConfig({ ...env, LINK_PICTURES: '0' }).linkPictures).toBe(false)
  expect(() => readConfig({ ...env, LINK_PICTURES: 'no' })).toThrow('LINK_PICTURES')
})
