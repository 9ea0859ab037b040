/** «Новое письмо»: account, recipients, subject, text, files; the client is known by the address. */
import { ArrowLeft, FileText, SendHorizontal } from 'lucide-preact'
import { useRef, useState } from 'preact/hooks'
import { Link, useLocation, useSearch } from 'wouter-preact'
import { normaliseEmail } from '../../../shared/emails.ts'
import { mayWriteFrom } from '../../../shared/records/account.ts'
import type { FileRef } from '../../../shared/records/segment.ts'
import {
  Button,
  EmptyState,
  Field,
  type FieldControl,
  Icon,
  IconButton,
  Input,
  LinkButton,
  Select,
  showToast,
  Textarea,
  useOnce,
} from '../../design/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import {
  type Replica,
  resolveRow,
  type StoredRow,
  useAnswer,
  useSuggestions,
} from '../../replica/index.ts'
import { suggest } from '../clients/client-list.ts'
import { useAttaching } from '../dialogs/attaching.ts'
import { AttachButton, AttachmentList, DropArea } from '../dialogs/attachments.tsx'
import { parseRecipients } from '../dialogs/recipients.ts'
import { withSignature } from '../dialogs/signature.ts'
import { t as td } from '../dialogs/texts.ts'
import { useDraft } from '../dialogs/use-draft.ts'
import {
  asksForTemplate,
  LetterTemplates,
  t as templateTexts,
  useHasLetters,
  withInserted,
} from '../templates/letter-entry.ts'
import styles from './new-letter.module.css'
import { t } from './texts.ts'

interface NewLetterProps {
  replica: Replica
  accounts: StoredRow<'account'>[]
}

interface Draft {
  account: string
  to: string
  subject: string
  text: string
  files: FileRef[]
}

const empty: Draft = { account: '', to: '', subject: '', text: '', files: [] }
type Errors = { to?: string; text?: string }

/** Contacts proposed under «Кому». */
const proposed = 5

