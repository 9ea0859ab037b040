/**
 * The HTML of a letter, made safe to show. It is shown in a frame that runs no scripts, so this is
 * the second wall; and the only one against pictures that tell the sender who reads (trackers).
 */
import createPurify, { type WindowLike } from 'dompurify'

export interface CleanOptions {
  /** Whether pictures and fonts may be fetched from elsewhere. */
  remotePictures: boolean
  /** Address of the picture that came inside the letter under this Content-ID. */
  pictureOf: (cid: string) => string | undefined
}

export interface CleanLetter {
  html: string
  /** Whether something was left out that would be fetched from elsewhere. */
  withheld: boolean
}

/** Encrypted only: the frame's policy lets nothing else in. */
const remote = /^\s*(?:https?:)?\/\//i
const insidePicture = /^\s*cid:(.+)$/i
const embeddedPicture = /^\s*data:image\/(?:png|jpe?g|gif|webp|bmp)[;,]/i

/** `url(…)` of a style sheet; the closing bracket may be missing at its end. */
const cssUrl = /url\(\s*(['"]?)([^'")]*)\1\s*\)?/gi
/** What a style sheet may fetch besides `url(…)`. Comments and escapes are ways to hide it. */
const cssFetch = /@import[^;]*;?|image-set\([^;}]*|\\[0-9a-f]{1,6}\s?|\/\*[\s\S]*?\*\//gi

/**
 * Attributes that fetch, beside `src`: a letter needs none of them but `background`, and that can
 * be done without.
 */
const fetching = ['srcset', 'background', 'poster', 'data', 'xlink:href', 'action', 'formaction']

const forbiddenTags = [
  'base',
  'link',
  'meta',
  'form',
  'input',
  'button',
  'select',
  'textarea',
  'iframe',
  'frame',
  'object',
  'embed',
  'audio',
  'video',
  'source',
  'track',
  'svg',
  'math',
  'dialog',
  'template',
] // prettier-ignore

/**
 * `view` is the window of the frame: what is parsed in the page's own is judged by the page's CSP,
 * which reports every style of the letter.
 */
export const cleanLetter = (html: string, view: WindowLike, options: CleanOptions): CleanLetter => {
  // An instance of its own: hooks belong to an instance, and these close over the options.
  const purify = createPurify(view)
  let withheld = false

  const cleanCss = (css: string): string =>
    css.replace(cssFetch, '').replace(cssUrl, (whole, _quote, address: string) => {
      const picture = cid(address)
      if (picture) return `url("${picture}")`
      if (embeddedPicture.test(address)) return whole
      if (!remote.test(address)) return 'none'
      if (options.remotePictures) return whole
      withheld = true
      return 'none'
    })

  const cid = (address: string): string | undefined => {
    const id = insidePicture.exec(address)?.[1]
    if (!id) return undefined
    try {
      return options.pictureOf(decodeURIComponent(id.trim()))
    } catch {
      // A stray "%" in the id: it was not percent-encoded.
      return options.pictureOf(id.trim())
    }
  }

  purify.addHook('uponSanitizeElement', (node, { tagName }) => {
    if (tagName === 'style' && node.textContent) node.textContent = cleanCss(node.textContent)
  })
  purify.addHook('uponSanitizeAttribute', (_node, data) => {
    if (data.attrName === 'style') data.attrValue = cleanCss(data.attrValue)
  })
  purify.addHook('beforeSanitizeAttributes', (node) => {
    // Called for pieces of text, too, whatever its type says.
    if (node.nodeType !== 1) return
    for (const name of fetching) {
      if (!node.hasAttribute(name)) continue
      if (remote.test(node.getAttribute(name) ?? '')) withheld = true
      node.removeAttribute(name)
    }
    if (node.nodeName !== 'IMG') return
    const source = node.getAttribute('src') ?? ''
    const picture = cid(source)
    node.removeAttribute('src')
    if (picture) node.setAttribute('data-picture', picture)
    else if (embeddedPicture.test(source)) node.setAttribute('src', source)
    else if (remote.test(source)) {
      if (options.remotePictures) node.setAttribute('src', source)
      else withheld = true
    }
  })
  purify.addHook('afterSanitizeAttributes', (node) => {
    if (node.nodeType !== 1) return
    // Set last: the cleaner does not know blob: addresses, and these are our own.
    const picture = node.getAttribute('data-picture')
    if (picture) {
      node.setAttribute('src', picture)
      node.removeAttribute('data-picture')
    }
    if (node.nodeName === 'A') {
      node.setAttribute('target', '_blank')
      node.setAttribute('rel', 'noopener noreferrer')
    }
  })
  const clean = purify.sanitize(html, {
    FORBID_TAGS: forbiddenTags,
    FORBID_ATTR: ['ping', 'autofocus', 'tabindex', 'contenteditable'],
    ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|tel:|data:image\/|#)/i,
    // The body's own attributes (colours) stay, and so do styles of the head.
    FORCE_BODY: true,
  })
  return { html: clean, withheld }
}
