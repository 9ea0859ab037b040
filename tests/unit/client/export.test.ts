import { describe, expect, it } from 'vitest'
import { cellsOf, columnsOf } from '../../../shared/archive/columns.ts'
import { csvCell, csvLine } from '../../../shared/archive/csv.ts'
import { archivedName, filesOfRow, safeName } from '../../../shared/archive/files.ts'
import { declarationOf } from '../../../shared/records/index.ts'

describe('a cell of CSV', () => {
  it.each([
    ['=cmd|/c calc!A1', "'=cmd|/c calc!A1"],
    ['+7+HYPERLINK("http://x.test")', `"'+7+HYPERLINK(""http://x.test"")"`],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['-2+3+cmd', "'-2+3+cmd"],
    ['\t=1', "'\t=1"],
    ['\n=1', `"'\n=1"`],
    [' =1+cmd', "' =1+cmd"],
    ['＝1+1', "'＝1+1"],
    ['＠SUM(A1)', "'＠SUM(A1)"],
  ])('runs nothing: %s', (value, cell) => {
    expect(csvCell(value)).toBe(cell)
  })

  it.each(['+74951234567', '-12,50', '+7 (495) 123-45-67', 'Ромашка', ''])(
    'is left as it is: %s',
    (value) => {
      expect(csvCell(value)).toBe(value)
    },
  )

  it('is quoted where it holds what separates cells', () => {
    expect(csvLine(['a;b', 'он сказал "да"', 'две\nстроки', 'просто'])).toBe(
      '"a;b";"он сказал ""да""";"две\nстроки";просто\r\n',
    )
  })
})

describe('a row of the export', () => {
  it('says choices, lists and moments in words', () => {
    const columns = columnsOf(declarationOf('client'), 'ru')
    const cells = cellsOf(
      columns,
      {
        id: 'x',
        kind: 'organisation',
        name: 'Ромашка',
        phones: [
          { id: 'a', order: 'a0', value: '+74951234567', kind: 'work' },
          { id: 'b', order: 'a1', value: '+74951234568', kind: 'work' },
        ],
        createdAt: Date.UTC(2026, 4, 10),
      },
      'ru',
    )
    const said = Object.fromEntries(columns.map(({ name }, at) => [name, cells[at]]))
    expect(said).toMatchObject({
      id: 'x',
      kind: 'Организация',
      phones: '+74951234567, +74951234568',
      createdAt: '2026-05-10T00:00:00.000Z',
      inn: '',
    })
    expect(columns.find(({ name }) => name === 'phones')?.title).toBe(
      declarationOf('client').fields.phones?.label.ru,
    )
  })
})

describe('the name of a file in the archive', () => {
  it.each([
    ['смета.pdf', 'смета.pdf'],
    ['../../etc/passwd', '__.._etc_passwd'],
    ['a:b*c?.txt', 'a_b_c_.txt'],
    ['', 'file'],
    ['..', '_'],
    ['Счёт\u202Efdp.exe', 'Счёт_fdp.exe'],
    ['con.txt', '_con.txt'],
    ['LPT1', '_LPT1'],
    ['контракт.txt', 'контракт.txt'],
    ['\ud800.pdf', '_.pdf'],
    [`${'я'.repeat(119)}. .pdf`, `${'я'.repeat(119)}_`],
    [`${'😀'.repeat(130)}`, '😀'.repeat(120)],
  ])('%s', (name, safe) => {
    expect(safeName(name)).toBe(safe)
  })
})

describe('files in an archive', () => {
  const hashes = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(64)) as [
    string,
    string,
    string,
    string,
  ]
  const [photo, own, attached, unnamed] = hashes

  it('are called what their records call them', () => {
    const custom = { field: [own, 'Устав.pdf', 'application/pdf'] }
    expect(filesOfRow(declarationOf('client'), { id: 'x', type: 'client', photo, custom })).toEqual(
      [
        [photo, 'photo'],
        [own, 'Устав.pdf'],
      ],
    )
    const files = [{ id: 'p', order: 'a0', hash: attached, name: 'Договор.docx' }]
    expect(filesOfRow(declarationOf('contract'), { id: 'y', type: 'contract', files })).toEqual([
      [attached, 'Договор.docx'],
    ])
    const value = [unnamed, '', 'image/png']
    expect(
      filesOfRow(declarationOf('privateValue'), { id: 'z', type: 'privateValue', value }),
    ).toEqual([[unnamed, '']])
  })

  it('can be opened by a click', () => {
    expect(archivedName('photo', 'image/jpeg')).toBe('photo.jpg')
    expect(archivedName('скан.PNG', 'image/png')).toBe('скан.PNG')
    expect(archivedName('', 'application/pdf')).toBe('file')
  })
})
