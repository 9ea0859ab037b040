/** Where an answer is written: letter or hidden note, files, recipients; works with no network. */
import { EyeOff, FileText, SendHorizontal } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { AccountRow } from '../../../shared/records/account.ts'
import type { DialogRow } from '../../../shared/records/dialog.ts'
import type { FileRef, MailAddress } from '../../../shared/records/segment.ts'
import { Button, IconButton, Input, showToast, useOnce } from '../../design/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { Replica } from '../../replica/index.ts'
import {
  asksForTemplate,
  LetterTemplates,
  t as templateTexts,
  useHasLetters,
  withInserted,
} from '../templates/letter-entry.ts'
import { useAttaching } from './attaching.ts'
import { AttachButton, AttachmentList, DropArea } from './attachments.tsx'
import styles from './composer.module.css'
import { isTyping } from './list-keys.ts'
import { formatRecipients, parseRecipients, replySubject } from './recipients.ts'
import { withSignature } from './signature.ts'
import { t } from './texts.ts'
import { useDraft } from './use-draft.ts'

interface ComposerProps {
  dialog: DialogRow
  account: AccountRow | undefined
  replica: Replica
  /** Whom an answer goes to unless changed. */
  recipients: readonly MailAddress[]
  mayAnswer: boolean
}

interface Draft {
  text: string
  note: boolean
  files: FileRef[]
  /** Typed recipients; null: as proposed. */
  to: string | null
}

const empty: Draft = { text: '', note: false, files: [], to: null }

/** Why no letter can be written here; notes for colleagues always can. */
const obstacleOf = (account: AccountRow | undefined, mayAnswer: boolean) => {
  if (!account || account.deletedAt !== undefined) return 'composer.accountGone'
  if (!mayAnswer) return 'composer.readOnly'
  return account.send === false ? 'composer.receiveOnly' : null
}

