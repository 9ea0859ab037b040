/**
 * vCard 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350) → rows under headings, as if it were a table. Of a
 * photo nothing is taken.
 */
import { fail, ok } from '../../../shared/reasons.ts'
import { type GridResult, maxRows } from './grid.ts'

interface Property {
  name: string
  types: Set<string>
  value: string
  /** Apple writes the words of a label apart: `item1.X-ABLabel`. */
  group: string
  /** Of an address in a messenger: whose. */
  service: string
}

const headings = [
  'Фамилия',
  'Имя',
  'Отчество',
  'ФИО',
  'Организация',
  'Должность',
  'Мобильный телефон',
  'Рабочий телефон',
  'Домашний телефон',
  'Другой телефон',
  'Рабочий e-mail',
  'Личный e-mail',
  'Рабочий адрес',
  'Домашний адрес',
  'Telegram',
  'WhatsApp',
  'Viber',
  'Skype',
  'Сайт',
  'Дата рождения',
  'Теги',
  'Заметка',
] as const
type Heading = (typeof headings)[number]

const networkHeadings = ['Telegram', 'WhatsApp', 'Viber', 'Skype'] as const satisfies Heading[]

/** Between several values of one cell: the mapping splits phones and addresses of e-mail there. */
const between = '; '

export const isVcard = (text: string): boolean => /^\uFEFF?\s*BEGIN:VCARD/i.test(text)

/** `most`: cards. */
export const readVcard = (text: string, most = maxRows): GridResult => {
  const rows = [{ line: 1, cells: [...headings] as string[] }]
  let card: Property[] | null = null
  for (const { line, number } of unfolded(text)) {
    if (/^BEGIN:VCARD/i.test(line)) card = []
    else if (/^END:VCARD/i.test(line)) {
      if (card && rows.length > most) return fail('tooManyRows')
      if (card) rows.push({ line: number, cells: cellsOf(card) })
      card = null
    } else {
      const property = card && propertyOf(line)
      if (property) card?.push(property)
    }
  }
  return ok(rows)
}

/** Folded lines go on after a space; quoted-printable ones after a `=` at the end, without it. */
function* unfolded(text: string): Generator<{ line: string; number: number }> {
  let held: string | null = null
  let number = 0
  const isSoft = (line: string) =>
    line.endsWith('=') && /ENCODING=QUOTED-PRINTABLE|;QUOTED-PRINTABLE/i.test(line)
  for (const raw of text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)) {
    if (held !== null && isSoft(held)) held = held.slice(0, -1) + raw
    else if (held !== null && /^[ \t]/.test(raw)) held += raw.slice(1)
    else {
      if (held !== null) yield { line: held, number }
      held = raw
    }
    number++
  }
  if (held) yield { line: held, number }
}

const propertyOf = (line: string): Property | null => {
  // A colon may stand inside a quoted parameter.
  const match = /^((?:"[^"]*"|[^:"])*):(.*)$/s.exec(line)
  if (!match) return null
  const [, head = '', body = ''] = match
  const [full = '', ...parameters] = head.split(';')
  const dot = full.indexOf('.')
  const types = new Set<string>()
  let charset = 'utf-8'
  let service = ''
  let quotedPrintable = false
  for (const parameter of parameters) {
    const [key = '', value] = parameter.split('=')
    const name = key.toUpperCase()
    if (value === undefined) types.add(name.toLowerCase())
    else if (name === 'TYPE')
      for (const type of value.replaceAll('"', '').split(',')) types.add(type.toLowerCase())
    else if (name === 'CHARSET') charset = value
    else if (name === 'X-SERVICE-TYPE') service = value
    if (/QUOTED-PRINTABLE/i.test(parameter)) quotedPrintable = true
    if (/^ENCODING=(B|BASE64)$/i.test(parameter) || name === 'BASE64') return null
  }
  return {
    name: full.slice(dot + 1).toUpperCase(),
    group: dot > 0 ? full.slice(0, dot) : '',
    types,
    service,
    value: quotedPrintable ? fromQuotedPrintable(body, charset) : body,
  }
}

const fromQuotedPrintable = (text: string, charset: string): string => {
  const bytes: number[] = []
  for (let at = 0; at < text.length; at++) {
    const hex = text[at] === '=' ? /^[0-9a-f]{2}/i.exec(text.slice(at + 1)) : null
    if (hex) {
      bytes.push(Number.parseInt(hex[0], 16))
      at += 2
    } else bytes.push(...new TextEncoder().encode(text[at] ?? ''))
  }
  return decoderOf(charset).decode(Uint8Array.from(bytes))
}

