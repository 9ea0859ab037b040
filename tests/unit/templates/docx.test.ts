import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { docxOf } from '../../../client/screens/templates/docx.ts'
import type { Block } from '../../../shared/templates/render.ts'

const partsOf = (blocks: Block[]) =>
  Object.fromEntries(
    Object.entries(unzipSync(docxOf(blocks))).map(([name, bytes]) => [name, strFromU8(bytes)]),
  )

const everything: Block[] = [
  { kind: 'heading', level: 1, lines: [[{ text: 'ДОГОВОР' }]] },
  { kind: 'split', left: [{ text: 'Москва' }], right: [{ text: '12 марта' }] },
  { kind: 'paragraph', lines: [[{ text: 'a', bold: true }], [{ text: 'b\nc', fault: 'empty' }]] },
  { kind: 'item', marker: '1.1.', depth: 1, lines: [[{ text: 'Пункт' }]] },
  { kind: 'table', ruled: true, rows: [[[{ text: 'x' }], []], [[{ text: 'y' }]]] },
  { kind: 'pageBreak' },
]

describe('a document as DOCX', () => {
  it('is well-formed XML in every part, and each relation leads to a part', () => {
    const parts = partsOf(everything)
    for (const xml of Object.values(parts)) expect(XMLValidator.validate(xml)).toBe(true)
    const rels = new XMLParser({ ignoreAttributes: false }).parse(
      parts['word/_rels/document.xml.rels'] ?? '',
    )
    expect(parts[`word/${rels.Relationships.Relationship['@_Target']}`]).toBeDefined()
    expect(parts['_rels/.rels']).toContain('word/document.xml')
  })

  it('has every block, and as many cells in each row as there are columns', () => {
    const xml = partsOf(everything)['word/document.xml'] ?? ''
    expect(xml).toContain('<w:pStyle w:val="Heading1"/>')
    expect(xml).toContain('<w:b/></w:rPr><w:t xml:space="preserve">a</w:t>')
    expect(xml).toContain('b</w:t><w:br/><w:t xml:space="preserve">c')
    expect(xml).toContain('<w:br w:type="page"/>')
    expect(xml.match(/<w:tc>/g)).toHaveLength(4)
    expect(xml.match(/w:highlight/g)).toHaveLength(1)
  })

  it('has what looks like markup as text, and no signs that XML forbids', () => {
    const text = '</w:t><script>&\u0000\u000b'
    const xml = partsOf([{ kind: 'paragraph', lines: [[{ text }]] }])['word/document.xml'] ?? ''
    expect(xml).toContain('&lt;/w:t&gt;&lt;script&gt;&amp;<')
    expect(XMLValidator.validate(xml)).toBe(true)
  })
})
