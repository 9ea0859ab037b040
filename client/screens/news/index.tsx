/** Лента: what colleagues did with the clients one may see (F69). */
import {
  ArchiveRestore,
  ArrowLeft,
  CloudOff,
  Merge,
  Newspaper,
  PencilLine,
  Plus,
  Trash2,
} from 'lucide-preact'
import { Fragment } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { Deed, News, NewsLine } from '../../../shared/protocol/news.ts'
import { joinLines } from '../../../shared/protocol/news.ts'
import { declarationOf } from '../../../shared/records/index.ts'
import {
  Avatar,
  Button,
  EmptyState,
  Icon,
  LinkButton,
  Select,
  showToast,
} from '../../design/index.ts'
import { formatDate, formatTime } from '../../format/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { labelOf, reasonText } from '../../i18n/index.ts'
import { api } from '../../session/index.ts'
import { type Employees, useEmployees } from '../dialogs/use-employees.ts'
import styles from './news.module.css'
import { t } from './texts.ts'

const icons = {
  created: Plus,
  changed: PencilLine,
  deleted: Trash2,
  restored: ArchiveRestore,
  merged: Merge,
} as const satisfies Record<Deed, typeof Plus>

export const NewsScreen = () => {
  const replica = useReplica()
  const employees = useEmployees(replica)
  const [user, setUser] = useState('')
  const { news, away, more, again } = useNews(user, replica.status.value.lastSyncAt)
  const people = [...employees.values()].sort((a, b) => a.name.localeCompare(b.name, 'ru'))
  return (
    <div class={styles.screen}>
      <header class={styles.head}>
        <Link href="/clients" class={styles.back} aria-label={t('back')}>
          <Icon of={ArrowLeft} size={20} />
        </Link>
        <h1 class={styles.title}>{t('title')}</h1>
        <Select
          class={styles.who}
          aria-label={t('who')}
          value={user}
          onValue={setUser}
          options={[
            { value: '', label: t('everyone') },
            ...people.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
      </header>
      {away && !news && (
        <EmptyState
          icon={CloudOff}
          title={t('away.title')}
          text={t('away.text')}
          action={<Button onClick={again}>{t('again')}</Button>}
        />
      )}
      {news && news.lines.length === 0 && news.next === null && (
        <EmptyState
          icon={Newspaper}
          title={t('empty.title')}
          text={t('empty.text')}
          action={
            <LinkButton kind="primary" href="/clients/new">
              {t('empty.do')}
            </LinkButton>
          }
        />
      )}
      {news && (news.lines.length > 0 || news.next !== null) && (
        <div class={styles.scroll}>
          <Days lines={news.lines} employees={employees} self={replica.session.user.id} />
          {news.next !== null && (
            <div class={styles.more}>
              <Button onClick={more}>{t('more')}</Button>
            </div>
          )}
        </div>
      )}
    </div>
  )
}

/** The newest page again after each sync, those below it as they were when they were asked for. */
const useNews = (user: string, syncedAt: number | null) => {
  const [kept, setKept] = useState<{ user: string; news: News } | null>(null)
  const [away, setAway] = useState(false)
  const news = kept?.user === user ? kept.news : null
  const refresh = async (isCurrent: () => boolean) => {
    const answer = await api.news({ user })
    if (!isCurrent()) return
    setAway(!answer.ok)
    if (answer.ok) setKept((before) => ({ user, news: withNewest(before, user, answer.value) }))
  }
  useEffect(() => {
    let current = true
    refresh(() => current)
    return () => {
      current = false
    }
  }, [user, syncedAt])
  const more = async () => {
    if (!news || news.next === null) return
    const answer = await api.news({ user, before: news.next })
    if (!answer.ok) return showToast({ text: reasonText(answer.reason) })
    const { lines, next } = answer.value
    setKept({ user, news: { lines: joinLines([...news.lines, ...lines]), next } })
  }
  return { news, away, more, again: () => refresh(() => true) }
}

const withNewest = (
  before: { user: string; news: News } | null,
  user: string,
  newest: News,
): News => {
  const end = newest.lines.at(-1)?.seq
  if (!before || before.user !== user || end === undefined) return newest
  // Below the newest page stays what was read before, unless a gap lies between.
  const older = before.news.lines.filter(({ seq }) => seq < end)
  const meets = before.news.lines.some(({ seq }) => seq >= end)
  if (newest.next === null || !meets || older.length === 0) return newest
  return { lines: [...newest.lines, ...older], next: before.news.next }
}

interface DaysProps {
  lines: readonly NewsLine[]
  employees: Employees
  self: string
}

const Days = ({ lines, employees, self }: DaysProps) => {
  const byDay = new Map<string, NewsLine[]>()
  for (const line of lines) {
    const day = dayOf(line.at)
    byDay.set(day, [...(byDay.get(day) ?? []), line])
  }
  return (
    <>
      {[...byDay].map(([day, ofDay]) => (
        <section key={day} aria-label={day}>
          <h2 class={styles.day}>{day}</h2>
          <ul class={styles.lines}>
            {ofDay.map((line) => (
              <Line key={line.seq} line={line} employees={employees} self={self} />
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

const dayOf = (at: number): string => {
  const date = formatDate(at)
  const now = Date.now()
  if (date === formatDate(now)) return t('today')
  return date === formatDate(new Date(now).setHours(0, 0, 0, 0) - 1) ? t('yesterday') : date
}

const Line = ({ line, employees, self }: { line: NewsLine } & Omit<DaysProps, 'lines'>) => {
  const { records, count, type, deed } = line
  // Not an employee: a connector, which is the program itself.
  const name = employees.get(line.user)?.name ?? 'Interes'
  const others = deed === 'changed' ? 0 : count - records.length
  return (
    <li class={styles.line} data-deed={deed}>
      <Avatar name={name} size={32} />
      <div class={styles.body}>
        <p class={styles.said}>
          <b class={styles.author}>{line.user === self ? t('you') : name}</b>
          <span class={styles.deed}>
            <Icon of={icons[deed]} />
            {deedWords(line)}
          </span>
          <time class={styles.time} dateTime={new Date(line.at).toISOString()}>
            {formatTime(line.at)}
          </time>
        </p>
        <p class={styles.records}>
          {records.map((record, index) => (
            <Fragment key={record.id}>
              {index > 0 && ', '}
              <Link
                class="link"
                href={`/${type === 'client' ? 'clients' : 'persons'}/${record.id}`}
              >
                {record.name}
              </Link>
            </Fragment>
          ))}
          {others > 0 && ` ${t('others', { count: others })}`}
        </p>
      </div>
    </li>
  )
}

const deedWords = ({ deed, type, count, fields }: NewsLine): string => {
  if (deed === 'created') return t(`${type}.created`, { count })
  if (deed !== 'changed') return t(deed)
  const declared = declarationOf(type).fields
  const labels = fields.flatMap((name) => {
    const field = declared[name]
    return field ? [labelOf(field.label)] : []
  })
  return t('changed', { fields: [...new Set(labels)].join(', ') })
}
