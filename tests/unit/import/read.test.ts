import fc from 'fast-check'
import { strToU8, zipSync } from 'fflate'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { phoneOf, splitPhones } from '../../../client/import/cells.ts'
import { isKnownHeading } from '../../../client/import/headings.ts'
import { guessMapping } from '../../../client/import/mapping.ts'
import { findCsvForm, readCsv } from '../../../client/import/read/csv.ts'
import { maxLines, maxRows } from '../../../client/import/read/grid.ts'
import { parseBroken } from '../../../client/import/read/quotes.ts'
import { readFile } from '../../../client/import/read/read-file.ts'
import { tableOf } from '../../../client/import/read/table.ts'
import { readVcard } from '../../../client/import/read/vcard.ts'
import { readXlsx } from '../../../client/import/read/xlsx.ts'
import { valuesOf } from '../../../client/import/values.ts'
import { files, inns } from './files.ts'
import { xlsx } from './spreadsheet.ts'

const employees = new Map([['анна смирнова', '00000000-0000-4000-8000-000000000001']])

const names = {
  language: 'ru' as const,
  entries: new Map(),
  records: new Map(),
  currency: 'RUB',
  today: new Date(),
}

/** What a file gives when nobody chooses anything. */
const load = (name: string) => {
  const bytes = files[name]
  if (!bytes) throw new Error(`no file ${name}`)
  const read = readFile(bytes)
  if (!read.ok) throw new Error(`${name}: ${read.reason}`)
  const table = tableOf(read.value.grid, {
    isKnown: (heading) => isKnownHeading(heading),
    unnamed: (column) => `Столбец ${column}`,
  })
  const mapping = guessMapping(table.headings, table.rows, [])
  const values = table.rows.map(({ cells }) =>
    valuesOf(cells, {
      headings: table.headings,
      mapping,
      kind: 'auto',
      employees,
      fields: [],
      names,
      byRule: new Set(),
    }),
  )
  return { ...read.value, table, mapping, values }
}

const clientsOf = (name: string) => load(name).values.map(({ client }) => client)
const numbers = (list: { value: string }[] | undefined) => list?.map(({ value }) => value)

describe('encodings', () => {
  it.each([
    ['1c-contractors-1251.csv', 'windows-1251'],
    ['koi8-clients.csv', 'koi8-r'],
    ['bitrix-companies-utf8-bom.csv', 'utf-8'],
    ['google-contacts-old-utf16.csv', 'utf-16le'],
    ['excel-utf16be.txt', 'utf-16be'],
    ['outlook-21.vcf', 'windows-1251'],
    ['amocrm-contacts.csv', 'utf-8'],
  ])('%s is %s', (name, encoding) => expect(load(name).encoding).toBe(encoding))
})

describe('files of 1С', () => {
  it('loads organisations and entrepreneurs with their contact person', () => {
    const { values } = load('1c-contractors-1251.csv')
    expect(values).toMatchObject([
      {
        client: {
          kind: 'organisation',
          name: 'Ромашка ООО',
          inn: inns[0],
          kpp: '773601001',
          phones: [{ value: '+74951234567', kind: 'work' }],
          emails: [{ value: 'info@romashka.test', kind: 'work' }],
          addresses: [{ value: '117997, Москва г, Вавилова ул, дом № 19', kind: 'legal' }],
        },
        person: { name: 'Иванов Иван' },
        problems: [],
      },
      { client: { kind: 'entrepreneur', inn: inns[4] }, person: null, problems: [] },
    ])
  })

  it('finds the header under a title, over two merged rows', () => {
    const { table, mapping, values } = load('1c-report-title.xlsx')
    expect(table.headings).toEqual([
      'Контрагент',
      'ИНН/КПП',
      'Телефон',
      'Адрес эл. почты',
      'Договор от',
    ])
    expect(mapping).toEqual(['name', 'innKpp', 'phone.work', 'email.work', null])
    expect(
      values.map(({ client }) => [client?.name, client?.inn, client?.kpp, numbers(client?.phones)]),
    ).toEqual([
      ['ООО «Лютик»', inns[1], '770101001', ['+74951112233']],
      ['ООО «Лютик»', inns[1], '770101001', ['+74951112234']],
      ['АО «Мак»', inns[2], undefined, ['+74951112235']],
    ])
    expect(table.rows.map(({ cells }) => cells[4])).toEqual(['12.03.2024', '', '13.03.2024'])
    expect(table.rows[0]?.line).toBe(6)
  })
})

