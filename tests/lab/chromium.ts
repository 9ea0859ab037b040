import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { type Cable, startCable } from './network.ts'

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * How many times slower a page computes than the machine can (CDP), from the environment: what wins a race
 * on a fast machine loses it at 4 to 6. Timings that a test measures mean nothing then.
 */
const slowness = Number(process.env.CPU_THROTTLE ?? 1)

/** What the console says by itself when the network or the relay is away; the tests that take it away expect it. */
const networkMessage = /net::ERR_|WebSocket connection to .* failed/

export interface DeviceOptions {
  width: number
  height: number
  /** Touch, mobile viewport and user agent, two device pixels a CSS pixel. */
  phone?: boolean
  locale?: string
  colorScheme?: 'light' | 'dark'
}

export interface Device {
  context: BrowserContext
  page: Page
  /** Pulls the cable: open connections break, new ones fail, navigator.onLine is false. */
  offline(): Promise<void>
  online(): Promise<void>
  /**
   * Errors of the console, uncaught exceptions and rejections of pages and workers so far, without
   * those a missing network makes. A test ends with `expect(device.problems).toEqual([])`.
   */
  problems: string[]
  /** Writes <SCREENSHOTS>/<name>.png; does nothing where the variable is not set. */
  screenshot(name: string): Promise<void>
  close(): Promise<void>
}

/** The real Chromium of the system, without a window. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath, args })
}

/**
 * A device of its own: nothing is shared with another one but the program. All of its traffic goes
 * through a cable that `offline()` pulls.
 *
 * @example
 * const phone = await newDevice(browser, { width: 390, height: 844, phone: true })
 * await phone.page.goto(relay.url)
 * await phone.offline()
 */
export async function newDevice(browser: Browser, options: DeviceOptions): Promise<Device> {
  const cable: Cable = await startCable()
  const phone = options.phone ?? false
  const context = await browser.newContext({
    viewport: { width: options.width, height: options.height },
    locale: options.locale ?? 'ru-RU',
    timezoneId: 'Europe/Moscow',
    colorScheme: options.colorScheme ?? 'light',
    isMobile: phone,
    hasTouch: phone,
    deviceScaleFactor: phone ? 2 : 1,
    ...(phone && {
      userAgent: `Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${browser.version()} Mobile Safari/537.36`,
    }),
    // Without this Chromium sends what goes to localhost past the proxy.
    proxy: { server: cable.url, bypass: '<-loopback>' },
  })
  const problems: string[] = []
  const note = (text: string) => {
    if (!networkMessage.test(text)) problems.push(text)
  }
  context.on('console', (message) => {
    if (message.type() === 'error') note(`${message.text()} (${message.location().url})`)
  })
  context.on('weberror', (error) => note(String(error.error().stack ?? error.error())))
  if (slowness > 1) context.on('page', slowDown)
  const page = await context.newPage()

  return {
    context,
    page,
    problems,
    async offline() {
      cable.unplug()
      await context.setOffline(true)
    },
    async online() {
      cable.plug()
      await context.setOffline(false)
    },
    async screenshot(name) {
      const dir = process.env.SCREENSHOTS
      if (!dir) return
      await mkdir(dir, { recursive: true })
      await page.screenshot({ path: join(dir, `${name}.png`) })
    },
    async close() {
      await context.close()
      await cable.close()
    },
  }
}

async function slowDown(page: Page): Promise<void> {
  try {
    const session = await page.context().newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowness })
  } catch (error) {
    // A page that was closed at once needs no slowing.
    if (!page.isClosed()) throw error
  }
}
