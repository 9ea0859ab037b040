/** The five letters of the first slice, as other mail programs would write them. */
import { createHash } from 'node:crypto'

const crlf = '\r\n'

/** Encodes a text in a single-byte charset, by turning the decoder's table around. */
const encode = (text: string, charset: 'koi8-r' | 'windows-1251'): Buffer => {
  const high = new TextDecoder(charset).decode(Uint8Array.from({ length: 128 }, (_, i) => 128 + i))
  return Buffer.from(
    [...text].map((letter) => {
      const code = letter.charCodeAt(0)
      return code < 128 ? code : 128 + high.indexOf(letter)
    }),
  )
}

/** RFC 2047 encoded word. */
const word = (text: string, charset: 'koi8-r' | 'windows-1251' | 'utf-8'): string => {
  const bytes = charset === 'utf-8' ? Buffer.from(text) : encode(text, charset)
  return `=?${charset}?B?${bytes.toString('base64')}?=`
}

const wrapped = (bytes: Uint8Array): string =>
  (
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join(crlf)

const head = (lines: string[]): string =>
  [...lines, 'To: sales@romashka.test', 'MIME-Version: 1.0'].join(crlf)

export interface OutsideLetter {
  from: string
  subject: string
  /** Words of the text that must be readable on every device. */
  says: string
  raw: Buffer
}

const client = 'client@client.test'

export const koi8: OutsideLetter = {
  from: client,
  subject: 'Вопрос о поставке',
  says: 'Добрый день! Когда сможете отгрузить ёмкости?',
  get raw() {
    return Buffer.concat([
      Buffer.from(
        head([
          `From: ${word('Фёдор Лютиков', 'koi8-r')} <${client}>`,
          `Subject: ${word(this.subject, 'koi8-r')}`,
          'Message-ID: <koi8@client.test>',
          `Date: ${new Date().toUTCString()}`,
          'Content-Type: text/plain; charset=koi8-r',
          'Content-Transfer-Encoding: 8bit',
        ]) +
          crlf +
          crlf,
      ),
      encode(this.says, 'koi8-r'),
      Buffer.from(crlf),
    ])
  },
}

export const cp1251: OutsideLetter = {
  from: 'anna@client.test',
  subject: 'Счёт № 15',
  says: 'Просим выставить счёт на 1 250 000 рублей.',
  get raw() {
    return Buffer.concat([
      Buffer.from(
        head([
          `From: ${word('Анна Павлова', 'windows-1251')} <anna@client.test>`,
          `Subject: ${word(this.subject, 'windows-1251')}`,
          'Message-ID: <cp1251@client.test>',
          `Date: ${new Date().toUTCString()}`,
          'Content-Type: text/plain; charset=windows-1251',
          'Content-Transfer-Encoding: base64',
        ]) +
          crlf +
          crlf +
          wrapped(encode(this.says, 'windows-1251')) +
          crlf,
      ),
    ])
  },
}

/** A red dot, 1×1. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
)

export const htmlOnly: OutsideLetter = {
  from: 'boss@firma.test',
  subject: 'Приглашение на выставку',
  says: 'Ждём вас на стенде',
  get raw() {
    const html = `<html><body><h1>Выставка</h1><p style="color:#333">${this.says} <b>A-12</b></p><img src="cid:logo@firma.test" alt="Логотип"><script>document.title='взломано'</script></body></html>`
    return Buffer.from(
      [
        head([
          `From: ${word('Борис Громов', 'utf-8')} <boss@firma.test>`,
          `Subject: ${word(this.subject, 'utf-8')}`,
          'Message-ID: <html@firma.test>',
          `Date: ${new Date().toUTCString()}`,
          'Content-Type: multipart/related; boundary="rel"',
        ]),
        '',
        '--rel',
        'Content-Type: text/html; charset=utf-8',
        'Content-Transfer-Encoding: base64',
        '',
        wrapped(Buffer.from(html)),
        '--rel',
        'Content-Type: image/png; name="logo.png"',
        'Content-Transfer-Encoding: base64',
        'Content-ID: <logo@firma.test>',
        'Content-Disposition: inline; filename="logo.png"',
        '',
        wrapped(picture),
        '--rel--',
        '',
      ].join(crlf),
    )
  },
}

/** 8 MB that do not compress: the digest of a counter, over and over. */
export const attachment: Buffer = Buffer.concat(
  Array.from({ length: (8 * 1024 * 1024) / 64 }, (_, i) =>
    createHash('sha512').update(`${i}`).digest(),
  ),
)

export const heavy: OutsideLetter = {
  from: 'olga@firma.test',
  subject: 'Чертежи',
  says: 'Во вложении чертежи, посмотрите, пожалуйста.',
  get raw() {
    return Buffer.from(
      [
        head([
          `From: ${word('Ольга', 'utf-8')} <olga@firma.test>`,
          `Subject: ${word(this.subject, 'utf-8')}`,
          'Message-ID: <heavy@firma.test>',
          `Date: ${new Date().toUTCString()}`,
          'Content-Type: multipart/mixed; boundary="mix"',
        ]),
        '',
        '--mix',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: base64',
        '',
        wrapped(Buffer.from(this.says)),
        '--mix',
        "Content-Type: application/octet-stream; name*=utf-8''%D1%87%D0%B5%D1%80%D1%82%D0%B5%D0%B6.dwg",
        'Content-Transfer-Encoding: base64',
        "Content-Disposition: attachment; filename*=utf-8''%D1%87%D0%B5%D1%80%D1%82%D0%B5%D0%B6.dwg",
        '',
        wrapped(attachment),
        '--mix--',
        '',
      ].join(crlf),
    )
  },
}

export const inThread: OutsideLetter = {
  from: client,
  subject: 'Re: Вопрос о поставке',
  says: 'И ещё: нужна доставка до склада в Туле.',
  get raw() {
    return Buffer.from(
      [
        head([
          `From: ${word('Фёдор Лютиков', 'utf-8')} <${client}>`,
          `Subject: ${word(this.subject, 'utf-8')}`,
          'Message-ID: <thread@client.test>',
          'In-Reply-To: <koi8@client.test>',
          'References: <koi8@client.test>',
          `Date: ${new Date().toUTCString()}`,
          'Content-Type: text/plain; charset=utf-8',
          'Content-Transfer-Encoding: base64',
        ]),
        '',
        wrapped(Buffer.from(this.says)),
        '',
      ].join(crlf),
    )
  },
}