describe('files of Битрикс24 and amoCRM', () => {
  it('reads two phones of one cell, quotes and a line end inside a cell', () => {
    const [romashka, vektor] = clientsOf('bitrix-companies-utf8-bom.csv')
    expect(romashka).toMatchObject({
      name: 'ООО "Ромашка"',
      relation: 'buyer',
      managers: ['00000000-0000-4000-8000-000000000001'],
      note: 'Постоянный\r\nклиент',
      links: [{ value: 'romashka.test' }],
    })
    expect(numbers(romashka?.phones)).toEqual(['+74951234567', '+79167654321'])
    expect(vektor).toMatchObject({
      relation: 'supplier',
      emails: [
        { value: 'sales@vektor.test', kind: 'work' },
        { value: 'boss@vektor.test', kind: 'personal' },
      ],
    })
  })

  it('gives phones of a file of people to the person of the company', () => {
    const { values } = load('bitrix-contacts-1251.csv')
    expect(values).toMatchObject([
      {
        client: { kind: 'organisation', name: 'ООО Ромашка', phones: [] },
        person: {
          name: 'Щукин Олег Игоревич',
          position: 'Директор',
          phones: [
            { value: '+74951234567', kind: 'work' },
            { value: '+79161234567', kind: 'mobile' },
          ],
        },
      },
      {
        client: { kind: 'person', name: 'Ёжикова Юлия', emails: [{ value: 'julia@mail.test' }] },
        person: null,
      },
    ])
  })

  it('takes off the apostrophe before a number and splits tags', () => {
    const { values } = load('amocrm-contacts.csv')
    expect(values).toMatchObject([
      {
        client: { name: 'ООО «Вега»', tags: ['выставка', 'vip'], note: 'позвонить в марте' },
        person: {
          name: 'Белова Анна',
          phones: [{ value: '+74951110000' }, { value: '+79031110000' }],
        },
      },
      { client: { kind: 'person', name: 'Глеб' } },
    ])
  })

  it('reads texts that lie in the cells', () => {
    expect(clientsOf('amocrm-companies.xlsx')).toMatchObject([
      {
        name: 'Завод «Прогресс»',
        tags: ['опт'],
        phones: [{ value: '+78123334455' }],
        links: [{ value: 'progress.test' }],
        addresses: [{ value: 'Санкт-Петербург', kind: 'actual' }],
      },
    ])
  })
})

describe('a page that calls itself a workbook', () => {
  it('is read with its cells over several rows and columns', () => {
    const { source, encoding, values } = load('bitrix-contacts.xls')
    expect({ source, encoding }).toEqual({ source: 'html', encoding: 'windows-1251' })
    expect(
      values.map(({ client, person }) => [client?.name, person?.name, numbers(person?.phones)]),
    ).toEqual([
      ['ООО "Ромашка" & сыновья', 'Щукин Олег', ['+74951234567', '+74951234568', '+79161234567']],
      ['ООО "Ромашка" & сыновья', 'Ёжикова Юлия', ['+79035554433']],
    ])
  })

  it('of several tables has its clients in the largest', () => {
    const page =
      '<html><table><tr><td>Меню</td></tr></table><table><tr><th>Название<th>ИНН<tr><td>Кит<table><tr><td>x</table><td>1</table>'
    expect(readFile(strToU8(page))).toMatchObject({
      ok: true,
      value: { grid: [{ cells: ['Название', 'ИНН'] }, { cells: ['Кит', '1'] }] },
    })
    expect(readFile(strToU8('<!DOCTYPE html><h1>404</h1>'))).toEqual({
      ok: false,
      reason: 'unreadableFile',
    })
  })
})