export const NewLetter = ({ replica, accounts }: NewLetterProps) => {
  const [, navigate] = useLocation()
  const asked = new URLSearchParams(useSearch())
  const to = asked.get('to') ?? ''
  const askedClient = asked.get('client')
  // A letter to somebody in particular is a draft of its own.
  const draft = useDraft<Draft>(replica, `new-letter:${to}`, { ...empty, to })
  const [errors, setErrors] = useState<Errors>({})
  const [sending, setSending] = useState(false)
  /** A text by a template is being chosen; by what it was asked for. */
  const [inserting, setInserting] = useState<'slash' | 'button' | null>(null)
  const hasLetters = useHasLetters(replica)
  const field = useRef<HTMLTextAreaElement>(null)
  const letter = draft.value
  const senders = accounts.filter(
    ({ id, send }) => send !== false && mayWriteFrom(replica.subject.value, id),
  )
  const account = senders.find(({ id }) => id === letter.account) ?? senders[0]
  const set = (change: Partial<Draft>) => {
    setErrors({})
    draft.change({ ...draft.latest(), ...change })
  }
  const attaching = useAttaching(replica, draft, (files) => set({ files }))

  const first = parseRecipients(letter.to).addresses[0]
  const readAbout = async (address: string | undefined) => {
    const contact = await contactAt(replica, address)
    const asked = await resolveRow(replica.base, 'client', askedClient ?? undefined)
    return { client: contact?.client ?? asked, person: contact?.person }
  }
  const about = useAnswer(`${askedClient} ${first?.address}`, () => readAbout(first?.address), [
    replica,
  ])?.answer

  const send = useOnce(async () => {
    if (!account || !draft.loaded) return
    await attaching.settled()
    const letter = draft.latest()
    const { addresses, wrong } = parseRecipients(letter.to)
    const [peer] = addresses
    if (wrong[0]) return setErrors({ to: td('composer.wrongAddress', { address: wrong[0] }) })
    if (!peer) return setErrors({ to: td('composer.noAddress') })
    if (letter.text.trim() === '' && letter.files.length === 0)
      return setErrors({ text: td('composer.empty') })
    setSending(true)
    // Asked now: what is shown may still be about the address typed before.
    const { client, person } = await readAbout(peer.address)
    const subject = letter.subject.trim()
    const result = await replica.createDialog(
      {
        account: account.id,
        channel: 'mail',
        peer,
        ...(subject && { subject }),
        ...(client && { client: client.id }),
        ...(person && { person: person.id }),
      },
      {
        kind: 'letter',
        text: withSignature(letter.text.trim(), account.signature),
        files: letter.files,
        to: addresses,
        ...(subject && { subject }),
      },
    )
    setSending(false)
    if (!result.ok)
      return showToast({
        text: td('dialogs.failed', { reason: reasonText(result.reason) }),
        stays: true,
      })
    draft.clear()
    showToast({ text: t('mail.new.queued') })
    navigate(`/dialogs/${result.value.id}`)
  })

  if (!account)
    return (
      <div class={styles.none}>
        <EmptyState
          icon={SendHorizontal}
          title={t('mail.new.noSender')}
          action={<LinkButton href="/mail">{t('mail.back')}</LinkButton>}
        />
      </div>
    )
  return (
    <DropArea class={styles.screen} onFiles={attaching.add}>
      <form
        class={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          send()
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault()
            send()
          }
        }}
      >
        <header class={styles.head}>
          <Link href="/mail" class={styles.back} aria-label={t('mail.back')}>
            <Icon of={ArrowLeft} size={20} />
          </Link>
          <h1 class={styles.title}>{t('mail.new.title')}</h1>
        </header>
        <Field label={t('mail.new.from')}>
          {(control) => (
            <Select
              {...control}
              value={account.id}
              onValue={(id) => set({ account: id })}
              options={senders.map(({ id, name, address }) => ({
                value: id,
                label: `${name} <${address}>`,
              }))}
            />
          )}
        </Field>
        <Field
          label={t('mail.new.to')}
          error={errors.to ?? null}
          hint={about?.client && t('mail.new.client', { name: about.client.name })}
          required
        >
          {(control) => (
            <To
              control={control}
              replica={replica}
              readOnly={!draft.loaded}
              value={letter.to}
              onValue={(value) => set({ to: value })}
            />
          )}
        </Field>
        <Field label={t('mail.new.subject')}>
          {(control) => (
            <Input
              {...control}
              value={letter.subject}
              readOnly={!draft.loaded}
              maxLength={900}
              autocomplete="off"
              autofocus={to !== ''}
              onValue={(subject) => set({ subject })}
            />
          )}
        </Field>
        <Field label={t('mail.new.text')} error={errors.text ?? null}>
          {(control) => (
            <Textarea
              {...control}
              class={styles.text}
              rows={10}
              textareaRef={field}
              value={letter.text}
              // What is typed before the draft is read would give way to it.
              readOnly={!draft.loaded}
              onValue={(text) => set({ text })}
              onInputCapture={(event) => {
                if (hasLetters && asksForTemplate(event, event.currentTarget)) setInserting('slash')
              }}
            />
          )}
        </Field>
        {account.signature && <p class={styles.signature}>{account.signature}</p>}
        <AttachmentList files={letter.files} onFiles={(files) => set({ files })} />
        {replica.status.value.state === 'offline' && (
          <p class={styles.signature}>{td('composer.offline')}</p>
        )}
        <footer class={styles.buttons}>
          <Button kind="primary" type="submit" icon={SendHorizontal} disabled={sending}>
            {td('composer.send')}
          </Button>
          <AttachButton onFiles={attaching.add} />
          {hasLetters && (
            <IconButton
              icon={FileText}
              size={20}
              label={templateTexts('insert')}
              onClick={() => setInserting('button')}
            />
          )}
        </footer>
      </form>
      {inserting && (
        <LetterTemplates
          replica={replica}
          client={about?.client?.id}
          person={about?.person?.id}
          onClose={() => setInserting(null)}
          onInsert={(made) => {
            const caret = field.current?.selectionStart ?? letter.text.length
            set({
              text: withInserted(letter.text, made.text, caret, inserting === 'slash'),
              ...(letter.subject.trim() === '' && { subject: made.subject }),
            })
            setInserting(null)
          }}
        />
      )}
    </DropArea>
  )
}