export const Composer = ({ dialog, account, replica, recipients, mayAnswer }: ComposerProps) => {
  const draft = useDraft(replica, `composer:${dialog.id}`, empty)
  const [error, setError] = useState<string | null>(null)
  const [sending, setSending] = useState(false)
  /** A text by a template is being chosen; by what it was asked for. */
  const [inserting, setInserting] = useState<'slash' | 'button' | null>(null)
  const hasLetters = useHasLetters(replica)
  const field = useRef<HTMLTextAreaElement>(null)
  const obstacle = obstacleOf(account, mayAnswer)
  const { text, files } = draft.value
  const note = draft.value.note || obstacle !== null
  const offline = replica.status.value.state === 'offline'
  const set = (change: Partial<Draft>) => {
    setError(null)
    draft.change({ ...draft.latest(), ...change })
  }
  const attaching = useAttaching(replica, draft, (files) => set({ files }))

  useEffect(() => {
    // `r` answers, as in mail programs, wherever the focus is but in a field.
    const answer = (event: KeyboardEvent) => {
      if (event.code !== 'KeyR' || isTyping(event)) return
      event.preventDefault()
      field.current?.focus()
    }
    addEventListener('keydown', answer)
    return () => removeEventListener('keydown', answer)
  }, [])

  const send = useOnce(async () => {
    if (!draft.loaded) return
    await attaching.settled()
    const { text, files, to } = draft.latest()
    const body = text.trim()
    if (body === '' && files.length === 0) return setError(t('composer.empty'))
    const parsed = to === null ? { addresses: [...recipients], wrong: [] } : parseRecipients(to)
    if (!note && parsed.wrong[0])
      return setError(t('composer.wrongAddress', { address: parsed.wrong[0] }))
    if (!note && parsed.addresses.length === 0) return setError(t('composer.noAddress'))
    setSending(true)
    const result = await replica.sendMessage(
      note
        ? { dialog: dialog.id, kind: 'note', text: body, files }
        : {
            dialog: dialog.id,
            kind: 'letter',
            text: withSignature(body, account?.signature),
            files,
            subject: replySubject(dialog.subject ?? ''),
            to: parsed.addresses,
          },
    )
    setSending(false)
    if (result.ok) {
      // One may have begun the next one meanwhile.
      const typed = draft.latest().text
      const next = typed.startsWith(text) ? typed.slice(text.length) : typed
      if (next === '') draft.clear()
      else draft.change({ ...empty, text: next })
    } else
      showToast({ text: t('dialogs.failed', { reason: reasonText(result.reason) }), stays: true })
    field.current?.focus()
  })

  return (
    <DropArea class={styles.area} onFiles={attaching.add}>
      <form
        class={styles.composer}
        data-note={note}
        aria-label={t('composer.label')}
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
      >
        {obstacle ? (
          <p class={styles.hint}>{t(obstacle)}</p>
        ) : (
          !note && (
            <To
              value={draft.value.to}
              proposed={recipients}
              onValue={(value) => set({ to: value })}
            />
          )
        )}
        <textarea
          ref={field}
          class={styles.text}
          rows={1}
          value={text}
          // What is typed before the draft is read would give way to it.
          readOnly={!draft.loaded}
          aria-label={t(note ? 'composer.note' : 'composer.answer')}
          placeholder={t(note ? 'composer.note' : 'composer.answer')}
          onInput={(event) => {
            set({ text: event.currentTarget.value })
            if (hasLetters && asksForTemplate(event, event.currentTarget)) setInserting('slash')
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault()
              send()
            }
            if (event.key === 'Escape') event.currentTarget.blur()
          }}
        />
        {!note && account?.signature && <p class={styles.signature}>{account.signature}</p>}
        <AttachmentList files={files} onFiles={(next) => set({ files: next })} />
        {error && (
          <p class={styles.error} role="alert">
            {error}
          </p>
        )}
        {offline && !note && <p class={styles.hint}>{t('composer.offline')}</p>}
        <div class={styles.buttons}>
          <AttachButton onFiles={attaching.add} />
          {hasLetters && (
            <IconButton
              icon={FileText}
              size={20}
              label={templateTexts('insert')}
              onClick={() => setInserting('button')}
            />
          )}
          <IconButton
            icon={EyeOff}
            size={20}
            label={t('composer.toggleNote')}
            aria-pressed={note}
            disabled={obstacle !== null}
            onClick={() => set({ note: !note })}
          />
          <span class={styles.keys}>Ctrl + Enter</span>
          <Button kind="primary" type="submit" icon={SendHorizontal} disabled={sending}>
            {t(note ? 'composer.saveNote' : 'composer.send')}
          </Button>
        </div>
      </form>
      {inserting && (
        <LetterTemplates
          replica={replica}
          client={dialog.client}
          person={dialog.person}
          onClose={() => setInserting(null)}
          onInsert={(letter) => {
            const caret = field.current?.selectionStart ?? text.length
            set({ text: withInserted(text, letter.text, caret, inserting === 'slash') })
            setInserting(null)
          }}
        />
      )}
    </DropArea>
  )
}

interface ToProps {
  value: string | null
  proposed: readonly MailAddress[]
  onValue: (value: string) => void
}

/** A line that becomes a field when pressed. */
const To = ({ value, proposed, onValue }: ToProps) => {
  const [editing, setEditing] = useState(false)
  const line = value ?? formatRecipients(proposed)
  return (
    <div class={styles.to}>
      <span class={styles.toLabel}>{t('dialog.to')}:</span>
      {editing || value !== null ? (
        <Input
          class={styles.toInput}
          value={line}
          onValue={onValue}
          aria-label={t('dialog.to')}
          autofocus={editing}
          inputMode="email"
        />
      ) : (
        <button
          type="button"
          class={styles.toLine}
          title={t('composer.changeTo')}
          onClick={() => setEditing(true)}
        >
          {line || t('composer.noAddress')}
        </button>
      )}
    </div>
  )
}
