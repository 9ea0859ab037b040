/** What the search over everything shows: rows of the local index as lines of its list. */
import { formatMoney } from '../../shared/fields/words.ts'
import { isId } from '../../shared/ids.ts'
import { formatPhone } from '../../shared/phones.ts'
import { appealStates } from '../../shared/records/appeal.ts'
import { mergedHere } from '../../shared/records/merged.ts'
import { localDay } from '../../shared/tasks.ts'
import { formatDate, formatDateTime } from '../format/index.ts'
import { labelOf, locale } from '../i18n/index.ts'
import { type MessageRow, type ReplicaBase, resolveRows, type StoredRow } from '../replica/index.ts'
import {
  excerpt,
  hasFound,
  type Kind,
  marked,
  ownTexts,
  type Part,
  queryOf,
  type SoughtWord,
  search,
  tagNames,
} from '../search/index.ts'
import { t } from './later-texts.ts'

export interface Found {
  kind: Kind
  id: string
  path: string
  title: Part[]
  detail: string
  /** Why it was found, where the title does not show it. */
  excerpt?: Part[]
}

/** Shown of each kind: together they fit a screen. */
const shownOfEach = 6
/** Characters of an excerpt: two lines of the widest list. */
const excerptLength = 140

export const find = async (base: ReplicaBase, typed: string): Promise<Found[]> => {
  const found = await search(base, typed, shownOfEach)
  const { client, person, interest, product, task, dialog, message, interaction } = found
  // A contract is looked for by whom it is with as often as by its number.
  const contracts = await withClients(base, found.contract, client)
  const [employers, buyers, talks, contacts, appeals, tags] = await Promise.all([
    resolveRows(
      base,
      'client',
      person.map((row) => row.client ?? ''),
    ),
    resolveRows(
      base,
      'client',
      [...interest, ...contracts].map((row) => row.client ?? ''),
    ),
    base.dialog.bulkGet(message.map((row) => row.dialog)),
    contactsOf(base, interaction),
    appealsOf(base, found.appeal, dialog),
    tagNames(
      base,
      new Set([...client, ...person, ...interest, ...contracts].flatMap((row) => row.tags ?? [])),
    ),
  ])
  const owners = await resolveRows(
    base,
    'client',
    talks.map((talk) => talk?.client ?? ''),
  )
  const query = queryOf(typed)
  const words = query.contacts.flat()
  const textWords = query.texts.flat()
  return [
    ...client.map((row) =>
      contact(
        'client',
        row,
        row.inn ?? firstWay(row),
        [row.fullName, row.inn, row.kpp, row.ogrn, ...called(row, tags)],
        words,
      ),
    ),
    ...person.map((row) => {
      const place = [row.position, employers.get(row.client ?? '')?.name].filter(Boolean).join(', ')
      return contact(
        'person',
        row,
        place || firstWay(row),
        [row.position, ...called(row, tags)],
        words,
      )
    }),
    ...interest.map((row): Found => {
      const title = marked(row.name, textWords)
      const why = hasFound(title)
        ? undefined
        : [row.description ?? '', ...ownTexts(row), ...called(row, tags)]
            .map((text) => excerpt(text, textWords, excerptLength))
            .find(hasFound)
      return {
        kind: 'interest',
        id: row.id,
        path: `/interests/${row.id}`,
        title,
        detail: buyers.get(row.client ?? '')?.name ?? '',
        ...(why && { excerpt: why }),
      }
    }),
    ...contracts.map((row): Found => {
      const title = marked(
        [row.number && `№ ${row.number}`, row.subject].filter(Boolean).join(' · '),
        textWords,
      )
      const why = hasFound(title)
        ? undefined
        : [
            row.description ?? '',
            ...row.files.map(({ name }) => name),
            ...ownTexts(row),
            ...called(row, tags),
          ]
            .map((text) => excerpt(text, textWords, excerptLength))
            .find(hasFound)
      return {
        kind: 'contract',
        id: row.id,
        path: `/documents/${row.id}`,
        title,
        detail: buyers.get(row.client)?.name ?? '',
        ...(why && { excerpt: why }),
      }
    }),
    ...product.map((row): Found => {
      const title = marked(row.name, textWords)
      const why = hasFound(title)
        ? undefined
        : [row.article ?? '', row.description ?? '', ...ownTexts(row)]
            .map((text) => excerpt(text, textWords, excerptLength))
            .find(hasFound)
      const { article, price, active } = row
      return {
        kind: 'product',
        id: row.id,
        path: `/products/${row.id}`,
        title,
        detail: [
          article,
          price && formatMoney(price, locale.value),
          active === false && t('search.inactive'),
        ]
          .filter(Boolean)
          .join(' · '),
        ...(why && { excerpt: why }),
      }
    }),
    ...task.map((row): Found => {
      const title = marked(row.title, textWords)
      const why = hasFound(title)
        ? undefined
        : [row.description, row.result, ...ownTexts(row)]
            .map((text) => excerpt(text ?? '', textWords, excerptLength))
            .find(hasFound)
      return {
        kind: 'task',
        id: row.id,
        path: `/tasks/${row.id}`,
        title,
        detail: row.due === undefined ? '' : dueWords(row.due, row.allDay === true),
        ...(why && { excerpt: why }),
      }
    }),
    ...dialog.map((row): Found => {
      const { id, subject, peer } = row
      const who = peer.name ?? peer.address
      const title = marked(subject || who, textWords)
      const shown = subject ? who : peer.address
      const why = hasFound(title)
        ? undefined
        : [
            marked(`${who} ${peer.address}`, textWords),
            ...ownTexts(row).map((text) => excerpt(text, textWords, excerptLength)),
          ].find(hasFound)
      return {
        kind: 'dialog',
        id,
        path: `/dialogs/${id}`,
        title,
        detail: shown,
        ...(why && { excerpt: why }),
      }
    }),
    ...appeals.map(({ row, subject }): Found => {
      const { name, address } = row.who
      const title = marked(name ?? address, textWords)
      const why = [row.firstWords, subject, ...ownTexts(row), address]
        .map((text) => excerpt(text ?? '', textWords, excerptLength))
        .find(hasFound)
      return {
        kind: 'appeal',
        id: row.id,
        path: `/dialogs/${row.dialog}`,
        title,
        detail: `${labelOf(appealStates[row.state])}, ${formatDateTime(row.at)}`,
        ...(why && !hasFound(title) && { excerpt: why }),
      }
    }),
    ...message.flatMap((row, index) => {
      const talk = talks[index]
      return talk && talk.deletedAt === undefined
        ? letter(row, talk, owners.get(talk.client ?? '')?.name, textWords)
        : []
    }),
    ...interaction.flatMap((row): Found[] => {
      const about = contacts.get(row.contact)
      if (!about) return []
      const texts = [row.text, ...(row.files ?? []).map(({ name }) => name), ...ownTexts(row)]
      const why = texts.map((text) => excerpt(text ?? '', textWords, excerptLength)).find(hasFound)
      return [
        {
          kind: 'interaction',
          id: row.id,
          path: `/${about.type}s/${about.id}`,
          title: marked(about.name, textWords),
          detail: formatDateTime(row.at),
          ...(why && { excerpt: why }),
        },
      ]
    }),
  ]
}

