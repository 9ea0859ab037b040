/**
 * The text of a template: a few signs of Markdown, and variables in braces.
 *
 *     # ДОГОВОР № {contract.number}          heading, in the middle
 *     ## 1. Предмет                          smaller heading
 *     г. Москва >> {contract.date|long}      left and right on one line
 *     **bold**   - item   1.1. clause        a clause keeps the number that was typed
 *     | left | right |                       a table; `|:` begins one without lines
 *     ---                                    new page
 *     {client.kpp?}                          may be empty: a line of nothing else goes with it
 *
 * Taken apart before values are put in, so that no value is ever read as a sign. A plain text, and no
 * tree of nodes, because two people who edit one text at once lose nothing (see `Y.Text`), history shows
 * what changed, and there is no markup in it that could do harm.
 */

/** A value to be put in. */
export interface VariableToken {
  /** `client.name`, `client.custom/<id>`; of one that nobody knows what stands in the braces. */
  path: string
  /** How it is shown; see `Format`. */
  format?: string
  /** Nothing is missing where it is empty. */
  optional?: true
}

export type Piece = ({ text: string } | { variable: VariableToken }) & { bold?: true }

/** Lines of a paragraph or of a cell. */
export type Line = Piece[]

export type SourceBlock =
  | { kind: 'heading'; level: 1 | 2; lines: Line[] }
  | { kind: 'paragraph'; lines: Line[] }
  /** `left >> right`. */
  | { kind: 'split'; left: Line; right: Line }
  /** With the sign or the number that was typed before it. */
  | { kind: 'item'; marker: string; depth: number; lines: Line[] }
  | { kind: 'table'; ruled: boolean; rows: Line[][] }
  | { kind: 'pageBreak' }

/** What stands in braces, on one line; `\{` is a brace. */
const bracesPattern = /\\([{}*\\|])|\{([^{}\n]+)\}|\*\*/g

/** `client.name`, `client.custom/<id>|format?` */
const tokenPattern = /^([a-z][\w]*\.[\w/-]+)(?:\|(\w+))?(\?)?$/i

export const readToken = (inside: string): VariableToken => {
  const [, path, format, optional] = tokenPattern.exec(inside.trim()) ?? []
  if (!path) return { path: inside.trim() }
  return { path, ...(format && { format }), ...(optional && { optional: true }) }
}

export const writeToken = ({ path, format, optional }: VariableToken): string =>
  `{${path}${format ? `|${format}` : ''}${optional ? '?' : ''}}`

/** A line's texts and variables; `**` makes what is between two of them bold, one alone stays as it is. */
const lineOf = (text: string): Line => {
  const pieces: Line = []
  const signs = text.match(/\\.|\*\*/g)?.filter((sign) => sign === '**').length ?? 0
  let [bold, at, seen] = [false, 0, 0]
  const put = (piece: Piece) => {
    if ('text' in piece && piece.text === '') return
    const last = pieces.at(-1)
    const whole: Piece = bold ? { ...piece, bold: true } : piece
    if (last && 'text' in last && 'text' in whole && last.bold === whole.bold)
      last.text += whole.text
    else pieces.push(whole)
  }
  for (const match of text.matchAll(bracesPattern)) {
    put({ text: text.slice(at, match.index) })
    at = match.index + match[0].length
    const [sign, escaped, inside] = match
    if (escaped !== undefined) put({ text: escaped })
    else if (inside !== undefined) put({ variable: readToken(inside) })
    else if (++seen > signs - (signs % 2)) put({ text: sign })
    else bold = !bold
  }
  put({ text: text.slice(at) })
  return pieces
}

/** Cells of `| a | b |`; a `|` in braces or after `\\` parts nothing. */
const cellsOf = (row: string): Line[] => {
  const cells = ['']
  for (const [part] of row.replace(/^\|:?/, '').matchAll(/\\.|\{[^{}\n]*\}|[^\\{|]+|./g))
    if (part === '|') cells.push('')
    else cells.push(`${cells.pop()}${part}`)
  // The last sign ends the row.
  if (cells.length > 1 && cells.at(-1)?.trim() === '') cells.pop()
  return cells.map((cell) => lineOf(cell.trim()))
}

const headingPattern = /^(#{1,2})\s+(.*)$/
const itemPattern = /^(\s*)([-•–—]|\d+(?:\.\d+)*[.)])\s+(.*)$/
const splitPattern = /^(.*?\S)\s*>>\s*(.*)$/
const pagePattern = /^-{3,}$/

export const readSource = (source: string): SourceBlock[] => {
  const blocks: SourceBlock[] = []
  /** A block that the next line may belong to. */
  let open: Extract<SourceBlock, { lines: Line[] }> | null = null
  for (const raw of source.replaceAll('\r\n', '\n').split('\n')) {
    const text = raw.trimEnd()
    const trimmed = text.trim()
    const last = blocks.at(-1)
    if (trimmed === '') {
      open = null
      // Rows after an empty line are another table.
      if (last?.kind === 'table') blocks.push({ kind: 'paragraph', lines: [] })
      continue
    }
    const [, signs, title = ''] = headingPattern.exec(trimmed) ?? []
    const [, space = '', marker, words = ''] = itemPattern.exec(text) ?? []
    const [, left = '', right] = splitPattern.exec(trimmed) ?? []
    if (trimmed.startsWith('|')) {
      open = null
      const row = cellsOf(trimmed)
      if (last?.kind === 'table') last.rows.push(row)
      else blocks.push({ kind: 'table', ruled: !trimmed.startsWith('|:'), rows: [row] })
    } else if (pagePattern.test(trimmed)) {
      open = null
      blocks.push({ kind: 'pageBreak' })
    } else if (signs) {
      open = { kind: 'heading', level: signs === '#' ? 1 : 2, lines: [lineOf(title)] }
      blocks.push(open)
    } else if (marker) {
      const sign = /\d/.test(marker) ? marker : '–'
      open = {
        kind: 'item',
        marker: sign,
        depth: Math.min(2, space.length >> 1),
        lines: [lineOf(words)],
      }
      blocks.push(open)
    } else if (right !== undefined) {
      open = null
      blocks.push({ kind: 'split', left: lineOf(left), right: lineOf(right) })
    } else if (open && open.kind !== 'heading') open.lines.push(lineOf(trimmed))
    else {
      open = { kind: 'paragraph', lines: [lineOf(trimmed)] }
      blocks.push(open)
    }
  }
  return blocks.filter((block) => block.kind !== 'paragraph' || block.lines.length > 0)
}

/** The variables of a text, each as often as it stands there. */
export const tokensIn = (source: string): VariableToken[] =>
  [...source.matchAll(bracesPattern)].flatMap(([, , inside]) =>
    inside === undefined ? [] : [readToken(inside)],
  )

/** The text with each variable written anew; what `to` does not know stays as it is. */
export const replaceTokens = (source: string, to: (inside: string) => string | null): string =>
  source.replace(bracesPattern, (whole, _escaped, inside?: string) =>
    inside === undefined ? whole : (to(inside) ?? whole),
  )
