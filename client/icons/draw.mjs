// Draws the icons of the manifest from icon.svg with Chromium: node client/icons/draw.mjs
// The results are committed, so that a build needs no browser.
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'

const folder = new URL('../public/icons/', import.meta.url)
const svg = await readFile(new URL('icon.svg', folder), 'utf8')

// A maskable icon may be cut to a circle of 80 %: the mark is smaller, the colour goes to the edge.
const maskable = svg
  .replace('rx="112"', 'rx="0"')
  .replace('<path', '<g transform="translate(256 256) scale(.78) translate(-256 -256)"><path')
  .replace('</svg>', '</g></svg>')
// iOS cuts the corners itself and shows transparency as black.
const square = svg.replace('rx="112"', 'rx="0"')

const drawings = [
  ['icon-192.png', 192, svg],
  ['icon-512.png', 512, svg],
  ['maskable-512.png', 512, maskable],
  ['apple-180.png', 180, square],
]

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
const page = await browser.newPage()
for (const [name, size, drawing] of drawings) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${drawing}`)
  await page.screenshot({ path: fileURLToPath(new URL(name, folder)), omitBackground: true })
}
await browser.close()
