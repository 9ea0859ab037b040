import type { Page } from 'playwright-core'
import { administrator } from './device.ts'
import { keptIn } from './kept.ts'
import { until } from './processes.ts'

/** Fills the form of the sign-in; what is to be seen then is waited for by who asks. */
export const signInOn = async (
  page: Page,
  url: string,
  { email, password }: { email: string; password: string } = administrator,
): Promise<void> => {
  await page.goto(url)
  await page.getByLabel('Электронная почта').fill(email)
  await page.getByRole('textbox', { name: 'Пароль' }).fill(password)
  await page.getByRole('button', { name: 'Войти' }).click()
}

/** Until the program is on the device and serves this page: its parts need no network from then on. */
export const programIsHere = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const container = navigator.serviceWorker
    if (container.controller) return
    await new Promise((resolve) =>
      container.addEventListener('controllerchange', resolve, { once: true }),
    )
  })

/**
 * Until a device may lose its network: the program is there, and all that its user may see. The word
 * «Сохранено» speaks of what was written here, and stands there before the first sync has ended.
 */
export const allIsHere = async (page: Page): Promise<void> => {
  await programIsHere(page)
  await until(
    'the base to be whole',
    async () => (await keptIn(page, 'meta', 'complete')) === '[true]' || undefined,
  )
}
