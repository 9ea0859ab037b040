import type { Page } from 'playwright-core'
import { until } from './processes.ts'

/**
 * Waits until a page keeps a draft, or the state of a list, that holds these words: the program does
 * so only when one pauses, and a reload before that is a test of something else.
 *
 * @param words Of its JSON.
 */
export const untilDraft = async (on: Page, words: string): Promise<void> => {
  await until(`a draft with ${words}`, async () => {
    const kept = await on.evaluate(async () => {
      const found = (await indexedDB.databases()).find(({ name }) => name?.startsWith('interes-'))
      return new Promise<string>((resolve, reject) => {
        const opening = indexedDB.open(found?.name ?? '')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const base = opening.result
          const reading = base.transaction('drafts').objectStore('drafts').getAll()
          reading.onsuccess = () => {
            base.close()
            resolve(JSON.stringify(reading.result))
          }
          reading.onerror = () => reject(reading.error)
        }
      })
    })
    return kept.includes(words) || undefined
  })
}
