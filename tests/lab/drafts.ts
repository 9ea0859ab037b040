import type { Page } from 'playwright-core'
import { keptIn } from './kept.ts'
import { until } from './processes.ts'

/**
 * Waits until a page keeps a draft, or the state of a list, that holds these words: the program does
 * so only when one pauses, and a reload before that is a test of something else.
 *
 * @param words Of its JSON.
 */
export const untilDraft = async (on: Page, words: string): Promise<void> => {
  await until(
    `a draft with ${words}`,
    async () => (await keptIn(on, 'drafts')).includes(words) || undefined,
  )
}

/** Waits until the relay has taken all that was done: the word about it may still be that of before. */
export const untilSent = async (on: Page): Promise<void> => {
  await until('all to be sent', async () => (await keptIn(on, 'outbox')) === '[]' || undefined)
}
