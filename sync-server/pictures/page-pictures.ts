/**
 * The pictures by which a page wants to be shown elsewhere: The Open Graph protocol (https://ogp.me),
 * `twitter:image`, and `<link rel="image_src">`, in this order.
 */
import { Parser } from 'htmlparser2'
import { outsideUrl } from './outside.ts'

/** Lower comes first. */
const ranks: Readonly<Record<string, number>> = {
  'og:image:secure_url': 0,
  'og:image': 1,
  'og:image:url': 1,
  'twitter:image': 2,
  'twitter:image:src': 2,
}
const linkRank = 3
/** A page of nothing but pictures is no reason to remember them all. */
const maxFound = 20
/** Of tags in each other; the head of a page has three. The parser's work grows with the square of it. */
const maxDepth = 256
/** Characters between two looks at that. */
const step = 4096

/** Addresses that may be asked, the best first, each once; relative ones by the page's `<base>` or address. */
export const pagePictures = (html: string, page: URL): URL[] => {
  const found: { rank: number; address: string }[] = []
  let base = page
  let depth = 0
  const parser = new Parser({
    onopentag: (name, { property, name: called, content, rel, href }) => {
      depth++
      if (name === 'base' && href && URL.canParse(href, page)) base = new URL(href, page)
      if (found.length >= maxFound) return
      if (name === 'link' && href && rel?.toLowerCase() === 'image_src')
        found.push({ rank: linkRank, address: href })
      const rank = ranks[(property ?? called ?? '').toLowerCase()]
      if (name === 'meta' && rank !== undefined && content) found.push({ rank, address: content })
    },
    onclosetag: () => {
      depth--
    },
  })
  for (let at = 0; at < html.length && depth < maxDepth; at += step)
    parser.write(html.slice(at, at + step))
  const addresses = new Map<string, URL>()
  for (const { address } of found.sort((a, b) => a.rank - b.rank)) {
    const url = outsideUrl(address.trim(), base)
    if (url.ok && !isOfNobody(url.value)) addresses.set(url.value.href, url.value)
  }
  return [...addresses.values()]
}

/** What t.me shows for names that nobody has, or that have no picture: Telegram's own logo. */
const isOfNobody = ({ pathname }: URL): boolean => /\/t_logo[\w-]*\.png$/.test(pathname)
