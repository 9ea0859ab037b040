import { describe, expect, it } from 'vitest'
import { guessCharset } from '../../../connectors/mail/letter/charset.ts'
import { mendCharsets } from '../../../connectors/mail/letter/mend.ts'
import { parseLetter } from '../../../connectors/mail/letter/parse.ts'
import { letterParser } from '../../../connectors/mail/letter/parser.ts'
import { encode, multipart, raw } from './letters.ts'

const words = 'Добрый день, пришлите прайс на двутавры и швеллеры.'

describe('guessing a charset', () => {
  it.each(['koi8-r', 'windows-1251'] as const)('tells %s', (charset) => {
    for (const text of [words, words.toUpperCase(), 'Привет', 'Счёт №15 «Ромашка»', 'Да']) {
      expect(guessCharset(encode(text, charset)), text).toBe(charset)
    }
  })

  it('takes UTF-8 for what is UTF-8', () => {
    expect(guessCharset(Buffer.from(words))).toBe('utf-8')
  })
})

describe('a letter', () => {
  it.each(['koi8-r', 'windows-1251'] as const)(
    'in raw %s without a charset is read',
    async (charset) => {
      const letter = await parseLetter(
        raw(
          [
            'From: a@b.test',
            Buffer.concat([Buffer.from('Subject: '), encode('Заявка на поставку', charset)]),
          ],
          encode(words, charset),
        ),
      )
      expect(letter).toMatchObject({ parsed: true, subject: 'Заявка на поставку', text: words })
    },
  )

  it('is not touched where its charset is right', () => {
    const source = raw(['Content-Type: text/plain; charset=koi8-r'], encode(words, 'koi8-r'))
    expect(mendCharsets(source)).toBe(source)
    const french = raw(
      ['Content-Type: text/plain; charset=iso-8859-1'],
      encode('déjà vu, à bientôt', 'iso-8859-1'),
    )
    expect(mendCharsets(french)).toBe(french)
  })

  it('in windows-1251 that calls itself Western or ASCII is read', async () => {
    for (const label of ['iso-8859-1', 'us-ascii', 'x-unknown', 'utf-8']) {
      const letter = await parseLetter(
        raw(
          [`Content-Type: text/plain; charset=${label}`, 'Content-Transfer-Encoding: 8bit'],
          encode(words, 'windows-1251'),
        ),
      )
      expect(letter.text, label).toBe(words)
    }
  })

  it('with a Russian encoded word labelled Western is read', async () => {
    const word = encode('Счёт', 'windows-1251').toString('base64')
    const letter = await parseLetter(raw([`Subject: =?iso-8859-1?B?${word}?=`], 'x'))
    expect(letter.subject).toBe('Счёт')
  })

  it('mends the part of a multipart that needs it', async () => {
    const part = raw(['Content-Type: text/plain'], encode(words, 'koi8-r'))
    const other = raw(
      [
        'Content-Type: text/plain; charset=utf-8',
        'Content-Disposition: attachment; filename="u.txt"',
      ],
      'ж',
    )
    const letter = await parseLetter(multipart('multipart/mixed', [], [part, other]))
    expect(letter.text).toBe(words)
    expect(letter.files.map(({ name }) => name)).toEqual(['u.txt'])
  })

  it('of HTML alone gets text, and its pictures their ids', async () => {
    const html = raw(
      ['Content-Type: text/html; charset=utf-8'],
      '<h1>Заказ</h1><p>Строка<br>вторая</p><img src="cid:logo@x"><a href="https://x.test">ссылка</a>',
    )
    const picture = raw(
      [
        'Content-Type: image/png',
        'Content-ID: <logo@x>',
        'Content-Disposition: inline',
        'Content-Transfer-Encoding: base64',
      ],
      Buffer.from([1, 2, 3]).toString('base64'),
    )
    const letter = await parseLetter(multipart('multipart/related', [], [html, picture]))
    expect(letter.text).toContain('Заказ')
    expect(letter.text).toContain('Строка\nвторая')
    expect(letter.text).toContain('ссылка [https://x.test]')
    expect(letter.html).toContain('cid:logo@x')
    expect(letter.files).toMatchObject([{ cid: 'logo@x', inline: true, type: 'image/png' }])
    expect([...(letter.files[0]?.bytes ?? [])]).toEqual([1, 2, 3])
  })

  it('with two From headers is from the first', async () => {
    const letter = await parseLetter(raw(['From: real@a.test', 'From: forged@b.test'], ''))
    expect(letter.from?.address).toBe('real@a.test')
  })

  it('from a group or from nobody has no sender', async () => {
    expect((await parseLetter(raw(['From: Team: a@x.test, b@x.test;'], ''))).from?.address).toBe(
      'a@x.test',
    )
    expect((await parseLetter(raw(['From: "" (Mail Delivery System)'], ''))).from).toBeNull()
  })

  it('keeps a winmail.dat and gives a name to what has none', async () => {
    const tnef = raw(
      ['Content-Type: application/ms-tnef; name=winmail.dat', 'Content-Transfer-Encoding: base64'],
      'AQID',
    )
    const nameless = raw(['Content-Type: image/png', 'Content-Disposition: attachment'], 'x')
    const path = raw(
      ['Content-Type: text/csv', 'Content-Disposition: attachment; filename="../../etc/passwd"'],
      'x',
    )
    const { files } = await parseLetter(multipart('multipart/mixed', [], [tnef, nameless, path]))
    expect(files.map(({ name }) => name)).toEqual(['winmail.dat', '2.png', '.._.._etc_passwd'])
  })

  it('nested beyond reason is kept as not parsed, with what its headers say', async () => {
    let body = raw(['Content-Type: text/plain'], 'deep')
    for (let level = 0; level < 300; level++) {
      body = multipart(
        'multipart/mixed',
        level === 299 ? ['Subject: deep', 'From: a@b.test'] : [],
        [body],
        `b${level}`,
      )
    }
    expect(await parseLetter(body)).toMatchObject({
      parsed: false,
      subject: 'deep',
      from: { address: 'a@b.test' },
      text: '',
    })
  })

  it('of any bytes never throws', async () => {
    let seed = 7
    for (let round = 0; round < 200; round++) {
      const bytes = Buffer.alloc(200)
      for (let at = 0; at < bytes.length; at++) {
        seed = (seed * 1103515245 + 12345) % 2 ** 31
        bytes[at] = seed >> 16
      }
      await parseLetter(bytes)
      await parseLetter(
        Buffer.concat([
          Buffer.from('Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\n'),
          bytes,
        ]),
      )
    }
  })

  it('with a date that cannot be has none', async () => {
    expect((await parseLetter(raw(['Date: Mon, 02 Mar 2026 10:00:00 +0300'], ''))).date).toBe(
      Date.UTC(2026, 2, 2, 7),
    )
    expect((await parseLetter(raw(['Date: yesterday'], ''))).date).toBeNull()
    expect((await parseLetter(raw(['Date: Thu, 01 Jan 1970 00:00:00 +0000'], ''))).date).toBeNull()
  })
})

describe('the parsing thread', () => {
  it('parses letters one after another', async () => {
    const parser = letterParser()
    const letters = await Promise.all(
      ['one', 'two', 'three'].map((text) => parser.parse(raw(['Subject: s'], text))),
    )
    expect(letters.map(({ text }) => text)).toEqual(['one', 'two', 'three'])
    await parser.close()
  })

  it('gives up on a letter over the time limit, and parses the next', async () => {
    const causes: string[] = []
    const hanging = new URL(
      `data:text/javascript,${encodeURIComponent('setInterval(() => {}, 1000); import("node:worker_threads").then(({ parentPort }) => parentPort.on("message", () => {}))')}`,
    )
    const parser = letterParser({
      program: hanging,
      timeLimit: 100,
      onBroken: (cause) => causes.push(cause),
    })
    expect((await parser.parse(raw(['Subject: s'], 'x'))).parsed).toBe(false)
    expect((await parser.parse(raw(['Subject: s'], 'y'))).parsed).toBe(false)
    expect(causes).toEqual(['over the time limit', 'over the time limit'])
    await parser.close()
  })
})
