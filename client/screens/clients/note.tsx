/** The note of a contact, written together, letter by letter, with those who are in it shown. */
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type * as Y from 'yjs'
import { Avatar, Button } from '../../design/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { LiveRecord, Replica } from '../../replica/index.ts'
import styles from './note.module.css'
import { textDifference } from './text-difference.ts'
import { t } from './texts.ts'
import { useOpened } from './use-opened.ts'

interface NoteProps {
  table: 'client' | 'person'
  id: string
  replica: Replica
  readOnly: boolean
  /** The row's text, shown until the document is open. */
  text: string
}

export const Note = ({ table, id, replica, readOnly, text }: NoteProps) => {
  const { live, failed, again } = useOpened(replica, table, id)
  const others = live?.others.value ?? []
  const refused = live?.refused.value
  const label = useId()
  return (
    <section class={styles.note} aria-labelledby={label}>
      <div class={styles.head}>
        <span id={label} class={styles.label}>
          {t('client.note')}
        </span>
        <span class={styles.others} role="status">
          {others.length > 0 && (
            <>
              {others.map((person) => (
                <Avatar key={person.id} name={person.name} size={20} />
              ))}
              {t('client.note.with', { names: others.map(({ name }) => name).join(', ') })}
            </>
          )}
        </span>
      </div>
      {live && !readOnly ? (
        <Editor live={live} label={label} />
      ) : (
        <p class={styles.text}>{text || (readOnly ? '—' : '')}</p>
      )}
      {failed && !readOnly && (
        <div class={styles.failed} role="alert">
          <span>
            {t('client.note.failed')} {failed.reason && reasonText(failed.reason)}
          </span>
          <Button kind="quiet" onClick={again}>
            {t('client.note.again')}
          </Button>
        </div>
      )}
      {refused && (
        <p class={styles.error} role="alert">
          {reasonText(refused)}
        </p>
      )}
    </section>
  )
}

const Editor = ({ live, label }: { live: LiveRecord; label: string }) => {
  const field = useRef<HTMLTextAreaElement>(null)
  const { doc } = live.open.value
  const note = doc.getText('note')
  const [value, setValue] = useState(note.toString())
  /** Where the caret has to be after others' letters came in. */
  const caret = useRef<[number, number] | null>(null)

  useEffect(() => {
    setValue(note.toString())
    const onChange = (event: Y.YTextEvent) => {
      const element = field.current
      const remote = !event.transaction.local || event.transaction.origin !== editing
      if (element && remote && document.activeElement === element)
        caret.current = [moved(event, element.selectionStart), moved(event, element.selectionEnd)]
      setValue(note.toString())
    }
    note.observe(onChange)
    return () => note.unobserve(onChange)
  }, [note])

  useLayoutEffect(() => {
    if (caret.current) field.current?.setSelectionRange(...caret.current)
    caret.current = null
  }, [value])

  return (
    <textarea
      ref={field}
      class={styles.editor}
      rows={3}
      aria-labelledby={label}
      placeholder={t('client.note.placeholder')}
      value={value}
      onInput={(event) => {
        const { value: typed, selectionEnd } = event.currentTarget
        const difference = textDifference(note.toString(), typed, selectionEnd)
        if (!difference) return
        const { at, removed, inserted } = difference
        doc.transact(() => {
          if (removed > 0) note.delete(at, removed)
          if (inserted) note.insert(at, inserted)
        }, editing)
      }}
    />
  )
}

/** Origin of what is typed here. */
const editing = 'note-editor'

/** Where a position is after a change by others. */
const moved = ({ delta }: Y.YTextEvent, position: number): number => {
  let at = 0
  let result = position
  for (const { retain, insert, delete: removed } of delta) {
    if (retain) at += retain
    if (typeof insert === 'string') {
      if (at <= result) result += insert.length
      at += insert.length
    }
    if (removed && at < result) result -= Math.min(removed, result - at)
  }
  return result
}
