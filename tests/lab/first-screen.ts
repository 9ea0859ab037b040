import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'

/** Fetched once the first screen is there: the world's phone numbers, the watch for updates. */
const whenIdle = /\/(metadata\.min|workbox-window)/

/**
 * JavaScript that the entry and the place on the screen import, gzipped; not what is fetched for
 * later when all is idle.
 */
export const firstScreenScripts = async (page: Page): Promise<{ files: number; bytes: number }> => {
  const urls = await page.evaluate(() => [
    ...new Set(
      [
        ...document.querySelectorAll<HTMLLinkElement | HTMLScriptElement>(
          'script[src], link[rel=modulepreload]',
        ),
      ].map((tag) => ('src' in tag ? tag.src : tag.href)),
    ),
  ])
  let bytes = 0
  for (const url of urls.filter((one) => !whenIdle.test(one)))
    bytes += gzipSync(await (await fetch(url)).text()).length
  return { files: urls.length, bytes }
}
