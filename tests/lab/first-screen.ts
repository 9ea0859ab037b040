import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'

/** Fetched once the first screen is there: phone numbers, the watch for updates, what writes, the search. */
const whenIdle = /\/(world-phones|workbox-window|writing|search)[-.]/

const staticImports = /(?:import|from)\s*["']\.\/([^"']+\.js)["']/g

/**
 * JavaScript that the entry and the place on the screen import, gzipped; not what is fetched for
 * later when all is idle, be it there already or not.
 */
export const firstScreenScripts = async (page: Page): Promise<{ files: number; bytes: number }> => {
  const { entries, preloaded } = await page.evaluate(() => ({
    entries: [...document.querySelectorAll<HTMLScriptElement>('script[src]')].map(({ src }) => src),
    preloaded: [...document.querySelectorAll<HTMLLinkElement>('link[rel=modulepreload]')].map(
      ({ href }) => href,
    ),
  }))
  const codes = new Map<string, Promise<string>>()
  const codeOf = (url: string) => {
    const code = codes.get(url) ?? fetch(url).then((answer) => answer.text())
    codes.set(url, code)
    return code
  }
  /** With all that these import. */
  const closure = async (urls: readonly string[]): Promise<Set<string>> => {
    const found = new Set<string>()
    const visit = async (url: string): Promise<void> => {
      if (found.has(url)) return
      found.add(url)
      for (const [, path = ''] of (await codeOf(url)).matchAll(staticImports))
        await visit(new URL(path, url).href)
    }
    for (const url of urls) await visit(url)
    return found
  }
  const later = await closure(preloaded.filter((url) => whenIdle.test(url)))
  const first = await closure([...entries, ...preloaded.filter((url) => !later.has(url))])
  let bytes = 0
  for (const url of first) bytes += gzipSync(await codeOf(url)).length
  return { files: first.size, bytes }
}