/** Contracts that were found, and after them those with the clients that were. */
const withClients = async (
  base: ReplicaBase,
  found: readonly StoredRow<'contract'>[],
  clients: readonly StoredRow<'client'>[],
): Promise<StoredRow<'contract'>[]> => {
  const theirs = await base.contract
    .where('client')
    .anyOf(clients.flatMap((row) => [row.id, ...mergedHere(row)]))
    .filter(({ deletedAt }) => deletedAt === undefined)
    .limit(shownOfEach)
    .toArray()
  const byId = new Map([...found, ...theirs].map((row) => [row.id, row]))
  return [...byId.values()].slice(0, shownOfEach)
}

/** Whose events they are: of a merged contact the main one. */
const contactsOf = async (
  base: ReplicaBase,
  events: readonly StoredRow<'interaction'>[],
): Promise<Map<string, StoredRow<'client' | 'person'>>> => {
  const ids = events.map(({ contact }) => contact)
  const [clients, persons] = await Promise.all([
    resolveRows(base, 'client', ids),
    resolveRows(base, 'person', ids),
  ])
  return new Map<string, StoredRow<'client' | 'person'>>([...clients, ...persons])
}

/** Those found, and those whose dialog was: the subject is the dialog's. */
const appealsOf = async (
  base: ReplicaBase,
  appeals: readonly StoredRow<'appeal'>[],
  dialogs: readonly StoredRow<'dialog'>[],
): Promise<{ row: StoredRow<'appeal'>; subject: string | undefined }[]> => {
  const subjects = new Map(dialogs.map(({ id, subject }) => [id, subject]))
  const more = await base.appeal
    .where('dialog')
    .anyOf([...subjects.keys()])
    .toArray()
  const all = new Map([...appeals, ...more].map((row) => [row.id, row]))
  return [...all.values()]
    .filter(({ deletedAt }) => deletedAt === undefined)
    .slice(0, shownOfEach)
    .map((row) => ({ row, subject: subjects.get(row.dialog) }))
}

