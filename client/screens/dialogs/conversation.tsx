/** The messages of a dialog, newest at the bottom; history is loaded as one scrolls up. */

import { MessageSquare } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { EmptyState, showToast, VirtualList, type VirtualListHandle } from '../../design/index.ts'
import { formatDay } from '../../format/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import {
  type MessageRow,
  newestMessages,
  placeFromNewest,
  type Replica,
  useLive,
} from '../../replica/index.ts'
import styles from './conversation.module.css'
import { conversationItems } from './conversation-items.ts'
import { Message, SystemLine } from './message.tsx'
import { type Remedy, remedyWrite } from './sending.ts'
import { t } from './texts.ts'
import { authorName, faceName, useEmployees } from './use-employees.ts'

/** Messages loaded at first and with each step back in history: several screens of them. */
const step = 150
/** Rows from the top at which the next step is loaded. */
const nearTop = 10

interface ConversationProps {
  dialog: string
  replica: Replica
  mayAnswer: boolean
  /** Key of a message to show first, as a search found it. */
  sought?: string | undefined
}

export const Conversation = ({ dialog, replica, mayAnswer, sought }: ConversationProps) => {
  const [limit, setLimit] = useState(step)
  const employees = useEmployees(replica)
  const loaded = useLive<{ dialog: string; messages: MessageRow[] } | null>(
    async () => ({ dialog, messages: await newestMessages(replica.base, dialog, limit) }),
    [dialog, limit, replica],
    null,
  ).value
  const messages = loaded?.dialog === dialog ? loaded.messages : []
  const items = conversationItems(messages)
  const list = useRef<VirtualListHandle>(null)
  const shown = useRef<string | undefined>(undefined)
  useEffect(() => {
    let current = true
    if (sought)
      placeFromNewest(replica.base, dialog, sought).then((place) => {
        if (current && place !== null) setLimit((known) => Math.max(known, place + nearTop))
      })
    return () => {
      current = false
    }
  }, [sought, dialog, replica])
  useEffect(() => {
    if (!sought || shown.current === sought) return
    const index = items.findIndex(({ key }) => key === sought)
    if (index < 0) return
    shown.current = sought
    list.current?.scrollToIndex(index, 'center')
  }, [sought, items.length])
  const announced = useAnnouncement(messages, (message) =>
    authorName(message, employees, replica.session.user.id),
  )

  const remedy = async (message: MessageRow, what: Remedy) => {
    const result = await replica.writeAll([remedyWrite(message, what, Date.now())])
    if (!result.ok) showToast({ text: t('dialogs.failed', { reason: reasonText(result.reason) }) })
  }

  if (loaded?.dialog === dialog && messages.length === 0)
    return (
      <div class={styles.conversation}>
        <EmptyState icon={MessageSquare} title={t('dialog.empty')} />
      </div>
    )
  return (
    <div class={styles.conversation}>
      {loaded?.dialog === dialog && (
        <VirtualList
          key={dialog}
          handle={list}
          class={styles.list}
          role="log"
          label={t('dialog.messages')}
          count={items.length}
          rowHeight={(index) => (items[index]?.kind === 'message' ? 96 : 32)}
          measured
          fromEnd
          keyOf={(index) => items[index]?.key ?? index}
          onRange={(first) => {
            if (first < nearTop && messages.length >= limit) setLimit(limit + step)
          }}
          render={(index) => {
            const item = items[index]
            if (!item) return null
            if (item.kind === 'day') return <h3 class={styles.day}>{formatDay(item.at)}</h3>
            const { message } = item
            if (item.kind === 'system') return <SystemLine message={message} />
            return (
              <div class={message.key === sought ? styles.sought : undefined}>
                <Message
                  message={message}
                  first={item.first}
                  last={item.last}
                  author={authorName(message, employees, replica.session.user.id)}
                  face={faceName(message, employees)}
                  replica={replica}
                  {...(mayAnswer && { onRemedy: (what: Remedy) => remedy(message, what) })}
                />
              </div>
            )
          }}
        />
      )}
      <p class="visually-hidden" aria-live="polite">
        {announced}
      </p>
    </div>
  )
}

/** Words for screen readers when something comes in; the list itself is too long to be a live region. */
const useAnnouncement = (
  messages: readonly MessageRow[],
  nameOf: (message: MessageRow) => string,
): string => {
  const [announced, setAnnounced] = useState('')
  const newest = messages.at(-1)
  const before = useRef<MessageRow | undefined>(undefined)
  useEffect(() => {
    const isNew = before.current && newest && newest.at > before.current.at
    if (isNew && newest.direction === 'in')
      setAnnounced(
        `${t('dialog.arrived', { author: nameOf(newest) })}. ${newest.text.slice(0, 200)}`,
      )
    before.current = newest
  }, [newest?.key])
  return announced
}
