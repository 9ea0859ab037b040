/**
 * A text with variables. The textarea lies over a copy of its text in which variables have a ground of
 * their own: they look like chips, and undo, selection and screen readers work as in any text.
 */

import type { Ref } from 'preact'
import { useImperativeHandle, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { FieldControl } from '../../design/index.ts'
import styles from './editor.module.css'
import type { Labels } from './labels.ts'
import { t } from './texts.ts'

export interface BodyEditorHandle {
  /** Puts a text where the caret is. */
  insert: (text: string) => void
}

interface BodyEditorProps {
  control: FieldControl
  /** With paths; see `labels.ts`. */
  value: string
  onValue: (value: string) => void
  labels: Labels
  readOnly: boolean
  /** One line, which Enter does not break. */
  single?: boolean
  editorRef?: Ref<BodyEditorHandle>
}

/** Fields offered at once. */
const offeredAtOnce = 8

const plain = (text: string): string => text.toLowerCase().replaceAll('ё', 'е')

/** What is being typed after an open brace, and where that stands. */
const askedAt = (text: string, caret: number): { from: number; typed: string } | null => {
  const [, typed] = /(?<!\\)\{([^{}\n]*)$/.exec(text.slice(0, caret)) ?? []
  return typed === undefined ? null : { from: caret - typed.length - 1, typed }
}

/** Through the browser's own command, which its undo knows; set by hand where it has none. */
const replaceText = (field: HTMLTextAreaElement, from: number, to: number, text: string): void => {
  field.focus()
  field.setSelectionRange(from, to)
  if (document.execCommand('insertText', false, text)) return
  field.setRangeText(text, from, to, 'end')
  field.dispatchEvent(new Event('input', { bubbles: true }))
}

export const BodyEditor = (props: BodyEditorProps) => {
  const { control, value, onValue, labels, readOnly, single = false, editorRef } = props
  const [typed, setTyped] = useState(() => labels.toLabels(value))
  const [asked, setAsked] = useState<{ from: number; typed: string } | null>(null)
  const [active, setActive] = useState(0)
  const field = useRef<HTMLTextAreaElement>(null)
  const copy = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  // What came from elsewhere (a draft, another device) is shown; what is typed stays as it is typed.
  const shown = labels.toPaths(typed) === value ? typed : labels.toLabels(value)

  const words = asked ? plain(asked.typed).split(/[\s:,]+/) : []
  const found = asked
    ? labels.offered
        .filter(({ label }) => words.every((word) => plain(label).includes(word)))
        .slice(0, offeredAtOnce)
    : []
  const look = () => {
    const { selectionStart: caret = 0, value: text = '' } = field.current ?? {}
    const next = readOnly ? null : askedAt(text, caret)
    setAsked(next)
    setActive(0)
  }
  const pick = (label: string) => {
    const input = field.current
    if (!input || !asked) return
    const after = input.value.slice(input.selectionStart)
    const closed = /^[^{}\n]*\}/.exec(after)?.[0].length ?? 0
    replaceText(input, asked.from, input.selectionStart + closed, `{${label}}`)
    setAsked(null)
  }
  useImperativeHandle(editorRef ?? null, () => ({
    insert: (text) => {
      const input = field.current
      if (input) replaceText(input, input.selectionStart, input.selectionEnd, text)
      setAsked(null)
    },
  }))
  useLayoutEffect(() => {
    if (!asked || !copy.current || !list.current) return
    const { x, y } = placeOf(copy.current, asked.from)
    list.current.style.left = `${x}px`
    list.current.style.top = `${y}px`
  }, [asked, shown])

  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = found[active]
    if (single && event.key === 'Enter' && !chosen) event.preventDefault()
    if (!chosen) return
    if (event.key === 'ArrowDown') setActive((active + 1) % found.length)
    else if (event.key === 'ArrowUp') setActive((active - 1 + found.length) % found.length)
    else if (event.key === 'Enter' || event.key === 'Tab') pick(chosen.label)
    else if (event.key === 'Escape') setAsked(null)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div class={styles.editor} data-single={single}>
      <div ref={copy} class={styles.copy} aria-hidden="true">
        {partsOf(shown).map(({ text, inside }, at) =>
          inside === undefined ? (
            text
          ) : (
            <mark key={at} class={styles.chip} data-known={labels.isKnown(inside)}>
              {text}
            </mark>
          ),
        )}
        {'\n'}
      </div>
      <textarea
        {...control}
        ref={field}
        class={styles.field}
        value={shown}
        readOnly={readOnly}
        spellcheck
        aria-autocomplete="list"
        aria-controls={found.length > 0 ? `${control.id}-fields` : undefined}
        aria-activedescendant={found.length > 0 ? `${control.id}-${active}` : undefined}
        onInput={(event) => {
          const text = single
            ? event.currentTarget.value.replaceAll('\n', ' ')
            : event.currentTarget.value
          setTyped(text)
          onValue(labels.toPaths(text))
          look()
        }}
        onClick={look}
        onBlur={() => setAsked(null)}
        onKeyDown={onKeyDown}
      />
      {found.length > 0 && (
        <div
          ref={list}
          id={`${control.id}-fields`}
          role="listbox"
          aria-label={t('fields')}
          class={styles.offered}
        >
          {found.map(({ label }, index) => (
            // Chosen from the field by keys; a press must not take the focus away from it.
            <div
              key={label}
              id={`${control.id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              class={styles.option}
              onMouseDown={(event) => {
                event.preventDefault()
                pick(label)
              }}
            >
              {label}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

/** A text cut at its variables. */
const partsOf = (text: string): { text: string; inside?: string }[] =>
  text
    .split(/(?<!\\)(\{[^{}\n]+\})/)
    .map((part, at) => (at % 2 === 0 ? { text: part } : { text: part, inside: part.slice(1, -1) }))

/** Where a letter stands in the copy, under its line. */
const placeOf = (copy: HTMLElement, offset: number): { x: number; y: number } => {
  const walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT)
  let before = 0
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { length } = node.textContent ?? ''
    if (before + length > offset) {
      const range = document.createRange()
      range.setStart(node, offset - before)
      range.setEnd(node, offset - before)
      const [at, around] = [range.getBoundingClientRect(), copy.getBoundingClientRect()]
      return { x: Math.min(at.left - around.left, around.width - 240), y: at.bottom - around.top }
    }
    before += length
  }
  return { x: 0, y: copy.offsetHeight }
}
