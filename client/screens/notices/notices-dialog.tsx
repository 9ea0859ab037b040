/** What the bell opens: everything the user was told of, newest first. */
import {
  BellOff,
  CakeSlice,
  CircleCheck,
  Clock,
  FileClock,
  KeyRound,
  type LucideIcon,
  UserRound,
  UsersRound,
} from 'lucide-preact'
import { useEffect, useRef } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { NoticeKind } from '../../../shared/records/notice.ts'
import { Button, Dialog, EmptyState, Icon, LinkButton, showToast } from '../../design/index.ts'
import { formatAge } from '../../format/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { type NoticeLine, noticeLines } from '../../notices/notice-lines.ts'
import { type StoredRow, useLive, type Write } from '../../replica/index.ts'
import { lineWords } from './line-words.ts'
import styles from './notices.module.css'
import { t } from './texts.ts'

const icons: Record<NoticeKind, LucideIcon> = {
  responsible: UserRound,
  task: CircleCheck,
  access: KeyRound,
  substitution: UsersRound,
  reminder: Clock,
  contract: FileClock,
  date: CakeSlice,
}

export const NoticesDialog = ({ onClose }: { onClose: () => void }) => {
  const replica = useReplica()
  const lines = useLive<NoticeLine[] | null>(() => noticeLines(replica.base), [replica], null).value
  const mark = async (notices: readonly StoredRow<'notice'>[]) => {
    const read = Date.now()
    const writes = notices
      .filter((notice) => notice.read === undefined)
      .map(({ id }): Write => ({ type: 'notice', id, patch: { read } }))
    if (writes.length === 0) return
    const result = await replica.writeAll(writes)
    if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
  }
  const list = useRef<HTMLUListElement>(null)
  const markAll = async () => {
    list.current?.querySelector('a')?.focus()
    await mark(await replica.base.notice.orderBy('unread').toArray())
  }
  // The list is about to be read by somebody who sees it: the badge of the icon goes.
  useEffect(() => void navigator.clearAppBadge?.(), [])
  return (
    <Dialog
      title={t('title')}
      onClose={onClose}
      footer={
        <>
          <span class={styles.grow}>
            <LinkButton href="/profile" kind="quiet">
              {t('settings')}
            </LinkButton>
          </span>
          {lines?.some(({ unread }) => unread) && <Button onClick={markAll}>{t('readAll')}</Button>}
        </>
      }
    >
      {lines?.length === 0 ? (
        <EmptyState icon={BellOff} title={t('empty.title')} text={t('empty.text')} />
      ) : (
        <ul ref={list} class={styles.list} aria-label={t('title')}>
          {lines?.map((line) => (
            <li key={line.id} class={styles.item}>
              <Link
                href={line.path}
                class={styles.line}
                onClick={() => {
                  void mark(line.notices)
                  onClose()
                }}
              >
                <Icon of={icons[line.kind]} class={styles.icon} />
                <span class={styles.words}>
                  <span class="meta">{lineWords(line)}</span>
                  {line.notices.length === 1 && line.kind !== 'substitution' && (
                    <span class={styles.name}>{line.name || t('hidden')}</span>
                  )}
                </span>
                <time class={styles.age} dateTime={new Date(line.at).toISOString()}>
                  {formatAge(line.at)}
                </time>
              </Link>
              {line.unread ? (
                <button
                  type="button"
                  class={styles.unread}
                  aria-label={t('markRead')}
                  title={t('markRead')}
                  onClick={({ currentTarget }) => {
                    // The button goes with what it did, and would take the focus along.
                    const link = currentTarget.previousElementSibling
                    if (link instanceof HTMLElement) link.focus()
                    void mark(line.notices)
                  }}
                />
              ) : (
                <span class={styles.read} />
              )}
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}
