import { describe, expect, it } from 'vitest'
import { readSource, replaceTokens, tokensIn } from '../../../shared/templates/source.ts'
import { shortest } from '../../lab/shortest.ts'

const text = (words: string) => [{ text: words }]

describe('the text of a template', () => {
  it('is headings, paragraphs of lines, items, and new pages', () => {
    expect(
      readSource(
        '# Договор\n\nПервая строка\nвторая\n\n## Предмет\n1.1. Пункт\n  - подпункт\n---\nконец',
      ),
    ).toEqual([
      { kind: 'heading', level: 1, lines: [text('Договор')] },
      { kind: 'paragraph', lines: [text('Первая строка'), text('вторая')] },
      { kind: 'heading', level: 2, lines: [text('Предмет')] },
      { kind: 'item', marker: '1.1.', depth: 0, lines: [text('Пункт')] },
      { kind: 'item', marker: '–', depth: 1, lines: [text('подпункт')] },
      { kind: 'pageBreak' },
      { kind: 'paragraph', lines: [text('конец')] },
    ])
  })

  it('has bold words, and leaves a pair of stars that has no other as it is', () => {
    expect(readSource('a **b {client.name}** c ** d')).toEqual([
      {
        kind: 'paragraph',
        lines: [
          [
            { text: 'a ' },
            { text: 'b ', bold: true },
            { variable: { path: 'client.name' }, bold: true },
            { text: ' c ** d' },
          ],
        ],
      },
    ])
  })

  it('has tables, with lines or without, with empty cells; an empty line begins another', () => {
    expect(readSource('| a | |\n| {client.inn|x} | b\\|c |\n\n|: d | e |')).toEqual([
      {
        kind: 'table',
        ruled: true,
        rows: [
          [text('a'), []],
          [[{ variable: { path: 'client.inn', format: 'x' } }], text('b|c')],
        ],
      },
      { kind: 'table', ruled: false, rows: [[text('d'), text('e')]] },
    ])
  })

  it('parts a line into left and right', () => {
    expect(readSource('г. Москва >> {today.date|long}')).toEqual([
      {
        kind: 'split',
        left: text('г. Москва'),
        right: [{ variable: { path: 'today.date', format: 'long' } }],
      },
    ])
  })

  it('has variables in braces, and braces after a backslash', () => {
    expect(tokensIn('{client.custom/ab-1|words?} \\{client.inn} {нечто}')).toEqual([
      { path: 'client.custom/ab-1', format: 'words', optional: true },
      { path: 'нечто' },
    ])
    expect(replaceTokens('a {b.c} \\{b.c}', (inside) => `<${inside}>`)).toBe('a <b.c> \\{b.c}')
  })

  it('is read in time, however odd it is', async () => {
    const taken = await shortest(5_000, async () => {
      const started = performance.now()
      for (const odd of ['{', '|', '*', '>>', '\\', '# ', '1.1. ', '{|', '{a', 'a >'])
        readSource(odd.repeat(100_000 / odd.length))
      return performance.now() - started
    })
    expect(taken).toBeLessThan(5_000)
  })
})
