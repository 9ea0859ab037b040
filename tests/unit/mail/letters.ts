/** Letters built by code, in the shapes that real ones have. */
import { emptyLetter, type Letter } from '../../../connectors/mail/letter/letter.ts'
import type { AccountRow } from '../../../shared/records/account.ts'

const encoders = new Map<string, Map<string, number>>()

/** Text in a single-byte charset, which Node can read but not write. */
export const encode = (text: string, charset: 'koi8-r' | 'windows-1251' | 'iso-8859-1'): Buffer => {
  let table = encoders.get(charset)
  if (!table) {
    const decoder = new TextDecoder(charset)
    table = new Map(
      Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]),
    )
    encoders.set(charset, table)
  }
  return Buffer.from([...text].map((sign) => table.get(sign) ?? '?'.charCodeAt(0)))
}

const crlf = Buffer.from('\r\n')
const bytesOf = (part: string | Buffer): Buffer =>
  typeof part === 'string' ? Buffer.from(part) : part

/** Header lines, then the body. A header line may be bytes of any charset. */
export const raw = (headers: (string | Buffer)[], body: string | Buffer = ''): Buffer =>
  Buffer.concat([...headers.flatMap((line) => [bytesOf(line), crlf]), crlf, bytesOf(body)])

export const multipart = (
  type: string,
  headers: string[],
  parts: Buffer[],
  boundary = 'b0undary',
): Buffer =>
  raw(
    [...headers, 'MIME-Version: 1.0', `Content-Type: ${type}; boundary="${boundary}"`],
    Buffer.concat([
      ...parts.flatMap((part) => [Buffer.from(`--${boundary}\r\n`), part, crlf]),
      Buffer.from(`--${boundary}--\r\n`),
    ]),
  )

/** A parsed letter, where the test is not about parsing. */
export const letter = (fields: Partial<Letter> = {}): Letter => ({
  ...emptyLetter(),
  parsed: true,
  messageId: 'x@client.test',
  from: { name: '', address: 'client@client.test' },
  ...fields,
})

export const account: AccountRow = {
  id: '0190a0a0-0000-7000-8000-00000000000a',
  type: 'account',
  channel: 'mail',
  name: 'ООО «Ромашка»',
  address: 'sales@romashka.test',
  access: 'all',
  appealSource: true,
}
