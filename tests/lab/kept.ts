import type { Page } from 'playwright-core'

/**
 * What a table of the device holds, as JSON, read past the program; nothing as long as there is no base.
 *
 * @param key Of the only entry in the list.
 */
export const keptIn = (on: Page, table: string, key?: string): Promise<string> =>
  on.evaluate(
    async ([store, one]) => {
      const found = (await indexedDB.databases()).find(({ name }) => name?.startsWith('interes-'))
      const name = found?.name
      if (!name) return ''
      return new Promise<string>((resolve, reject) => {
        const opening = indexedDB.open(name)
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const base = opening.result
          const kept = base.transaction(store).objectStore(store)
          const reading = kept.getAll(one)
          reading.onsuccess = () => {
            base.close()
            resolve(JSON.stringify(reading.result))
          }
          reading.onerror = () => reject(reading.error)
        }
      })
    },
    [table, key] as const,
  )