describe('contacts of Google, Outlook, Yandex', () => {
  it('splits the values that Google joins and leaves its own groups', () => {
    const { values } = load('google-contacts.csv')
    expect(values).toMatchObject([
      {
        client: {
          name: 'ООО «Сатурн»',
          tags: ['Клиенты'],
          links: [{ value: 'https://saturn.test' }],
        },
        person: {
          name: 'Козлова Мария Петровна',
          position: 'Бухгалтер',
          phones: [{ value: '+79161234560' }, { value: '+79161234561' }],
          emails: [{ value: 'maria@saturn.test' }, { value: 'masha@mail.test' }],
        },
      },
      { client: { kind: 'person', name: 'Smith John', phones: [{ value: '+442079460958' }] } },
    ])
    expect(load('google-contacts-old-utf16.csv').values).toMatchObject([
      { client: { name: 'Типография №1' }, person: { name: 'Гусев Лев', position: 'печатник' } },
    ])
  })

  it('puts an address together and leaves the fax', () => {
    expect(load('outlook-en.csv').values).toMatchObject([
      {
        client: {
          name: 'Brown & Sons, Ltd',
          addresses: [{ value: '1 High Street, London, SW1A 1AA, United Kingdom' }],
          tags: ['Business', 'VIP'],
        },
        person: {
          name: 'Brown Peter',
          position: 'Buyer',
          phones: [
            { value: '+442079460000', kind: 'work' },
            { value: '+447700900123', kind: 'mobile' },
          ],
        },
      },
    ])
    expect(load('outlook-ru-1251.csv').values).toMatchObject([
      {
        client: { name: 'ЗАО «Юпитер»', addresses: [{ value: 'Мира, 3, Казань, 420000' }] },
        person: {
          name: 'Цой Нина Олеговна',
          phones: [
            { value: '+78432222222', kind: 'work' },
            { value: '+79173333333', kind: 'mobile' },
          ],
        },
      },
    ])
    expect(clientsOf('yandex-contacts.csv')).toMatchObject([
      { kind: 'person', name: 'Орлов Яков', phones: [{ value: '+79261234567' }] },
    ])
  })
})

