/**
 * CSV whose quotes are broken → rows. RFC 4180 says what a quoted cell is, and programs that join cells
 * by hand do not keep to it: `"ООО "Ромашка"";`, `"Вектор" АО;`, a quote that is never closed. Cells
 * that are right are read as ever, over several lines, too; a row that is not ends with its line, so
 * that it takes no other along.
 */
export interface BrokenForm {
  separator: string
  quote: string
  newline: string
  /** Rows that are read at most. */
  most: number
}

interface Cell {
  text: string
  /** The place after it. */
  end: number
}

/** Where a sign stands next; the last answer is kept, since a file may have none for megabytes. */
const finder = (text: string, sign: string) => {
  let since = 0
  let next = -1
  return (from: number): number => {
    if (from < since || from > next) {
      since = from
      next = text.indexOf(sign, from)
      if (next < 0) next = text.length
    }
    return next
  }
}

export const parseBroken = (
  text: string,
  { separator, quote, newline, most }: BrokenForm,
): string[][] => {
  const nextSeparator = finder(text, separator)
  const nextNewline = finder(text, newline)
  /** Spaces may stand beside a quote, a CR before a lone LF among them. */
  const afterSpaces = (at: number): number => {
    let end = at
    while (text[end] === ' ' || (text[end] === '\r' && newline === '\n')) end++
    return end
  }
  const isBoundary = (at: number): boolean =>
    at >= text.length || text.startsWith(separator, at) || text.startsWith(newline, at)
  const bare = (from: number): Cell => {
    const end = Math.min(nextSeparator(from), nextNewline(from))
    return { text: text.slice(from, end), end }
  }

  /** As RFC 4180 has it, or null. */
  const quoted = (open: number): Cell | null => {
    let value = ''
    for (let from = open + 1; ; ) {
      const close = text.indexOf(quote, from)
      if (close < 0) return null
      value += text.slice(from, close)
      if (text[close + 1] !== quote) {
        const end = afterSpaces(close + 1)
        return isBoundary(end) ? { text: value, end } : null
      }
      value += quote
      from = close + 2
    }
  }

  /** A quote closes where a cell can end; one that closes nowhere in its line is a letter of the name. */
  const forgiven = (open: number): Cell => {
    const lineEnd = nextNewline(open)
    for (let close = open + 1; ; close++) {
      close = text.indexOf(quote, close)
      if (close < 0 || close >= lineEnd) return bare(open)
      const end = afterSpaces(close + 1)
      if (isBoundary(end))
        return { text: text.slice(open + 1, close).replaceAll(quote + quote, quote), end }
    }
  }

  /** The cells of the row that begins at `from`, and where the next one does; null where a cell is. */
  const rowAt = (from: number, cellAt: (open: number) => Cell | null) => {
    const cells: string[] = []
    for (let at = from; ; at += separator.length) {
      const open = afterSpaces(at)
      const cell = text[open] === quote ? cellAt(open) : bare(at)
      if (!cell) return null
      cells.push(cell.text)
      at = cell.end
      if (!text.startsWith(separator, at)) return { cells, next: at + newline.length }
    }
  }

  const rows: string[][] = []
  for (let at = 0; at < text.length && rows.length < most; ) {
    const row = rowAt(at, quoted) ?? rowAt(at, forgiven)
    if (!row) throw new Error('every row can be forgiven')
    rows.push(row.cells)
    at = row.next
  }
  return rows
}
