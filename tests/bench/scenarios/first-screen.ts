/** JavaScript that must be here before the first screen is; beside it the bare libraries under it. */
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { firstScreenScripts } from '../../lab/first-screen.ts'
import { buildPage } from '../../lab/page.ts'
import { signedInDevice, withBrowser } from '../browser.ts'
import type { Size } from '../data.ts'
import type { Tell } from '../report.ts'
import { seededRelay } from '../seeded.ts'

/** design.md, bytes. */
const limit = 150 * 1024

const libraries = async (): Promise<number> => {
  const page = await buildPage(fileURLToPath(new URL('../pages/libraries.ts', import.meta.url)))
  const scripts = [...page].filter(([name]) => name.endsWith('.js'))
  return scripts.reduce((bytes, [, { body }]) => bytes + gzipSync(body).length, 0)
}

export const firstScreen = async (_most: Size, tell: Tell): Promise<void> => {
  const { relay } = await seededRelay('S', false)
  try {
    await withBrowser(async (browser) => {
      const device = await signedInDevice(browser, relay.url, { width: 1440, height: 900 })
      const { page } = device
      await page.reload()
      await page.getByRole('main').getByRole('heading').first().waitFor()
      const { bytes, files } = await firstScreenScripts(page)
      const beside = await libraries()
      const kilobytes = (n: number) => `${(n / 1024).toFixed(0)} KB`
      tell({
        what: 'JavaScript for the first screen, gzip',
        measured: `${kilobytes(bytes)} in ${files} files`,
        beside: `its libraries alone, whole: ${kilobytes(beside)}`,
        ratio: bytes / beside,
        goal: '< 150 KB',
        met: bytes < limit,
      })
      await device.close()
    })
  } finally {
    await relay.stop()
  }
}
