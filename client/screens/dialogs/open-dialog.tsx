/** Conversation and context of one dialog. */
import { ArrowLeft, CircleCheck, MessagesSquare, PanelRight, Reply, RotateCcw } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { Link, useSearch } from 'wouter-preact'
import { mayActInAccount } from '../../../shared/records/account.ts'
import type { DialogRow } from '../../../shared/records/dialog.ts'
import {
  classNames,
  EmptyState,
  Icon,
  IconButton,
  LinkButton,
  showToast,
} from '../../design/index.ts'
import { lazy } from '../../frame/lazy.tsx'
import { WhenComplete } from '../../frame/when-complete.tsx'
import { reasonText } from '../../i18n/reasons.ts'
import { newestMessages, type Replica, useAnswer } from '../../replica/index.ts'
import { Conversation } from './conversation.tsx'
import { type ConversationData, conversationData } from './dialog-queries.ts'
import styles from './dialogs.module.css'
import { t as tl } from './list-texts.ts'
import { recipientsOfReply } from './recipients.ts'
import { t } from './texts.ts'

// The conversation comes first; these two stand beside it.
const Composer = lazy(async () => (await import('./composer.tsx')).Composer)
const Context = lazy(async () => (await import('./context.tsx')).Context)

interface OpenDialogProps {
  id: string
  replica: Replica
  /** Where the arrow leads on a phone. */
  back: string
  /** For reading (Почта): no composer, but the way to it. */
  reading?: boolean
}

export const OpenDialog = ({ id, replica, back, reading = false }: OpenDialogProps) => {
  const [contextShown, setContextShown] = useState(false)
  const sought = new URLSearchParams(useSearch()).get('message') ?? undefined
  // In one look, and of this dialog alone: who is answered, and what counts as seen, follow from both.
  const read = useAnswer(
    id,
    async () => ({
      data: await conversationData(replica.base, id),
      newest: await newestMessages(replica.base, id, 20),
    }),
    [replica],
  )
  const { data = null, newest = [] } = read?.answer ?? {}
  const dialog = data?.dialog
  const mayAnswer =
    dialog !== undefined && mayActInAccount(replica.subject.value, 'dialog', dialog, dialog)
  const lastIn = newest.findLast(({ direction }) => direction === 'in')?.at ?? 0
  useSeen(replica, dialog, mayAnswer ? lastIn : 0)

  if (!data) return <div class={styles.none} />
  if (!dialog)
    return (
      <div class={styles.none}>
        <WhenComplete isMissing={async () => !(await replica.base.dialog.get(id))}>
          <EmptyState
            icon={MessagesSquare}
            title={t('dialogs.gone.title')}
            text={t('dialogs.gone.text')}
            action={<LinkButton href={back}>{t('dialog.back')}</LinkButton>}
          />
        </WhenComplete>
      </div>
    )
  const letters = newest.filter(({ kind }) => kind === 'letter' || kind === 'text')
  return (
    <>
      <main class={styles.conversation}>
        <Head
          data={{ ...data, dialog }}
          replica={replica}
          back={back}
          mayAnswer={mayAnswer}
          contextShown={contextShown}
          reading={reading}
          onContext={() => setContextShown(!contextShown)}
        />
        <Conversation dialog={id} replica={replica} mayAnswer={mayAnswer} sought={sought} />
        {reading ? (
          <footer class={styles.reading}>
            <LinkButton kind="primary" icon={Reply} href={`/dialogs/${id}`}>
              {t('dialog.reply')}
            </LinkButton>
          </footer>
        ) : (
          <Composer
            key={dialog.id}
            dialog={dialog}
            account={data.account}
            replica={replica}
            recipients={recipientsOfReply(letters.at(-1), dialog.peer)}
            mayAnswer={mayAnswer}
          />
        )}
      </main>
      <aside
        class={classNames(
          styles.context,
          reading && styles.contextOver,
          contextShown && styles.contextShown,
        )}
        aria-label={t('dialog.context')}
      >
        <div class={classNames(styles.contextBack, reading && styles.contextBackShown)}>
          <IconButton
            icon={ArrowLeft}
            size={20}
            label={t('dialog.messages')}
            onClick={() => setContextShown(false)}
          />
          <span class={styles.contextTitle}>{t('dialog.context')}</span>
        </div>
        <Context data={{ ...data, dialog }} replica={replica} mayAnswer={mayAnswer} />
      </aside>
    </>
  )
}

interface HeadProps {
  data: ConversationData & { dialog: DialogRow }
  replica: Replica
  back: string
  mayAnswer: boolean
  contextShown: boolean
  reading: boolean
  onContext: () => void
}

const Head = ({ data, replica, back, mayAnswer, contextShown, reading, onContext }: HeadProps) => {
  const { dialog, client } = data
  const closed = dialog.state === 'closed'
  const toggle = async () => {
    const result = await replica.write('dialog', dialog.id, { state: closed ? 'open' : 'closed' })
    if (!result.ok) showToast({ text: t('dialogs.failed', { reason: reasonText(result.reason) }) })
  }
  return (
    <header class={styles.head}>
      <Link href={back} class={styles.back} aria-label={t('dialog.back')}>
        <Icon of={ArrowLeft} size={20} />
      </Link>
      <div class={styles.headWords}>
        <h1 class={styles.who}>{client?.name ?? dialog.peer.name ?? dialog.peer.address}</h1>
        <p class={styles.subject}>{dialog.subject || tl('dialogs.noSubject')}</p>
      </div>
      {mayAnswer && (
        <IconButton
          icon={closed ? RotateCcw : CircleCheck}
          size={20}
          label={t(closed ? 'dialog.reopen' : 'dialog.close')}
          onClick={toggle}
        />
      )}
      <IconButton
        icon={PanelRight}
        size={20}
        class={classNames(styles.contextButton, reading && styles.contextButtonShown)}
        label={t('dialog.context')}
        aria-expanded={contextShown}
        onClick={onContext}
      />
    </header>
  )
}

/** Marks the dialog as seen up to `at` while somebody who may answer has it before their eyes. */
const useSeen = (replica: Replica, dialog: DialogRow | undefined, at: number): void => {
  const [visible, setVisible] = useState(document.visibilityState === 'visible')
  useEffect(() => {
    const onChange = () => setVisible(document.visibilityState === 'visible')
    document.addEventListener('visibilitychange', onChange)
    return () => document.removeEventListener('visibilitychange', onChange)
  }, [])
  const id = dialog?.id
  const unseen = visible && at > (dialog?.seenAt ?? 0)
  useEffect(() => {
    if (id && unseen) replica.write('dialog', id, { seenAt: at })
  }, [id, unseen, at, replica])
}
