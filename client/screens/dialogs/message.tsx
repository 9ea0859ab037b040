/** One message of a conversation: a bubble, a letter, a note, or a line of the system. */
import { EyeOff, Mail } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import type { FileRef, MailAddress } from '../../../shared/records/segment.ts'
import { Avatar, Button, classNames, Icon } from '../../design/index.ts'
import { formatDate, formatTime } from '../../format/index.ts'
import { lazy } from '../../frame/lazy.tsx'
import type { MessageRow, Replica } from '../../replica/index.ts'
import { Delivery } from './delivery.tsx'
import { FileList } from './file-list.tsx'
import { t as tl } from './list-texts.ts'
import styles from './message.module.css'
import { splitQuote } from './quote.ts'
import type { Remedy } from './sending.ts'
import { t } from './texts.ts'

// With the cleaner of HTML behind it, which only formatted letters need.
const LetterFrame = lazy(async () => (await import('./letter-frame.tsx')).LetterFrame)

/** Longer texts are cut until asked for: a bubble of ten screens hides the conversation. */
const longText = 3000

interface MessageProps {
  message: MessageRow
  first: boolean
  last: boolean
  author: string
  /** The author's name for the picture: «Вы» has no initials. */
  face: string
  replica: Replica
  onRemedy?: (remedy: Remedy) => void
}

export const Message = ({
  message,
  first,
  last,
  author,
  face,
  replica,
  onRemedy,
}: MessageProps) => {
  const { direction, kind } = message
  return (
    <article
      class={classNames(styles.message, first && styles.first)}
      data-direction={direction}
      data-kind={kind}
      aria-label={`${author}, ${formatTime(message.at)}`}
    >
      <span class={styles.face}>{first && <Avatar name={face} size={32} />}</span>
      <div class={styles.column}>
        <div class={styles.bubble}>
          {(first || kind === 'note') && <Head message={message} author={author} />}
          <Body message={message} replica={replica} />
          {message.files && message.files.length > 0 && (
            <FileList files={attached(message.files)} replica={replica} />
          )}
        </div>
        {(last || message.state) && <Delivery message={message} {...(onRemedy && { onRemedy })} />}
      </div>
    </article>
  )
}

/** Pictures shown inside the letter are no attachments to the reader. */
const attached = (files: readonly FileRef[]): FileRef[] =>
  files.filter(({ cid, type }) => !cid || !type.startsWith('image/'))

const names = (addresses: readonly MailAddress[]): string =>
  addresses.map(({ name, address }) => name || address).join(', ')

const Head = ({ message, author }: { message: MessageRow; author: string }) => (
  <header class={styles.head}>
    <span class={styles.author}>{author}</span>
    {message.kind === 'note' && (
      <span class={styles.noteMark}>
        <Icon of={EyeOff} />
        {t('message.note')}
      </span>
    )}
    <time
      class={styles.time}
      dateTime={new Date(message.at).toISOString()}
      title={`${formatDate(message.at)} ${formatTime(message.at)}`}
    >
      {formatTime(message.at)}
    </time>
    {message.kind === 'letter' && (
      <p class={styles.recipients}>
        {message.to && message.to.length > 0 && t('dialog.toLine', { names: names(message.to) })}
        {message.cc &&
          message.cc.length > 0 &&
          `; ${t('dialog.cc').toLowerCase()}: ${names(message.cc)}`}
      </p>
    )}
    {message.kind === 'letter' && message.subject && (
      <p class={styles.subject}>{message.subject}</p>
    )}
  </header>
)

const Body = ({ message, replica }: { message: MessageRow; replica: Replica }) => {
  const [formatted, setFormatted] = useState(false)
  return (
    <>
      {message.auto && <p class={styles.hint}>{t('message.auto')}</p>}
      {message.unparsed && <p class={styles.hint}>{t('message.unparsed')}</p>}
      {formatted ? <Formatted message={message} replica={replica} /> : <Text text={message.text} />}
      {message.html && (
        <Button
          kind="quiet"
          icon={Mail}
          class={styles.look}
          aria-pressed={formatted}
          onClick={() => setFormatted(!formatted)}
        >
          {t(formatted ? 'message.showText' : 'message.showLetter')}
        </Button>
      )}
    </>
  )
}

const Text = ({ text }: { text: string }) => {
  const [quoteShown, setQuoteShown] = useState(false)
  const [whole, setWhole] = useState(false)
  const { own, quoted } = splitQuote(text)
  const long = own.length > longText && !whole
  if (text.trim() === '') return <p class={styles.hint}>{tl('dialogs.noText')}</p>
  return (
    <>
      <p class={styles.text}>{withLinks(long ? `${own.slice(0, longText)}…` : own)}</p>
      {long && (
        <button type="button" class={styles.more} onClick={() => setWhole(true)}>
          {t('message.showAll')}
        </button>
      )}
      {quoted && (
        <button
          type="button"
          class={styles.more}
          aria-expanded={quoteShown}
          onClick={() => setQuoteShown(!quoteShown)}
        >
          {t(quoteShown ? 'message.hideQuote' : 'message.showQuote')}
        </button>
      )}
      {quoteShown && <blockquote class={styles.quote}>{quoted}</blockquote>}
    </>
  )
}

const address = /https?:\/\/[^\s<>"«»]+[^\s<>"«».,;:!?)\]]/g

/** Plain text with its web addresses as links. */
const withLinks = (text: string) => {
  const parts: (string | preact.JSX.Element)[] = []
  let end = 0
  for (const found of text.matchAll(address)) {
    parts.push(text.slice(end, found.index))
    parts.push(
      <a key={found.index} class="link" href={found[0]} target="_blank" rel="noopener noreferrer">
        {found[0]}
      </a>,
    )
    end = found.index + found[0].length
  }
  return [...parts, text.slice(end)]
}

/** Fetches the HTML and the pictures inside the letter, from the device or the relay. */
const Formatted = ({ message, replica }: { message: MessageRow; replica: Replica }) => {
  const [letter, setLetter] = useState<{ html: string; pictures: Map<string, string> } | null>(null)
  const [away, setAway] = useState(false)
  const { html, files } = message
  useEffect(() => {
    let current = true
    const load = async () => {
      if (!html) return
      const body = await replica.readFile(html)
      if (!body.ok) {
        if (current) setAway(true)
        return
      }
      const pictures = new Map<string, string>()
      for (const { cid, hash } of files ?? []) {
        const url = cid ? await replica.fileUrl(hash) : null
        if (cid && url?.ok) pictures.set(cid, url.value)
      }
      const text = await body.value.text()
      if (current) setLetter({ html: text, pictures })
    }
    load()
    return () => {
      current = false
    }
  }, [html, files, replica])
  if (letter) return <LetterFrame html={letter.html} pictures={letter.pictures} />
  return (
    <>
      <Text text={message.text} />
      {away && (
        <p class={styles.hint} role="status">
          {t('message.letterAway')}
        </p>
      )}
    </>
  )
}

/** A line about what happened. */
export const SystemLine = ({ message }: { message: MessageRow }) => (
  <p class={styles.system}>
    {message.text} <time class="tabular">{formatTime(message.at)}</time>
  </p>
)
