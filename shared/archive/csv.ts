/**
 * CSV as Russian and European spreadsheets read it: `;` between cells, CRLF, UTF-8 with its mark (the
 * caller writes it once). RFC 4180 otherwise.
 */
export const byteOrderMark = '\uFEFF'

/**
 * What a spreadsheet would run as a formula (OWASP, «CSV Injection»: signs in full width and line feeds
 * among them), spaces before it or not; and what is disarmed already. The import takes the apostrophe off.
 */
const formula = /^'*(\s*[=+\-@＝＋－＠]|[\t\r\n])/
export const isDisarmed = (cell: string): boolean => cell.startsWith("'") && formula.test(cell)

/** A number or a phone begins with a sign too, and runs nothing. */
const plainNumber = /^[+-]?[\d\s().,-]+$/

/** One cell. Text that a spreadsheet would run gets an apostrophe in front, which it hides. */
export const csvCell = (value: string): string => {
  const safe = formula.test(value) && !plainNumber.test(value) ? `'${value}` : value
  return /[;"\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(';')}\r\n`