/** What the tags of a row are called. */
const called = ({ tags = [] }: { tags?: string[] }, names: ReadonlyMap<string, string>): string[] =>
  tags.flatMap((tag) => names.get(tag) ?? [])

const dueWords = (due: number, allDay: boolean): string =>
  allDay ? formatDate(localDay(due)) : formatDateTime(due)

const firstWay = ({ phones, emails }: StoredRow<'client' | 'person'>): string =>
  phones[0] ? formatPhone(phones[0].value) : (emails[0]?.value ?? '')

const contact = (
  kind: 'client' | 'person',
  row: StoredRow<'client' | 'person'>,
  detail: string,
  more: (string | undefined)[],
  words: SoughtWord[],
): Found => {
  const title = marked(row.name, words)
  const texts = [
    ...more,
    ...[...row.emails, ...row.addresses, ...row.links].map(({ value }) => value),
    ...(row.tags ?? []).filter((tag) => !isId(tag)),
    row.note,
  ]
  const why = hasFound(title)
    ? undefined
    : [
        ...row.phones.map(({ value }) => phone(value, words)),
        ...texts.map((text) => (text ? excerpt(text, words, excerptLength) : [])),
      ].find(hasFound)
  const path = `/${kind}s/${row.id}`
  return { kind, id: row.id, path, title, detail, ...(why && { excerpt: why }) }
}

/** Fewer digits stand in every number. */
const fewestDigits = 4

/** A number is found by its last digits, whatever was typed between them. */
const phone = (value: string, words: SoughtWord[]): Part[] => {
  const digits = value.replace(/\D/g, '')
  const found = words.some(
    ({ beginning }) => beginning.length >= fewestDigits && digits.includes(beginning),
  )
  return [{ text: formatPhone(value), found }]
}

/** The beginning of a letter that was found by who wrote it. */
const byAuthor = ({ author, text }: MessageRow, words: SoughtWord[]): Part[] => {
  const name = marked([author.name, author.address].filter(Boolean).join(' '), words)
  const beginning = excerpt(text, words, excerptLength)
  return hasFound(name) ? [...name, { text: ': ', found: false }, ...beginning] : beginning
}

const letter = (
  row: MessageRow,
  dialog: StoredRow<'dialog'>,
  client: string | undefined,
  words: SoughtWord[],
): Found => {
  const who = client ?? dialog.peer.name ?? dialog.peer.address
  const texts = [row.text, row.subject, ...(row.files ?? []).map(({ name }) => name)]
  const parts = texts.map((text) => excerpt(text ?? '', words, excerptLength))
  return {
    kind: 'message',
    id: row.id,
    path: `/dialogs/${row.dialog}?message=${encodeURIComponent(row.key)}`,
    title: marked(who, words),
    detail: formatDateTime(row.at),
    excerpt: parts.find(hasFound) ?? byAuthor(row, words),
  }
}
