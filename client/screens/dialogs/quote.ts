/** Splits the text of a letter into what its author wrote and what is quoted under it. */

/** Lines that programs put before the quoted letter. */
const introductions: readonly RegExp[] = [
  /^-{2,}\s*(original message|исходное сообщение|пересылаемое сообщение|forwarded message)\s*-{2,}$/i,
  // "On Mon, 3 Nov 2026 at 12:00, Ivan <i@x> wrote:", "3 ноября 2026 г., 12:00, Иван <…> пишет:"
  /^.{3,300}\s(wrote|пишет|писал|писала|писал\(а\)|написал|написала|написал\(а\)):$/i,
  /^(от|from):\s.+@.+$/i,
  /^\S.{0,200}<[^<>\s]+@[^<>\s]+>:$/,
]

const isQuoted = (line: string): boolean => line.startsWith('>')

export interface SplitText {
  own: string
  /** The rest, from the introduction on; empty where nothing is quoted. */
  quoted: string
}

/**
 * The quote begins at an introduction or at a run of `>` lines that lasts to the end. A quote with
 * an answer under it stays in place: there the quote is what the answer is about.
 */
export const splitQuote = (text: string): SplitText => {
  const lines = text.split(/\r?\n/)
  let start = lines.findIndex((line) =>
    introductions.some((introduction) => introduction.test(line.trim())),
  )
  if (start >= 0 && lines.slice(start + 1).some(isQuoted)) {
    const lastQuoted = lines.findLastIndex(isQuoted)
    if (lines.slice(lastQuoted + 1).some((line) => line.trim() !== '')) start = -1
  }
  if (start < 0) {
    let tail = lines.length
    while (tail > 0 && (lines[tail - 1]?.trim() === '' || isQuoted(lines[tail - 1] ?? ''))) tail--
    if (lines.slice(tail).some(isQuoted)) start = tail
  }
  const own = start < 0 ? text : lines.slice(0, start).join('\n')
  // A letter that is nothing but a forwarded one has to be shown.
  if (start < 0 || own.trim() === '') return { own: text.trim(), quoted: '' }
  return { own: own.trim(), quoted: lines.slice(start).join('\n').trim() }
}
