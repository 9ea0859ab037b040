/** What a stretch of days holds, read by index from the replica: no network, and no more than is shown. */
import { day, minute } from '../../../shared/clock.ts'
import { maxDuration } from '../../../shared/records/task.ts'
import type { Subject } from '../../../shared/rights.ts'
import { localDay } from '../../../shared/tasks.ts'
import { fallsOn } from '../../notices/contact-dates.ts'
import { type ReplicaBase, resolveRows, type StoredRow } from '../../replica/index.ts'
import { isoOf, wholeOf } from './days.ts'
import { type Item, type ItemKind, itemOfInteraction, itemOfTask } from './items.ts'

/** Zones reach from -12 to +14 hours: a whole day is kept as midnight UTC, a moment is not. */
const zones = day

export interface Found {
  items: Item[]
  tasks: ReadonlyMap<string, StoredRow<'task'>>
  interactions: ReadonlyMap<string, StoredRow<'interaction'>>
}

/**
 * Everything of the whole days from `first` to `last` that this device holds; of contacts and contracts
 * that `takes` leaves out not even the names.
 */
export const readItems = async (
  base: ReplicaBase,
  first: number,
  last: number,
  subject: Subject,
  hidden: ReadonlySet<ItemKind>,
  now: number,
  takes: (row: StoredRow) => boolean = () => true,
): Promise<Found> => {
  const from = Math.min(first, localDay(first)) - zones
  const to = Math.max(last, localDay(last)) + day + zones
  const [near, long, events, dates, contracts] = await Promise.all([
    // Shorter ones begin a day earlier at most.
    base.task
      .where('due')
      .between(from - day, to)
      .toArray(),
    base.task
      .where('longFrom')
      .between(from - maxDuration * minute, to)
      .toArray(),
    hidden.has('interaction')
      ? []
      : base.interaction
          .where('listedAt')
          .between(localDay(first) - day, to)
          .toArray(),
    hidden.has('date') ? [] : datesOf(base, first, last, takes),
    hidden.has('contract')
      ? []
      : base.contract.where('ends').between(isoOf(first), isoOf(last), true, true).toArray(),
  ])
  const tasks = new Map(
    [...near, ...long]
      .filter((task) => task.deletedAt === undefined && !hidden.has(task.kind) && takes(task))
      .map((task) => [task.id, task]),
  )
  const interactions = events.filter(takes)
  const ends = contracts.filter(takes)
  const ids = (pick: (task: StoredRow<'task'>) => string | undefined) =>
    [...tasks.values()].map((task) => pick(task) ?? '')
  const contacts = (type: 'client' | 'person') =>
    interactions.flatMap(({ contact, contactType }) => (contactType === type ? [contact] : []))
  const [clients, persons, kinds] = await Promise.all([
    resolveRows(
      base,
      'client',
      new Set([
        ...ids(({ client }) => client),
        ...contacts('client'),
        ...ends.map(({ client }) => client ?? ''),
      ]),
    ),
    resolveRows(base, 'person', new Set([...ids(({ person }) => person), ...contacts('person')])),
    base.directory.where('directory').equals('interactionKind').toArray(),
  ])
  const kindNames = new Map(kinds.map(({ id, name }) => [id, name]))
  const nameIn = (
    rows: ReadonlyMap<string, StoredRow<'client' | 'person'>>,
    id: string | undefined,
  ): string | undefined => {
    const row = rows.get(id ?? '')
    return row && takes(row) ? row.name : undefined
  }
  const name = (client: string | undefined, person: string | undefined): string | undefined =>
    nameIn(clients, client) ?? nameIn(persons, person)
  return {
    items: [
      ...[...tasks.values()].flatMap(
        (task) => itemOfTask(task, name(task.client, task.person), subject, now) ?? [],
      ),
      ...interactions.map((row) =>
        itemOfInteraction(
          row,
          kindNames.get(row.kind),
          nameIn(row.contactType === 'client' ? clients : persons, row.contact),
          subject,
        ),
      ),
      ...dates,
      ...ends.flatMap((contract) => {
        const whole = wholeOf(contract.validTo ?? '')
        return whole === null ? [] : [endItem(contract, whole, nameIn(clients, contract.client))]
      }),
    ],
    tasks,
    interactions: new Map(interactions.map((row) => [row.id, row])),
  }
}

/** The last day of a contract that ends by itself. */
const endItem = (
  { id, number, subject, responsible }: StoredRow<'contract'>,
  whole: number,
  contact: string | undefined,
): Item => ({
  from: whole,
  to: whole + day,
  allDay: true,
  key: `${id}/${whole}`,
  kind: 'contract',
  id,
  title: [number && `№ ${number}`, subject].filter(Boolean).join(' '),
  contact,
  who: responsible === undefined ? [] : [responsible],
  state: 'fact',
  href: `/documents/${id}`,
  movable: false,
  resizable: false,
})

/** Birthdays and other dates of contacts (F71), on whole days. */
const datesOf = async (
  base: ReplicaBase,
  first: number,
  last: number,
  takes: (row: StoredRow) => boolean,
): Promise<Item[]> => {
  const days: number[] = []
  for (let whole = first; whole <= last; whole += day) days.push(whole)
  const keys = [...new Set(days.map((whole) => isoOf(whole).slice(5)))]
  const [clients, persons, entries] = await Promise.all([
    base.client.where('days').anyOf(keys).distinct().toArray(),
    base.person.where('days').anyOf(keys).distinct().toArray(),
    base.directory.where('directory').equals('dateKind').toArray(),
  ])
  const kinds = new Map(entries.map(({ id, name }) => [id, name]))
  return [...clients, ...persons].filter(takes).flatMap((contact) =>
    contact.dates.flatMap((part) =>
      days
        .filter((whole) => fallsOn(part, isoOf(whole)))
        .map(
          (whole): Item => ({
            from: whole,
            to: whole + day,
            allDay: true,
            key: `${part.id}/${whole}`,
            kind: 'date',
            id: part.id,
            title: kinds.get(part.kind) ?? '',
            contact: contact.name,
            who: contact.managers ?? [],
            state: 'fact',
            href: `/${contact.type}s/${contact.id}`,
            movable: false,
            resizable: false,
          }),
        ),
    ),
  )
}