const decoderOf = (charset: string): TextDecoder => {
  try {
    return new TextDecoder(charset)
  } catch {
    // A name nobody knows: the commonest is the best guess.
    return new TextDecoder()
  }
}

/** Parts of a compound value, with the escapes of RFC 6350 undone. */
const partsOf = (value: string): string[] =>
  value.split(/(?<!\\);/).map((part) => unescaped(part).trim())

const unescaped = (value: string): string =>
  value.replace(/\\([nN\\,;:])/g, (_, mark: string) => (mark.toLowerCase() === 'n' ? '\n' : mark))

const cellsOf = (card: readonly Property[]): string[] => {
  const found = new Map<Heading, string[]>()
  const add = (heading: Heading, value: string) => {
    const list = found.get(heading) ?? []
    if (value !== '' && !list.includes(value)) found.set(heading, [...list, value])
  }
  const label = ({ group }: Property): string =>
    (group && card.find((each) => each.group === group && each.name === 'X-ABLABEL')?.value) || ''
  for (const property of card) {
    const { name, types, value } = property
    switch (name) {
      case 'N': {
        const [last = '', first = '', middle = ''] = partsOf(value)
        add('Фамилия', last)
        add('Имя', first)
        add('Отчество', middle)
        break
      }
      case 'FN':
        add('ФИО', unescaped(value).trim())
        break
      case 'ORG':
        add('Организация', partsOf(value)[0] ?? '')
        break
      case 'TITLE':
      case 'ROLE':
        add('Должность', unescaped(value).trim())
        break
      case 'TEL':
        add(phoneHeading(types), unescaped(value).replace(/^tel:/i, '').trim())
        break
      case 'EMAIL':
        add(types.has('home') ? 'Личный e-mail' : 'Рабочий e-mail', unescaped(value).trim())
        break
      case 'ADR':
        add(types.has('home') ? 'Домашний адрес' : 'Рабочий адрес', addressText(value))
        break
      case 'URL':
      case 'X-SOCIALPROFILE':
        add('Сайт', unescaped(value).trim())
        break
      case 'BDAY':
        add('Дата рождения', dayText(value))
        break
      case 'CATEGORIES':
        for (const tag of unescaped(value.replace(/(?<!\\),/g, ';')).split(';'))
          add('Теги', tag.trim())
        break
      case 'NOTE':
        add('Заметка', unescaped(value).trim())
        break
      case 'IMPP':
      case 'X-SKYPE':
      case 'X-SKYPE-USERNAME':
      case 'X-TELEGRAM':
      case 'X-WHATSAPP':
      case 'X-VIBER': {
        const called = property.service || label(property) || name.replace('X-', '')
        const [, scheme = '', contact = ''] =
          /^(?:([a-z][a-z-]*):)?(.*)$/is.exec(unescaped(value)) ?? []
        const network = networkHeadings.find((heading) =>
          `${called} ${scheme}`.toLowerCase().includes(heading.toLowerCase()),
        )
        if (network) add(network, contact.trim())
        else add('Заметка', `${called}: ${unescaped(value)}`)
        break
      }
    }
  }
  // The name in parts is exact; the whole one is for cards that have no other.
  if (found.has('Фамилия') || found.has('Имя')) found.delete('ФИО')
  else if (found.get('ФИО')?.[0] === found.get('Организация')?.[0]) found.delete('ФИО')
  return headings.map((heading) =>
    (found.get(heading) ?? []).join(heading === 'Заметка' ? '\n' : between),
  )
}

const phoneHeading = (types: ReadonlySet<string>): Heading => {
  if (types.has('cell') || types.has('iphone') || types.has('mobile')) return 'Мобильный телефон'
  if (types.has('work')) return 'Рабочий телефон'
  return types.has('home') ? 'Домашний телефон' : 'Другой телефон'
}

/** PO box; extension; street; city; region; postal code; country → as an envelope is read in Russia. */
const addressText = (value: string): string => {
  const [box, extension, street, city, region, code, country] = partsOf(value)
  return [code, country, region, city, street, extension, box]
    .filter((part) => part)
    .join(', ')
    .replace(/\s*\n\s*/g, ', ')
}

/** 1985-04-12, 19850412, --0412 (no year) → дд.мм.гггг or дд.мм */
const dayText = (value: string): string => {
  const match = /^(?:(\d{4})|--)-?(\d\d)-?(\d\d)/.exec(value.trim())
  if (!match) return value.trim()
  const [, year, month, day] = match
  return [day, month, ...(year ? [year] : [])].join('.')
}