/** The client, and the contact person, that have this address. */
const contactAt = async ({ base }: Replica, address: string | undefined) => {
  const key = normaliseEmail(address ?? '')
  if (!key) return null
  const [clients, persons] = await Promise.all([
    base.client.where('words').equals(key).toArray(),
    base.person.where('words').equals(key).toArray(),
  ])
  const [person] = persons
  const client = clients[0] ?? (await resolveRow(base, 'client', person?.client))
  return { client, person }
}

interface ToProps {
  control: FieldControl
  replica: Replica
  readOnly: boolean
  value: string
  onValue: (value: string) => void
}

interface Proposal {
  id: string
  name: string
  address: string
}

/** Recipients with proposals from clients and contact persons for the last one being typed. */
const To = ({ control, replica, readOnly, value, onValue }: ToProps) => {
  const [focused, setFocused] = useState(false)
  const start = Math.max(value.lastIndexOf(','), value.lastIndexOf(';')) + 1
  const typing = value.slice(start).trim()
  const {
    found: proposals,
    isAnswered,
    active,
    walk,
    take,
  } = useSuggestions<Proposal>(
    typing,
    async (words) => {
      if (words.length < 2 || normaliseEmail(words)) return []
      const [clients, persons] = await Promise.all([
        suggest(replica.base, 'client', words, proposed),
        suggest(replica.base, 'person', words, proposed),
      ])
      return [...clients, ...persons]
        .flatMap(({ id, name, emails }) =>
          emails[0] ? [{ id, name, address: emails[0].value }] : [],
        )
        .slice(0, proposed)
    },
    [replica],
  )
  const pick = ({ name, address }: Proposal) =>
    onValue(
      `${value.slice(0, start)}${start > 0 ? ' ' : ''}${name.replace(/[<>",;]/g, ' ').trim()} <${address}>, `,
    )
  const shown = focused && proposals.length > 0
  return (
    <div class={styles.to}>
      <Input
        {...control}
        value={value}
        onValue={onValue}
        readOnly={readOnly}
        placeholder={t('mail.new.toHint')}
        autofocus={value === ''}
        autocomplete="off"
        role="combobox"
        aria-expanded={shown}
        aria-controls="letter-to-proposals"
        aria-activedescendant={shown ? `letter-to-${active}` : undefined}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onKeyDown={(event) => {
          const isPick = event.key === 'Enter' || event.key === 'Tab'
          if (isPick && !isAnswered && typing !== '') {
            void take().then((chosen) => chosen && pick(chosen))
            // With Tab one goes on to the next field meanwhile; Enter would send the letter.
            if (event.key === 'Enter') event.preventDefault()
            return
          }
          const chosen = proposals[active]
          if (!shown) return
          if (event.key === 'ArrowDown') walk(1)
          else if (event.key === 'ArrowUp') walk(-1)
          else if (isPick && chosen) pick(chosen)
          else return
          event.preventDefault()
        }}
      />
      {shown && (
        <div
          id="letter-to-proposals"
          role="listbox"
          class={styles.proposals}
          aria-label={t('mail.new.to')}
        >
          {proposals.map((proposal, index) => (
            // Chosen from the field by keys; a press must not take the focus away from it.
            <div
              key={proposal.id}
              id={`letter-to-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              class={styles.proposal}
              onMouseDown={(event) => {
                event.preventDefault()
                pick(proposal)
              }}
            >
              <span class="ellipsis">{proposal.name}</span>
              <span class="meta ellipsis">{proposal.address}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  )
}
