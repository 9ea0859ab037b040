/** Makes small XLSX files by hand, with what real ones have: styles, merged cells, formulas. */
import { strToU8, zipSync } from 'fflate'

/** A cell: text, a number, or raw XML of `<c>` after its reference. */
export type Cell = string | number | null | { xml: string }

/** Styles: 1 date, 2 ten digits with zeros, 3 a date of its own code. */
const styles = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="2"><numFmt numFmtId="164" formatCode="0000000000"/><numFmt numFmtId="165" formatCode="dd\\.mm\\.yyyy;@"/></numFmts><cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

export const letters = (column: number): string =>
  (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') +
  String.fromCharCode(65 + (column % 26))

export interface Sheet {
  rows: Cell[][]
  merges?: string[]
  name?: string
  /** Texts in the table of strings, as Excel has them, or in the cells. */
  shared?: boolean
}

export const sheetXml = (
  { rows, merges = [], shared = true }: Sheet,
  strings: string[],
): string => {
  const index = new Map<string, number>()
  const text = (value: string) => {
    if (!shared) return ` t="inlineStr"><is><t>${escaped(value)}</t></is></c>`
    let at = index.get(value)
    if (at === undefined) {
      at = strings.push(value) - 1
      index.set(value, at)
    }
    return ` t="s"><v>${at}</v></c>`
  }
  const cell = (value: Cell, reference: string): string => {
    if (value === null) return ''
    if (typeof value === 'number') return `<c r="${reference}"><v>${value}</v></c>`
    if (typeof value === 'object') return `<c r="${reference}"${value.xml}`
    return value === '' ? '' : `<c r="${reference}"${text(value)}`
  }
  const body = rows.map(
    (cells, at) =>
      `<row r="${at + 1}">${cells.map((value, column) => cell(value, `${letters(column)}${at + 1}`)).join('')}</row>`,
  )
  const merged = merges.length
    ? `<mergeCells count="${merges.length}">${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`
    : ''
  return `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${body.join('')}</sheetData>${merged}</worksheet>`
}

/** `sheetPiece`: bytes in place of the first sheet; `more`: sheets after it. */
export const xlsx = (sheet: Sheet, sheetPiece?: Uint8Array, more: Sheet[] = []): Uint8Array => {
  const strings: string[] = []
  const sheets = [sheet, ...more].map((each, at) => ({
    name: each.name ?? `Лист${at + 1}`,
    xml: sheetXml(each, strings),
    n: at + 1,
  }))
  const items = strings.map((text, at) =>
    // Excel cuts a text into runs where its looks change.
    at === 0
      ? `<si><r><t>${escaped(text.slice(0, 2))}</t></r><r><t xml:space="preserve">${escaped(text.slice(2))}</t></r></si>`
      : `<si><t>${escaped(text)}</t></si>`,
  )
  const named = sheets.map(
    ({ name, n }) => `<sheet name="${escaped(name)}" sheetId="${n}" r:id="rId${n}"/>`,
  )
  const related = sheets.map(
    ({ n }) => `<Relationship Id="rId${n}" Target="worksheets/sheet${n}.xml"/>`,
  )
  return zipSync({
    '[Content_Types].xml': strToU8('<Types/>'),
    'xl/workbook.xml': strToU8(
      `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Служебный" sheetId="99" state="hidden" r:id="rId99"/>${named.join('')}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(`<Relationships>${related.join('')}</Relationships>`),
    'xl/styles.xml': strToU8(styles),
    'xl/sharedStrings.xml': strToU8(`<sst>${items.join('')}</sst>`),
    ...Object.fromEntries(
      sheets.map(({ n, xml }) => [
        `xl/worksheets/sheet${n}.xml`,
        n === 1 && sheetPiece ? sheetPiece : strToU8(xml),
      ]),
    ),
  })
}
