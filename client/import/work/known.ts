/**
 * Which record a row of Interests, tasks or events is about. Deals of one client are often called alike,
 * so one row takes one record, the first row the first of them: the same file twice makes nothing new,
 * and two equal rows stay two.
 */
import { derivedId, isId } from '../../../shared/ids.ts'
import { plain } from '../cells.ts'
import type { WorkType } from '../plan.ts'

type Row = Readonly<Record<string, unknown>>

/** What tells records of the type apart where no id does. */
export const keyOf = (type: Exclude<WorkType, 'product'>, row: Row): string => {
  const whose = row.client ?? row.person ?? ''
  switch (type) {
    case 'interest':
      return `${whose} ${plain(String(row.name ?? ''))}`
    case 'task':
      return `${row.interest ?? whose} ${row.due ?? ''} ${plain(String(row.title ?? ''))}`
    case 'interaction':
      return `${row.contact ?? ''} ${row.at} ${plain(String(row.text ?? ''))}`
  }
}

/** Products are called by their article, the others, and who does not know it, by their name. */
const productKeys = ({ name, article }: Row): { held: string[]; sought: string[] } => {
  const called = plain(String(name ?? ''))
  const marked = typeof article === 'string' ? plain(article) : ''
  // Two articles are two products, whatever they are called.
  return marked
    ? { held: [`a ${marked}`, `n ${called}`], sought: [`a ${marked}`, `x ${called}`] }
    : { held: [`n ${called}`, `x ${called}`], sought: [`n ${called}`] }
}

const keysOf = (type: WorkType, row: Row): { held: string[]; sought: string[] } => {
  if (type === 'product') return productKeys(row)
  const key = keyOf(type, row)
  return { held: [key], sought: [key] }
}

interface Known {
  id: string
  /** What earlier imports made it of. */
  sources: readonly string[]
}

export interface WorkSource {
  /** Under it the next import of the same row finds what this one makes. */
  from: string
  /** The row says it itself: then it speaks of one record however often it comes. */
  isSaid: boolean
}

export class KnownWork {
  readonly #type: WorkType
  readonly #header: string
  readonly #bySource = new Map<string, Known>()
  readonly #byKey = new Map<string, Known[]>()
  readonly #taken = new Set<string>()
  readonly #counts = new Map<string, number>()

  constructor(type: WorkType, header: string) {
    this.#type = type
    this.#header = header
  }

  add(id: string, row: Row): void {
    const imports = (row.imports ?? []) as { from?: string }[] // parts
    const known: Known = {
      id,
      sources: imports.flatMap(({ from }) => from ?? []),
    }
    for (const source of [id, ...known.sources]) this.#bySource.set(source, known)
    for (const key of keysOf(this.#type, row).held) {
      const list = this.#byKey.get(key)
      if (list) list.push(known)
      else this.#byKey.set(key, [known])
    }
  }

  /**
   * Another program's number counts within files of the same columns: everybody has a deal 12.
   * Without a number the source is how often the key came before.
   */
  sourceOf(row: Row, said: string | undefined): WorkSource {
    if (said && isId(said.toLowerCase())) return { from: said.toLowerCase(), isSaid: true }
    const type = this.#type
    if (said) return { from: derivedId('import-row', type, this.#header, said), isSaid: true }
    const [key = ''] = keysOf(type, row).sought
    const count = (this.#counts.get(key) ?? 0) + 1
    this.#counts.set(key, count)
    return { from: derivedId('import-row', type, key, String(count)), isSaid: false }
  }

  find(row: Row, { from, isSaid }: WorkSource): string | null {
    const own = this.#bySource.get(from)
    if (own && (isSaid || !this.#taken.has(own.id))) return this.#take(own)
    const found = keysOf(this.#type, row)
      .sought.map((key) => this.#byKey.get(key) ?? [])
      .find(({ length }) => length > 0)
    const alike = (found ?? []).filter(
      // What was made of another row is another one.
      ({ id, sources }) => !this.#taken.has(id) && !(isSaid && sources.length > 0),
    )
    const [first] = alike.toSorted((a, b) => (a.id < b.id ? -1 : 1))
    return first ? this.#take(first) : null
  }

  /** No other row means it. */
  take(id: string): void {
    this.#taken.add(id)
  }

  #take({ id }: Known): string {
    this.#taken.add(id)
    return id
  }
}
