/**
 * Dragging in the calendar by mouse and finger: a thing to another time, its end to a later one, and by
 * mouse an empty stretch. What would come of it is drawn straight into the document; nothing is rendered
 * and nothing written before it is let go.
 *
 *     press ─ mouse: 5 px · finger: holds still for 300 ms ─► drag ─► let go over a day ─► onMove, onSelect
 *       └── scrolls, swipes or lets go before ─► nothing
 */
import { useEffect, useRef } from 'preact/hooks'
import { wholeDay } from '../../../shared/tasks.ts'
import { dayMinutes, isoOf, minutesIn, wholeOf } from './days.ts'
import { daysCovered, type Item, type Span } from './items.ts'
import { dragged, drawn, type Spot, selected } from './moves.ts'

/** A click trembles by less, px. */
const mouseSlack = 5
/** A finger that scrolls moves sooner, ms. */
const holdFor = 300
const fingerSlack = 10
/** Near the upper and the lower edge the hours scroll: so near, px, and so fast, px a frame. */
const edge = 40
const scrollStep = 10
/** A finger that goes so far to a side, px, and hardly up or down, turns the page. */
const swipeLength = 60

interface Dragging {
  itemOf: (key: string) => Item | undefined
  onMove: (item: Item, span: Span) => void
  onSelect: (span: Span) => void
  onSwipe: (by: 1 | -1) => void
  wordsOf: (span: Span) => string
  /** Class of the picture of what would come of it. */
  ghost: string
}

interface Pressed {
  /** Null: an empty place. */
  item: Item | null
  isEnd: boolean
  spot: Spot
  x: number
  y: number
  pointer: number
}

interface Drag extends Pressed {
  at: { x: number; y: number }
  span: Span | null
  drawing: HTMLElement
  marked: Element[]
  frame: number
}

export const useCalendarDrag = (dragging: Dragging) => {
  const root = useRef<HTMLDivElement>(null)
  const latest = useRef(dragging)
  latest.current = dragging
  useEffect(() => (root.current ? watch(root.current, () => latest.current) : undefined), [])
  return root
}

