/** By what a row of a file and a record are found to be the same (F40). */
import { normaliseEmail } from '../../shared/emails.ts'
import { normalisePhone } from '../../shared/phones.ts'

export type Key = `${'phone' | 'email' | 'inn' | 'name'}:${string}`

export interface Keyed {
  name: string
  kind?: string
  inn?: string
  /** Of a person: the client they belong to. */
  client?: string
  phones: readonly { value: string }[]
  emails: readonly { value: string }[]
}

const e164 = /^\+[1-9]\d{7,14}$/

const quotes = /["'«»„“”‘’`]/g
const legalForm =
  /^(ооо|оао|зао|пао|нао|ао|ип|ooo|llc|ltd)\s+|\s+(ооо|оао|зао|пао|нао|ао|ип|ooo|llc|ltd)$/g

/** «ООО "Ромашка"», «Ромашка ООО» and «ромашка» are one name. */
export const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(quotes, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .replace(legalForm, '')
    .trim()

/** The surest first. An internal number names nobody. */
export const keysOf = ({ name, kind, inn, client, phones, emails }: Keyed): Key[] => [
  ...(inn ? [`inn:${inn}` as const] : []),
  ...phones.flatMap(({ value }): Key[] => {
    const number = e164.test(value) ? value : normalisePhone(value)
    return number ? [`phone:${number}`] : []
  }),
  ...emails.flatMap(({ value }): Key[] => {
    const address = normaliseEmail(value)
    return address ? [`email:${address}`] : []
  }),
  // Individuals and firms may be called alike; so may people of two firms.
  `name:${client ?? (kind === 'person' ? 'person' : 'firm')} ${plainName(name)}`,
]

/** What two records with a common key may not differ in to be the same one. */
export interface Known {
  id: string
  inn?: string
  kpp?: string
  /** Has keys surer than its name. */
  isReachable: boolean
}

export const knownOf = (id: string, record: Keyed & { kpp?: string }): Known => ({
  id,
  ...(record.inn && { inn: record.inn }),
  ...(record.kpp && { kpp: record.kpp }),
  isReachable: keysOf(record).length > 1,
})

export interface Match {
  id: string
  key: Key
}

/** Records by their keys, those of the base and those that the file itself will create. */
export class KeyIndex {
  readonly #byKey = new Map<Key, Known[]>()

  add(record: Keyed & { id: string; kpp?: string }): void {
    const known = knownOf(record.id, record)
    for (const key of keysOf(record)) {
      const list = this.#byKey.get(key)
      if (!list) this.#byKey.set(key, [known])
      else if (!list.some(({ id }) => id === record.id)) list.push(known)
    }
  }

  /**
   * The record that the row is about. Two ИНН are two firms whatever phone they share, and branches
   * of one differ in КПП. A name alone counts only where one of the two has nothing else.
   */
  find(row: Keyed & { kpp?: string }): Match | null {
    const asked = knownOf('', row)
    for (const key of keysOf(row)) {
      const isName = key.startsWith('name:')
      const found = (this.#byKey.get(key) ?? [])
        .filter(
          (known) =>
            agree(known.inn, asked.inn) &&
            agree(known.kpp, asked.kpp) &&
            !(isName && known.isReachable && asked.isReachable),
        )
        // Ids grow with time: the oldest, the same one each time.
        .sort((a, b) => (a.id < b.id ? -1 : 1))[0]
      if (found) return { id: found.id, key }
    }
    return null
  }
}

const agree = (a: string | undefined, b: string | undefined): boolean => !a || !b || a === b