describe('separators, line ends, spreadsheets', () => {
  it('reads tabs, lone CRs, a line that names the separator, forced texts', () => {
    expect(clientsOf('koi8-clients.csv')).toMatchObject([
      { name: 'Общество Восход', phones: [{ value: '+73512223344' }] },
      { name: 'Общество Закат' },
    ])
    const [kit, elephant] = clientsOf('mac-cr-only.csv')
    expect(numbers(kit?.phones)).toEqual(['+74950000001', '+74950000002'])
    expect(elephant).toMatchObject({ name: 'ООО «Слон»' })
    expect(clientsOf('excel-sep-line.csv')).toMatchObject([
      { name: 'ООО «Альфа»', inn: inns[3], phones: [{ value: '+74957889900' }] },
    ])
    expect(clientsOf('excel-utf16be.txt')).toMatchObject([{ name: 'Газ', inn: inns[1] }])
  })

  it('reads a phone from its number, zeros from the format, dates, results of formulas', () => {
    const { table, values } = load('excel-phones.xlsx')
    expect(table.rows.map(({ cells }) => cells)).toEqual([
      ['ООО «Экспонента»', '79161234567', '0277015840', '27701001', '3.5', '15.03.2023'],
      ['ООО Формула', '8(495)111-11-11; 8(495)222-22-22', '', '', '0.3', '15.03.2023 12:00'],
    ])
    expect(values[0]?.client).toMatchObject({
      phones: [{ value: '+79161234567' }],
      kpp: '027701001',
    })
    expect(numbers(values[1]?.client?.phones)).toEqual(['+74951111111', '+74952222222'])
  })

  it('takes a number with an exponent only while all its digits are there', () => {
    const [lost, whole] = load('csv-exponent.csv').values
    expect(lost?.problems).toEqual([{ code: 'roundedPhone', column: 1, value: '7,9161E+10' }])
    expect(lost?.client?.phones).toEqual([])
    expect(whole?.client?.phones).toEqual([{ value: '+79161234567', kind: 'work' }])
  })

  it('does without a header, and without empty columns and rows', () => {
    const bare = load('no-header.csv')
    expect(bare.table.headings).toEqual(['Столбец 1', 'Столбец 2', 'Столбец 3'])
    expect(bare.mapping).toEqual(['name', 'phone.work', 'email.work'])
    expect(bare.values).toHaveLength(2)
    const holes = load('empty-columns.csv')
    expect(holes.table.headings).toEqual(['Название', 'Телефон'])
    expect(holes.values).toHaveLength(2)
    expect(holes.table.rows.map(({ line }) => line)).toEqual([3, 5])
  })

  it('keeps a formula as text', () => {
    expect(clientsOf('injection.csv')).toMatchObject([
      { name: "=cmd|' /C calc'!A0", note: '-2+3' },
      { name: '=HYPERLINK("http://x.test")', note: '@SUM(1)' },
    ])
  })

  it('reads a thousand columns of more', () => {
    const { table } = load('thousand-columns.csv')
    expect(table.headings).toHaveLength(1000)
    expect(clientsOf('thousand-columns.csv')).toMatchObject([{ name: 'ООО «Ширь»' }])
  })

  it('takes no row along where a quote is broken', () => {
    expect(clientsOf('1c-broken-quotes.csv')).toMatchObject([
      { name: 'ООО "Ромашка"', phones: [{ value: '+74951234567' }] },
      { name: 'строки"', phones: [] },
      { name: '"Вектор" АО', phones: [{ value: '+74951234568' }] },
      { name: 'АО "Мак"', phones: [{ value: '+74951234569' }], note: 'цвет "алый"' },
      { name: 'Труба 20"', phones: [{ value: '+74951234570' }] },
      { name: '"ООО Обрыв', phones: [{ value: '+74951234571' }] },
      { name: 'ООО Последнее', phones: [{ value: '+74951234572' }] },
    ])
  })

  it('reads a file with broken quotes as the library does wherever they are whole', () => {
    const cell = fc.stringMatching(/^[а-я";,\r\n ]{0,8}$/)
    const form = { separator: ';', quote: '"', newline: '\r\n', most: 1000 }
    const row = fc.array(cell, { minLength: 2, maxLength: 4 })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1 }), (rows) => {
        const text = Papa.unparse(rows, { delimiter: ';', quotes: true, newline: '\r\n' })
        expect(parseBroken(text, form)).toEqual(rows)
      }),
    )
  })

  it('looks for a separator that nowhere stands once', () => {
    const text = `"а" б\r\n${'слово\r\n'.repeat(200_000)}`
    expect(readCsv(text, { separator: '|', quote: '"' })).toMatchObject({ ok: true })
  })

  it('knows the end of a line by what stands outside quotes', () => {
    const [first, second] = ['А;"одна\r\nдве"', 'Б;"три"']
    for (const text of [
      `Название;Заметка\n${first}\n${second}\n`,
      `Название;Заметка\r\n${first}\n${second}\r\n`,
    ])
      expect(readFile(strToU8(text))).toMatchObject({
        value: { grid: [{}, { cells: ['А', 'одна\r\nдве'] }, { cells: ['Б', 'три'] }, {}] },
      })
  })

  it('reads the sheet that was chosen, and tells of the others', () => {
    const book = xlsx({ name: 'Обложка', rows: [['Выгрузка']] }, undefined, [
      { name: 'Клиенты', rows: [['Название'], ['ООО «Кит»']] },
      { name: 'Пусто', rows: [] },
    ])
    const sheets = ['Обложка', 'Клиенты', 'Пусто']
    expect(readFile(book)).toMatchObject({
      value: { book: { sheets, sheet: 0 }, grid: [{ cells: ['Выгрузка'] }] },
    })
    expect(readFile(book, { sheet: 1 })).toMatchObject({
      value: { book: { sheets, sheet: 1 }, grid: [{}, { cells: ['ООО «Кит»'] }] },
    })
    expect(readFile(book, { sheet: 2 })).toEqual({ ok: false, reason: 'emptyFile' })
  })

  it('takes no part of a file that is too long for all of it', () => {
    const form = { separator: ';', quote: '"' } as const
    const rows = (count: number, end: string) =>
      `Название;Код\r\n${'Кит;1\r\n'.repeat(count)}${end}`
    expect(readCsv(rows(9, ''), form, 10)).toMatchObject({ ok: true })
    expect(readCsv(rows(9, '\r\n'), form, 10)).toMatchObject({ ok: true })
    expect(readCsv(rows(9, 'Слон;1'), form, 10)).toEqual({ ok: false, reason: 'tooManyRows' })
    const cards = 'BEGIN:VCARD\nFN:Зоя\nEND:VCARD\n'
    expect(readVcard(cards.repeat(9), 9)).toMatchObject({ ok: true })
    expect(readVcard(cards.repeat(10), 9)).toEqual({ ok: false, reason: 'tooManyRows' })
    // The title and the header stand above as many rows as are promised.
    expect(maxLines).toBeGreaterThan(maxRows + 1)
  })

  it('tells separators apart in spite of titles and commas inside texts', () => {
    expect(findCsvForm('Отчёт, за март, по фирме\nа;б;в\n1,5;2,5;3\n4,5;5,5;6\n').separator).toBe(
      ';',
    )
    expect(findCsvForm("'а, б','в'\n'г','д'\n")).toEqual({ separator: ',', quote: "'" })
  })
})