const watch = (root: HTMLElement, latest: () => Dragging): (() => void) => {
  let pressed: Pressed | null = null
  let timer = 0
  let drag: Drag | null = null
  let wasDragged = false

  const spotAt = (x: number, y: number): Spot | null => {
    const cell = document
      .elementsFromPoint(x, y)
      .find((one): one is HTMLElement => one instanceof HTMLElement && 'day' in one.dataset)
    const whole = wholeOf(cell?.dataset.day ?? '')
    if (!cell || whole === null || !root.contains(cell)) return null
    if (!('timed' in cell.dataset)) return { day: whole, minutes: null }
    const { top, height } = cell.getBoundingClientRect()
    const minutes = ((y - top) / height) * dayMinutes
    return { day: whole, minutes: Math.min(Math.max(minutes, 0), dayMinutes - 1) }
  }
  const cellOf = (whole: number, timed: boolean): HTMLElement | null =>
    root.querySelector(
      `[data-day="${isoOf(whole)}"]${timed ? '[data-timed]' : ':not([data-timed])'}`,
    )

  const forget = () => {
    clearTimeout(timer)
    pressed = null
  }
  const unmark = (of: Drag) => {
    for (const cell of of.marked) cell.removeAttribute('data-over')
    of.marked = []
  }
  const end = (isDropped: boolean) => {
    forget()
    if (!drag) return
    const { item, span } = drag
    cancelAnimationFrame(drag.frame)
    drag.drawing.remove()
    unmark(drag)
    root.removeAttribute('data-dragging')
    for (const one of root.querySelectorAll('[data-dragged]')) one.removeAttribute('data-dragged')
    drag = null
    if (!isDropped || !span) return
    if (item) latest().onMove(item, span)
    else latest().onSelect(span)
  }
  const begin = () => {
    if (!pressed) return
    const drawing = document.createElement('div')
    drawing.className = latest().ghost
    drawing.setAttribute('aria-hidden', 'true')
    drag = { ...pressed, at: pressed, span: null, drawing, marked: [], frame: 0 }
    root.setAttribute('data-dragging', '')
    if (pressed.item)
      for (const one of root.querySelectorAll(`[data-item="${CSS.escape(pressed.item.key)}"]`))
        one.setAttribute('data-dragged', '')
    draw()
  }
  const spanAt = (of: Drag, spot: Spot): Span => {
    if (!of.item) return selected(of.spot, spot)
    return of.isEnd ? drawn(of.item, spot) : dragged(of.item, of.spot, spot)
  }
  /** Once a frame, however often the pointer tells of itself. */
  const draw = () => {
    if (!drag) return
    const { at, item, drawing } = drag
    const spot = spotAt(at.x, at.y)
    if (spot) drag.span = spanAt(drag, spot)
    unmark(drag)
    const { span } = drag
    const cell = span && !span.allDay ? cellOf(wholeDay(span.from), true) : null
    if (span && cell) {
      const top = minutesIn(wholeDay(span.from), span.from)
      const bottom = Math.min(dayMinutes, top + (span.to - span.from) / 60_000)
      drawing.style.top = `${(top / dayMinutes) * 100}%`
      drawing.style.height = `${((bottom - top) / dayMinutes) * 100}%`
      drawing.textContent = [latest().wordsOf(span), item?.title].filter(Boolean).join(' ')
      if (drawing.parentElement !== cell) cell.append(drawing)
    } else if (span) {
      drawing.remove()
      const { first, last } = daysCovered(span)
      for (let whole = first; whole <= last; whole += 86_400_000) {
        const over = cellOf(whole, false)
        if (!over) continue
        over.setAttribute('data-over', '')
        drag.marked.push(over)
      }
    }
    const scroller = root.querySelector('[data-scroller]')
    if (scroller) {
      const { top, bottom } = scroller.getBoundingClientRect()
      const strip = root.querySelector('[data-sticky]')?.getBoundingClientRect().bottom ?? top
      if (at.y > bottom - edge) scroller.scrollTop += scrollStep
      else if (at.y > strip && at.y < strip + edge) scroller.scrollTop -= scrollStep
    }
    drag.frame = requestAnimationFrame(draw)
  }

  const onDown = (event: PointerEvent) => {
    // An icon is no HTMLElement.
    const target = event.target instanceof Element ? event.target : null
    const spot = spotAt(event.clientX, event.clientY)
    const element = target?.closest<HTMLElement>('[data-item]')
    if (event.button !== 0 || !spot || !target) return
    const item = element ? latest().itemOf(element.dataset.item ?? '') : undefined
    const isEnd = target.matches('[data-resize]') && item?.resizable === true
    const { clientX: x, clientY: y, pointerId: pointer, pointerType } = event
    if (element && !item) return
    if (!item && target.closest('a, button')) return
    pressed = { item: item ?? null, isEnd, spot, x, y, pointer }
    if (pointerType !== 'mouse' && item?.movable) timer = window.setTimeout(begin, holdFor)
  }
  const onMove = (event: PointerEvent) => {
    if (drag) {
      drag.at = { x: event.clientX, y: event.clientY }
      return
    }
    if (!pressed || event.pointerId !== pressed.pointer) return
    const moved = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y)
    if (event.pointerType !== 'mouse') {
      if (moved >= fingerSlack) clearTimeout(timer)
    } else if (moved >= mouseSlack && (pressed.item === null || pressed.item.movable)) {
      begin()
      onMove(event)
    }
  }
  const onUp = (event: PointerEvent) => {
    wasDragged = drag !== null
    if (!drag && pressed && event.pointerType === 'touch') {
      const [x, y] = [event.clientX - pressed.x, event.clientY - pressed.y]
      if (Math.abs(x) >= swipeLength && Math.abs(x) > 2 * Math.abs(y)) {
        wasDragged = true
        latest().onSwipe(x < 0 ? 1 : -1)
      }
    }
    end(true)
    // The click comes right after, if it comes.
    setTimeout(() => {
      wasDragged = false
    })
  }
  const onCancel = () => end(false)
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && drag) end(false)
  }
  // A finger that drags must not scroll; only a listener that is not passive may say so.
  const onTouch = (event: TouchEvent) => {
    if (drag) event.preventDefault()
  }
  // The click that ends a drag opens nothing.
  const onClick = (event: MouseEvent) => {
    if (!wasDragged) return
    event.preventDefault()
    event.stopPropagation()
  }
  /** Links have a dragging of their own, and a long press a menu. */
  const onNative = (event: Event) => {
    if (event.type === 'dragstart' || drag) event.preventDefault()
  }

  root.addEventListener('pointerdown', onDown)
  root.addEventListener('click', onClick, true)
  root.addEventListener('dragstart', onNative)
  root.addEventListener('contextmenu', onNative)
  root.addEventListener('touchmove', onTouch, { passive: false })
  addEventListener('pointermove', onMove)
  addEventListener('pointerup', onUp)
  addEventListener('pointercancel', onCancel)
  addEventListener('keydown', onKey)
  return () => {
    end(false)
    root.removeEventListener('pointerdown', onDown)
    root.removeEventListener('click', onClick, true)
    root.removeEventListener('dragstart', onNative)
    root.removeEventListener('contextmenu', onNative)
    root.removeEventListener('touchmove', onTouch)
    removeEventListener('pointermove', onMove)
    removeEventListener('pointerup', onUp)
    removeEventListener('pointercancel', onCancel)
    removeEventListener('keydown', onKey)
  }
}
