/**
 * Dragging cards over the board by mouse and finger. The pointer moves a copy of the card and marks
 * the column under it, straight in the document: nothing is rendered before the card is let go.
 *
 *     press ─ mouse: 5 px · finger: holds still for 300 ms ─► drag ─► let go over a column ─► onDrop
 *       └── scrolls or lets go before ─► nothing
 */
import { useEffect, useRef } from 'preact/hooks'

/** A click trembles by less, px. */
const mouseSlack = 5
/** A finger that scrolls moves sooner, ms. */
const holdFor = 300
const fingerSlack = 10
/** Near an edge of the board it scrolls sideways: so near, px, and so fast, px a frame. */
const edge = 48
const scrollStep = 14

interface Drag {
  card: HTMLElement
  ghost: HTMLElement
  /** From the card's corner to the pointer. */
  grab: { x: number; y: number }
  at: { x: number; y: number }
  over: HTMLElement | null
  frame: number
}

export const useBoardDrag = (onDrop: (card: string, stage: string) => void) => {
  const board = useRef<HTMLElement>(null)
  const drop = useRef(onDrop)
  drop.current = onDrop
  useEffect(() => {
    const element = board.current
    return element ? watch(element, (card, stage) => drop.current(card, stage)) : undefined
  }, [])
  return board
}

const watch = (board: HTMLElement, onDrop: (card: string, stage: string) => void) => {
  let pressed: { card: HTMLElement; x: number; y: number; pointer: number } | null = null
  let timer = 0
  let drag: Drag | null = null

  const forget = () => {
    clearTimeout(timer)
    pressed = null
  }
  const end = (isDropped: boolean) => {
    forget()
    if (!drag) return
    const { card, ghost, over, frame } = drag
    cancelAnimationFrame(frame)
    ghost.remove()
    over?.removeAttribute('data-over')
    card.removeAttribute('data-dragged')
    const [id, stage] = [card.dataset.card, over?.dataset.stage]
    drag = null
    if (isDropped && id && stage) onDrop(id, stage)
  }
  const begin = () => {
    if (!pressed) return
    const { card, x, y } = pressed
    const { left, top, width, height } = card.getBoundingClientRect()
    const ghost = card.cloneNode(true) as HTMLElement // a clone of an element is one
    ghost.removeAttribute('data-card')
    ghost.setAttribute('aria-hidden', 'true')
    ghost.dataset.ghost = ''
    ghost.style.width = `${width}px`
    ghost.style.height = `${height}px`
    board.append(ghost)
    card.dataset.dragged = ''
    drag = {
      card,
      ghost,
      grab: { x: x - left, y: y - top },
      at: { x, y },
      over: null,
      frame: 0,
    }
    draw()
  }
  /** Once a frame, however often the pointer tells of itself. */
  const draw = () => {
    if (!drag) return
    const { ghost, grab, at } = drag
    ghost.style.transform = `translate(${at.x - grab.x}px, ${at.y - grab.y}px)`
    const under =
      document.elementFromPoint(at.x, at.y)?.closest<HTMLElement>('[data-stage]') ?? null
    if (under !== drag.over) {
      drag.over?.removeAttribute('data-over')
      under?.setAttribute('data-over', '')
      drag.over = under
    }
    const { left, right } = board.getBoundingClientRect()
    if (at.x > right - edge) board.scrollLeft += scrollStep
    else if (at.x < left + edge) board.scrollLeft -= scrollStep
    drag.frame = requestAnimationFrame(draw)
  }

  const onDown = (event: PointerEvent) => {
    const target = event.target instanceof Element ? event.target : null
    const card = target?.closest<HTMLElement>('[data-card][data-movable]')
    if (!card || event.button !== 0 || target?.closest('button, label, [popover]')) return
    pressed = { card, x: event.clientX, y: event.clientY, pointer: event.pointerId }
    if (event.pointerType !== 'mouse') timer = window.setTimeout(begin, holdFor)
  }
  const onMove = (event: PointerEvent) => {
    if (drag) {
      drag.at = { x: event.clientX, y: event.clientY }
      return
    }
    if (!pressed || event.pointerId !== pressed.pointer) return
    const moved = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y)
    if (event.pointerType === 'mouse') {
      if (moved >= mouseSlack) {
        begin()
        onMove(event)
      }
    } else if (moved >= fingerSlack) forget()
  }
  const onUp = () => end(true)
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
    if (wasDragged) event.preventDefault()
  }
  let wasDragged = false
  const onUpFirst = () => {
    wasDragged = drag !== null
    // The click comes right after, if it comes.
    setTimeout(() => {
      wasDragged = false
    })
  }
  /** Links have a dragging of their own. */
  const onNative = (event: DragEvent) => event.preventDefault()

  board.addEventListener('pointerdown', onDown)
  board.addEventListener('click', onClick, true)
  board.addEventListener('dragstart', onNative)
  board.addEventListener('touchmove', onTouch, { passive: false })
  addEventListener('pointermove', onMove)
  addEventListener('pointerup', onUpFirst, true)
  addEventListener('pointerup', onUp)
  addEventListener('pointercancel', onCancel)
  addEventListener('keydown', onKey)
  return () => {
    end(false)
    board.removeEventListener('pointerdown', onDown)
    board.removeEventListener('click', onClick, true)
    board.removeEventListener('dragstart', onNative)
    board.removeEventListener('touchmove', onTouch)
    removeEventListener('pointermove', onMove)
    removeEventListener('pointerup', onUpFirst, true)
    removeEventListener('pointerup', onUp)
    removeEventListener('pointercancel', onCancel)
    removeEventListener('keydown', onKey)
  }
}