describe('vCard', () => {
  it('knows messengers however a program names them', () => {
    const card = [
      'BEGIN:VCARD',
      'N:Ким;Зоя;;;',
      'X-TELEGRAM:@zoya',
      'IMPP;X-SERVICE-TYPE=WhatsApp:whatsapp:+79161234567',
      'IMPP:skype:zoya.kim',
      'item1.IMPP:zoya@jabber.test',
      'item1.X-ABLabel:Jabber',
      'END:VCARD',
    ]
    const read = readFile(strToU8(card.join('\r\n')))
    const [heads, cells] = read.ok ? read.value.grid : []
    const cellOf = (heading: string) => cells?.cells[heads?.cells.indexOf(heading) ?? -1]
    expect(['Telegram', 'WhatsApp', 'Skype', 'Заметка'].map(cellOf)).toEqual([
      '@zoya',
      '+79161234567',
      'zoya.kim',
      'Jabber: zoya@jabber.test',
    ])
  })

  it('reads quoted-printable of Outlook, lines folded both ways, and leaves the photo', () => {
    expect(load('outlook-21.vcf').values).toMatchObject([
      {
        client: { name: 'ООО Лес' },
        person: {
          name: 'Лосев Артём Павлович',
          phones: [
            { value: '+79021112233', kind: 'mobile' },
            { value: '+73952112233', kind: 'work' },
          ],
          emails: [{ value: 'losev@les.test' }],
        },
        problems: [],
      },
    ])
  })

  it('reads several phones, labels and escapes of Apple, and a card of a firm', () => {
    const [dasha, cafe] = load('apple-30.vcf').values
    expect(dasha).toMatchObject({
      client: {
        name: 'ООО «Волна; море»',
        addresses: [{ value: '191186, Россия, Санкт-Петербург, Невский пр., 1' }],
        note: 'Любит короткие письма',
      },
      person: { name: 'Волкова Дарья', position: 'Логист' },
    })
    expect(numbers(dasha?.person?.phones)).toEqual(['+79210000002', '+79210000003', '+79210000001'])
    expect(cafe).toMatchObject({
      client: { kind: 'organisation', name: 'Кофейня у дома' },
      person: null,
    })
    expect(load('rfc6350-40.vcf').values).toMatchObject([
      { client: { kind: 'person', name: 'Ким Зоя', phones: [{ value: '+78120000005' }] } },
    ])
  })
})

