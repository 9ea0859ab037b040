/**
 * Which client or contact person a row of a file means: by id, ИНН, phone, e-mail, then name. What is
 * found is linked and not written to, but a wrong link misleads: of several that fit nobody is chosen.
 */
import { phoneKey } from '../../../shared/duplicates/keys.ts'
import { wordsOfName } from '../../../shared/duplicates/names.ts'
import { normaliseEmail } from '../../../shared/emails.ts'
import type { Contact } from '../plan.ts'

export interface ContactRecord {
  id: string
  name: string
  kind?: string
  inn?: string
  /** Of a person: whose they are. */
  client?: string
  phones: readonly { value: string }[]
  emails: readonly { value: string }[]
  managers?: string[]
  open?: string
  mergedInto?: string
  imports?: readonly { from?: string | undefined }[]
}

export interface Sought {
  id?: string
  name?: string
  inn?: string
  phones: readonly string[]
  emails: readonly string[]
}

export type FoundContact = { kind: 'one'; id: string } | { kind: 'none' | 'several' }

/** People are «Иванов Иван» and «Иван Иванов». */
const inOrder = (words: string): string => words.split(' ').sort().join(' ')

export class Contacts {
  readonly #byKey = new Map<string, Set<string>>()
  readonly #clientOf = new Map<string, string>()
  readonly #accessOf = new Map<string, Pick<ContactRecord, 'managers' | 'open'>>()
  readonly #innsOf = new Map<string, string[]>()

  /** `id`: of a record that was merged, that of the one it is part of now. */
  add(type: Contact, record: ContactRecord, id = record.id): void {
    const note = (key: string) => {
      const ids = this.#byKey.get(`${type} ${key}`)
      if (ids) ids.add(id)
      else this.#byKey.set(`${type} ${key}`, new Set([id]))
    }
    note(`id:${record.id}`)
    for (const { from } of record.imports ?? []) if (from) note(`id:${from}`)
    if (id === record.id) {
      const { client, managers, open } = record
      if (type === 'person' && client) this.#clientOf.set(id, client)
      this.#accessOf.set(id, { ...(managers && { managers }), ...(open && { open }) })
    }
    if (record.inn) {
      note(`inn:${record.inn}`)
      this.#innsOf.set(id, [...(this.#innsOf.get(id) ?? []), record.inn])
    }
    for (const { value } of record.phones) {
      const number = phoneKey(value)
      if (number) note(`phone:${number}`)
    }
    for (const { value } of record.emails) {
      const address = normaliseEmail(value)
      if (address) note(`email:${address}`)
    }
    const words = wordsOfName(record.name)
    note(`name:${words}`)
    if (type === 'person' || record.kind !== 'organisation') note(`name:${inOrder(words)}`)
  }

  clientOf(person: string): string | undefined {
    return this.#clientOf.get(person)
  }

  /** Who may read and change the contact. */
  accessOf(id: string): Pick<ContactRecord, 'managers' | 'open'> {
    return this.#accessOf.get(id) ?? {}
  }

  /** `within`: the client whose person is meant. What the row says surest counts; the rest decides between several. */
  find(type: Contact, { id, name, inn, phones, emails }: Sought, within?: string): FoundContact {
    const keys = [
      ...(id ? [`id:${id}`] : []),
      ...(inn ? [`inn:${inn}`] : []),
      ...phones.flatMap((phone) => {
        const number = phoneKey(phone)
        return number ? [`phone:${number}`] : []
      }),
      ...emails.flatMap((email) => {
        const address = normaliseEmail(email)
        return address ? [`email:${address}`] : []
      }),
      ...(name ? [`name:${wordsOfName(name)}`, `name:${inOrder(wordsOfName(name))}`] : []),
    ]
    const fits = (each: string): boolean =>
      (within === undefined || this.#clientOf.get(each) === within) &&
      // Two ИНН are two firms, however they are called.
      (inn === undefined || (this.#innsOf.get(each) ?? [inn]).includes(inn))
    let left: string[] | null = null
    for (const key of keys) {
      const known = this.#byKey.get(`${type} ${key}`) ?? new Set<string>()
      const fitting: string[] = [...known].filter(fits)
      if (fitting.length === 0) continue
      const both: string[] = left === null ? fitting : left.filter((each) => fitting.includes(each))
      if (both.length > 0) left = both
      if (left?.length === 1) break
    }
    const [only] = left ?? []
    if (only === undefined) return { kind: 'none' }
    return left?.length === 1 ? { kind: 'one', id: only } : { kind: 'several' }
  }
}
