/** The plain text of an HTML letter, for lists, search, and programs that show no HTML. */
import { convert } from 'html-to-text'

/** Converting takes time in proportion to this; letters beyond it are newsletters gone wrong. */
const maxHtmlCharacters = 2_000_000

export const htmlToText = (html: string): string =>
  convert(html, {
    wordwrap: false,
    limits: { maxInputLength: maxHtmlCharacters, maxDepth: 200 },
    selectors: [
      { selector: 'img', format: 'skip' },
      { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false } },
      { selector: 'h1', options: { uppercase: false } },
      { selector: 'h2', options: { uppercase: false } },
      { selector: 'h3', options: { uppercase: false } },
      { selector: 'h4', options: { uppercase: false } },
      { selector: 'table', format: 'block' },
    ],
  }).trim()
