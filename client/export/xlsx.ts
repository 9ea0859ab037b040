/**
 * A table as XLSX (ECMA-376). Numbers, days and money are what they are, so that a spreadsheet reckons
 * with them; all else is text, which none runs as a formula.
 */
import { strToU8, Zip, ZipDeflate } from 'fflate'
import { type Cell, cellText } from './cells.ts'

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'

const parts: Record<string, string> = {
  '[Content_Types].xml': `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="Interes" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
}

/** Styles of cells by their place in the list below: money of each currency comes after them. */
const bold = 1
const dayStyle = 2
const firstMoneyStyle = 3
/** Formats of one's own begin at this number. */
const firstFormat = 164

/** The import reads the currency out of the format again. */
const stylesXml = (currencies: readonly string[]): string => {
  const formats = ['dd\\.mm\\.yyyy', ...currencies.map((code) => `#,##0.00&quot; ${code}&quot;`)]
  const xfs = formats.map((_, at) => `<xf numFmtId="${firstFormat + at}" applyNumberFormat="1"/>`)
  return `<styleSheet xmlns="${main}"><numFmts count="${formats.length}">${formats
    .map((code, at) => `<numFmt numFmtId="${firstFormat + at}" formatCode="${code}"/>`)
    .join(
      '',
    )}</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="${xfs.length + 2}"><xf/><xf fontId="1" applyFont="1"/>${xfs.join('')}</cellXfs></styleSheet>`
}

/** Rows of XML packed at once. */
const rowsAtOnce = 1_000
/** A spreadsheet takes no longer text in a cell. */
export const longestCell = 32_767

/** XML 1.0 has no control characters but these three. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

export const withoutControls = (text: string): string => text.replace(unwritable, '')

/**
 * A carriage return would be read as a line feed, so it is written as its number (ECMA-376, 22.9.2.19);
 * and so is what looks like such a number in the text itself.
 */
const escaped = (text: string): string =>
  withoutControls(text.slice(0, longestCell))
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll('\r', '_x000D_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')

/** A spreadsheet keeps 15 digits of a number. */
const survives = (value: number): boolean => Number(value.toPrecision(15)) === value

const msOfDay = 86_400_000

/** Day 1 is 01.01.1900; a spreadsheet takes 1900 for a leap year, so days are counted after it. */
const serialOf = (day: string): number | null => {
  const at = Date.parse(`${day}T00:00Z`)
  return day >= '1901' && !Number.isNaN(at) ? (at - Date.UTC(1899, 11, 30)) / msOfDay : null
}

const cellXml = (cell: Cell, style: number, currencies: readonly string[]): string => {
  const number = (value: number, own: number) => `<c s="${own}"><v>${value}</v></c>`
  if (typeof cell === 'number' && survives(cell)) return number(cell, style)
  if (typeof cell === 'object') {
    if ('day' in cell) {
      const serial = serialOf(cell.day)
      if (serial !== null) return number(serial, dayStyle)
    } else if (survives(cell.amount))
      return number(cell.amount, firstMoneyStyle + currencies.indexOf(cell.currency))
  }
  const text = cellText(cell, 'en')
  const own = style ? ` s="${style}"` : ''
  if (text === '') return `<c${own}/>`
  return `<c t="inlineStr"${own}><is><t xml:space="preserve">${escaped(text)}</t></is></c>`
}

export const xlsxFile = (rows: readonly (readonly Cell[])[]): Blob => {
  const currencies = [
    ...new Set(
      rows.flatMap((cells) =>
        cells.flatMap((cell) =>
          typeof cell === 'object' && 'currency' in cell ? [cell.currency] : [],
        ),
      ),
    ),
  ]
  const rowXml = (cells: readonly Cell[], style: number): string =>
    `<row>${cells.map((cell) => cellXml(cell, style, currencies)).join('')}</row>`
  const packed: Uint8Array<ArrayBuffer>[] = []
  const zip = new Zip((error, piece) => {
    if (error) throw error
    packed.push(piece)
  })
  const files = { ...parts, 'xl/styles.xml': stylesXml(currencies) }
  for (const [name, xml] of Object.entries(files)) {
    const entry = new ZipDeflate(name)
    zip.add(entry)
    entry.push(strToU8(head + xml), true)
  }
  const sheet = new ZipDeflate('xl/worksheets/sheet1.xml')
  zip.add(sheet)
  const pane =
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
  sheet.push(strToU8(`${head}<worksheet xmlns="${main}">${pane}<sheetData>`))
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    const some = rows.slice(at, at + rowsAtOnce)
    sheet.push(strToU8(some.map((cells, n) => rowXml(cells, at + n === 0 ? bold : 0)).join('')))
  }
  sheet.push(strToU8('</sheetData></worksheet>'), true)
  zip.end()
  return new Blob(packed, {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  })
}
