/**
 * A document as DOCX (ECMA-376, WordprocessingML). By hand, as XLSX is: the library `docx` weighs 228 KB
 * gzip, needs a newer Node than ours, and these are six kinds of blocks.
 */
import { strToU8, zipSync } from 'fflate'
import type { Block, FilledLine, Run, TableColumn } from '../../../shared/templates/render.ts'
import { withoutControls } from '../../export/xlsx.ts'

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const word = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const packages = 'http://schemas.openxmlformats.org/package/2006'
const mime = 'application/vnd.openxmlformats-officedocument.wordprocessingml'

export const docxType = `${mime}.document`

/** Twentieths of a point: A4, its edges, and the width between them. */
const page = { width: 11_906, height: 16_838, top: 1_134, right: 851, bottom: 1_134, left: 1_418 }
const textWidth = page.width - page.left - page.right
/** Room for the number of a clause. */
const indent = 567

const fixed: Record<string, string> = {
  '[Content_Types].xml': `<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${mime}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${mime}.styles+xml"/></Types>`,
  '_rels/.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="word/document.xml"/></Relationships>`,
  'word/_rels/document.xml.rels': `<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
  'word/styles.xml': `<w:styles xmlns:w="${word}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="22"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:jc w:val="center"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="26"/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/><w:spacing w:before="240"/><w:jc w:val="center"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/></w:rPr></w:style></w:styles>`,
}

const escaped = (text: string): string =>
  withoutControls(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const textXml = (text: string): string =>
  escaped(text)
    .split(/\r?\n/)
    .map((line) => `<w:t xml:space="preserve">${line}</w:t>`)
    .join('<w:br/>')

const runXml = ({ text, bold, fault }: Run): string => {
  const look = `${bold ? '<w:b/>' : ''}${fault ? '<w:highlight w:val="yellow"/>' : ''}`
  return `<w:r>${look && `<w:rPr>${look}</w:rPr>`}${textXml(text)}</w:r>`
}

const lineXml = (line: FilledLine): string => line.map(runXml).join('')
const linesXml = (lines: readonly FilledLine[]): string =>
  lines.map(lineXml).join('<w:r><w:br/></w:r>')
const tabXml = '<w:r><w:tab/></w:r>'

const paragraphXml = (look: string, inside: string): string =>
  `<w:p><w:pPr>${look}</w:pPr>${inside}</w:p>`

/** Widths of columns that have none of their own are equal. */
const widthsOf = (rows: readonly FilledLine[][], columns?: readonly TableColumn[]): number[] => {
  const shares =
    columns?.map(({ share }) => share) ??
    Array<number>(Math.max(...rows.map((row) => row.length))).fill(1)
  const whole = shares.reduce((sum, share) => sum + share, 0)
  return shares.map((share) => Math.floor((textWidth * share) / whole))
}

const tableXml = (
  rows: readonly FilledLine[][],
  ruled: boolean,
  columns?: readonly TableColumn[],
): string => {
  const widths = widthsOf(rows, columns)
  const sides = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV']
  const edge = (side: string) =>
    `<w:${side} w:val="${ruled ? 'single' : 'none'}" w:sz="4" w:space="0" w:color="auto"/>`
  const cell = (line: FilledLine, width: number, at: number) =>
    `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/></w:tcPr>${paragraphXml(`<w:spacing w:after="40"/>${columns?.[at]?.end ? '<w:jc w:val="right"/>' : ''}`, lineXml(line))}</w:tc>`
  // The head of columns stands on every page.
  const row = (cells: readonly FilledLine[], index: number) =>
    `<w:tr><w:trPr><w:cantSplit/>${columns && index === 0 ? '<w:tblHeader/>' : ''}</w:trPr>${widths.map((width, at) => cell(cells[at] ?? [], width, at)).join('')}</w:tr>`
  const grid = widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('')
  // Two tables that touch would be one: an empty paragraph parts them.
  return `<w:tbl><w:tblPr><w:tblW w:w="${textWidth}" w:type="dxa"/><w:tblBorders>${sides.map(edge).join('')}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${rows.map(row).join('')}</w:tbl>${paragraphXml('<w:spacing w:after="0"/>', '')}`
}

const blockXml = (block: Block): string => {
  switch (block.kind) {
    case 'heading':
      return paragraphXml(`<w:pStyle w:val="Heading${block.level}"/>`, linesXml(block.lines))
    case 'paragraph':
      return paragraphXml('<w:jc w:val="both"/>', linesXml(block.lines))
    case 'split':
      return paragraphXml(
        `<w:tabs><w:tab w:val="right" w:pos="${textWidth}"/></w:tabs>`,
        lineXml(block.left) + tabXml + lineXml(block.right),
      )
    case 'item':
      return paragraphXml(
        `<w:ind w:left="${indent * (block.depth + 1)}" w:hanging="${indent}"/><w:jc w:val="both"/>`,
        runXml({ text: block.marker }) + tabXml + linesXml(block.lines),
      )
    case 'table':
      return tableXml(block.rows, block.ruled, block.columns)
    case 'pageBreak':
      return paragraphXml('<w:spacing w:after="0"/>', '<w:r><w:br w:type="page"/></w:r>')
  }
}

/** The whole file. */
export const docxOf = (blocks: readonly Block[]): Uint8Array => {
  const body = `${blocks.map(blockXml).join('')}<w:sectPr><w:pgSz w:w="${page.width}" w:h="${page.height}"/><w:pgMar w:top="${page.top}" w:right="${page.right}" w:bottom="${page.bottom}" w:left="${page.left}" w:header="708" w:footer="708" w:gutter="0"/></w:sectPr>`
  const parts = {
    ...fixed,
    'word/document.xml': `<w:document xmlns:w="${word}"><w:body>${body}</w:body></w:document>`,
  }
  return zipSync(
    Object.fromEntries(
      Object.entries(parts).map(([name, xml]) => [name, strToU8(`${head}${xml}`)]),
    ),
  )
}