describe('what is written beside a number', () => {
  it.each([
    ['+7 (495) 123-45-67 (доб. 12), Иванов', ['+74951234567 доб. 12']],
    ['8 495 123-45-67 доб.12', ['+74951234567 доб. 12']],
    ['8-916-765-43-21 (Иван)', ['+79167654321']],
  ])('%s', (cell, phones) => {
    expect(splitPhones(cell).map((typed) => phoneOf(typed).value)).toEqual(phones)
  })
})

describe('hostile and broken files', () => {
  it('goes once through a column that is merged thousands of times', () => {
    const rows = Array.from({ length: 300 }, (_, n) => [n === 0 ? 'Название' : null, n])
    // Six billion steps for who believes each of them.
    const read = readXlsx(xlsx({ rows, merges: new Array<string>(20_000).fill('A1:A1048576') }))
    expect(read.ok && read.value.grid.at(-1)?.cells).toEqual(['Название', '299'])
  })

  it('stops a bomb at the limit, whatever it says of its size', () => {
    const limit = 1024 * 1024
    const bomb = xlsx({ rows: [] }, new Uint8Array(10 * limit).fill(32))
    expect(bomb.length).toBeLessThan(limit / 50)
    const view = new DataView(bomb.buffer, bomb.byteOffset)
    for (let at = 0; at + 4 < bomb.length; at++)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 100, true)
    expect(readXlsx(bomb, undefined, limit)).toEqual({ ok: false, reason: 'tooLarge' })
  })

  it('says what is wrong with what is no table', () => {
    expect(readFile(new Uint8Array())).toEqual({ ok: false, reason: 'emptyFile' })
    expect(readFile(strToU8(';;;\r\n;;\r\n'))).toEqual({ ok: false, reason: 'emptyFile' })
    expect(readFile(Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 1))).toEqual({
      ok: false,
      reason: 'oldWorkbook',
    })
    expect(readFile(zipSync({ 'a.txt': strToU8('x') }))).toEqual({
      ok: false,
      reason: 'unreadableFile',
    })
    const whole = files['excel-phones.xlsx'] ?? new Uint8Array()
    expect(readFile(whole.slice(0, whole.length / 2))).toEqual({
      ok: false,
      reason: 'unreadableFile',
    })
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, ...new Uint8Array(64).fill(1))
    expect(readFile(png)).toEqual({ ok: false, reason: 'unreadableFile' })
    for (const document of [
      '%PDF-1.7\n1 0 obj\n',
      '{\\rtf1\\ansi Привет}',
      '[{"name": "Кит"}]',
      '{"clients": []}',
      'MOXCEL\u0000\u0007\u0000\u0001',
    ])
      expect(readFile(strToU8(document))).toEqual({ ok: false, reason: 'unreadableFile' })
    expect(readFile(strToU8('<?xml version="1.0"?>\n<Workbook/>'))).toEqual({
      ok: false,
      reason: 'oldWorkbook',
    })
  })

  it('reads by what the user chose instead', () => {
    const read = readFile(files['1c-contractors-1251.csv'] ?? new Uint8Array(), {
      encoding: 'koi8-r',
      csv: { separator: ',' },
    })
    expect(read).toMatchObject({ ok: true, value: { encoding: 'koi8-r', csv: { separator: ',' } } })
    expect(readFile(files['apple-30.vcf'] ?? new Uint8Array(), { source: 'xlsx' })).toEqual({
      ok: false,
      reason: 'unreadableFile',
    })
  })
})
