/**
 * By what a row of a file and a record are found to be the same (F40). The keys are those of
 * `shared/duplicates`; only names are taken stricter here: duplicates are proposed, while what is found
 * here is written to.
 */
import '../format/world-phones.ts'
import { agree, phoneKey } from '../../shared/duplicates/keys.ts'
import { wordsOfName } from '../../shared/duplicates/names.ts'
import { normaliseEmail } from '../../shared/emails.ts'

const keyKinds = ['id', 'inn', 'phone', 'email', 'name'] as const
export type Key = `${(typeof keyKinds)[number]}:${string}`

export interface Keyed {
  name: string
  kind?: string
  inn?: string
  kpp?: string
  /** Of a person: the client they belong to. */
  client?: string
  /** Of a row of our own table: the record that it was made of. */
  sourceId?: string
  phones: readonly { value: string }[]
  emails: readonly { value: string }[]
}

/** A record of the base, or one that the file creates. */
export interface KeyedRecord extends Keyed {
  id: string
  /** `from`: the record of another base, or of this one before, that an import made it of. */
  imports?: readonly { from?: string | undefined }[]
}

/** The surest first. An internal number names nobody. */
const keysOf = ({ name, kind, inn, client, phones, emails }: Keyed): Key[] => [
  ...(inn ? [`inn:${inn}` as const] : []),
  ...phones.flatMap(({ value }): Key[] => {
    const number = phoneKey(value)
    return number ? [`phone:${number}`] : []
  }),
  ...emails.flatMap(({ value }): Key[] => {
    const address = normaliseEmail(value)
    return address ? [`email:${address}`] : []
  }),
  // Individuals and firms may be called alike; so may people of two firms.
  `name:${client ?? (kind === 'person' ? 'person' : 'firm')} ${wordsOfName(name)}`,
]

/** What two records with a common key may not differ in to be the same one. */
interface Known {
  id: string
  inn: string | null
  kpp: string | null
  /** Records that imports made it of. */
  sources: readonly string[]
  /** Has keys surer than its name. */
  isReachable: boolean
}

export interface Match {
  id: string
  key: Key
}

/** Records by their keys, those of the base and those that the file itself will create. */
export class KeyIndex {
  readonly #byKey = new Map<Key, Known[]>()

  /** `main`: of a record that was merged, the one that it is part of now. */
  add(record: KeyedRecord, main = record.id): void {
    const keys = keysOf(record)
    const sources = (record.imports ?? []).flatMap(({ from }) => from ?? [])
    const known: Known = {
      id: main,
      inn: record.inn ?? null,
      kpp: record.kpp ?? null,
      sources,
      isReachable: keys.length > 1,
    }
    const all: Key[] = [`id:${record.id}`, ...sources.map((id): Key => `id:${id}`), ...keys]
    for (const key of all) {
      const list = this.#byKey.get(key)
      const at = list?.findIndex(({ id }) => id === main) ?? -1
      if (!list) this.#byKey.set(key, [known])
      else if (at < 0) list.push(known)
      // What the main record says of itself counts.
      else if (main === record.id) list[at] = known
    }
  }

  has(id: string): boolean {
    return this.#byKey.get(`id:${id}`)?.some((known) => known.id === id) === true
  }

  /**
   * The record that the row is about. Its id counts before all. Two ИНН are two firms whatever phone
   * they share, branches of one differ in КПП, and what was made of another record is another one. A
   * name alone counts only where one of the two has nothing else.
   */
  find(row: Keyed): Match | null {
    const keys = keysOf(row)
    const { sourceId, inn = null, kpp = null } = row
    if (sourceId) {
      const own = oldest(this.#byKey.get(`id:${sourceId}`) ?? [])
      if (own) return { id: own.id, key: `id:${sourceId}` }
    }
    for (const key of keys) {
      const isName = key.startsWith('name:')
      const found = oldest(
        (this.#byKey.get(key) ?? []).filter(
          (known) =>
            agree(known.inn, inn) &&
            agree(known.kpp, kpp) &&
            !(sourceId && known.sources.length > 0) &&
            !(isName && known.isReachable && keys.length > 1),
        ),
      )
      if (found) return { id: found.id, key }
    }
    return null
  }
}

/** Ids grow with time: the oldest, the same one each time. */
const oldest = (list: readonly Known[]): Known | undefined =>
  list.toSorted((a, b) => (a.id < b.id ? -1 : 1))[0]
