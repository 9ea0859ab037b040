/**
 * The mark outside IndexedDB that this device had data: browsers empty a base without a word, and
 * an emptied one is being restored, not empty. It knows how many changes had not been sent, since
 * those are what cannot be restored.
 */
import { type ReadonlySignal, signal } from '@preact/signals'

export interface DataMark {
  hadData: ReadonlySignal<boolean>
  /** Unsent changes that went with an emptied base, until the user has read of them. */
  lostChanges: ReadonlySignal<number>
  /** The base has everything, and `waiting` changes of its own. */
  keep: (waiting: number) => void
  /** The base was found empty. */
  emptied: () => void
  /** The user has read of the lost changes. */
  forgetLost: () => void
  /** The device holds nothing any more, on purpose. */
  remove: () => void
}

export const openDataMark = (
  base: string,
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
): DataMark => {
  const [markKey, lostKey] = [`${base}-had-data`, `${base}-lost-changes`]
  const numberAt = (key: string) => Number(storage.getItem(key) ?? 0)
  const hadData = signal(storage.getItem(markKey) !== null)
  const lostChanges = signal(numberAt(lostKey))
  return {
    hadData,
    lostChanges,
    keep: (waiting) => {
      storage.setItem(markKey, String(waiting))
      hadData.value = true
    },
    emptied: () => {
      // Of several tabs the first takes the count; the next ones find 0.
      const lost = numberAt(markKey)
      storage.setItem(markKey, '0')
      if (lost > 0) storage.setItem(lostKey, String(numberAt(lostKey) + lost))
      lostChanges.value = numberAt(lostKey)
    },
    forgetLost: () => {
      storage.removeItem(lostKey)
      lostChanges.value = 0
    },
    remove: () => {
      storage.removeItem(markKey)
      storage.removeItem(lostKey)
    },
  }
}
