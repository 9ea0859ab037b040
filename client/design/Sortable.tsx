import { GripVertical } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { classNames } from './class-names.ts'
import { Icon } from './Icon.tsx'
import styles from './Sortable.module.css'
import { t } from './texts.ts'

export interface SortableProps {
  /** Ids in the present order. */
  ids: readonly string[]
  /** `index` is the place among the others. */
  onMove: (id: string, index: number) => void
  disabled?: boolean
  class?: string
  label?: string
  /** One row; `grip` is the handle to put into it, null where nothing can be moved. */
  children: (id: string, grip: ComponentChildren) => ComponentChildren
  /** Name of a row, said with its handle. */
  nameOf: (id: string) => string
}

/** Near the edge of what scrolls, the list goes on under the pointer, px. */
const edge = 48
const edgeStep = 12

const scrollAtEdge = (list: Element, y: number): void => {
  let scroller: Element | null = list
  while (scroller && !/auto|scroll/.test(getComputedStyle(scroller).overflowY))
    scroller = scroller.parentElement
  if (!scroller) return
  const { top, bottom } = scroller.getBoundingClientRect()
  if (y < top + edge) scroller.scrollTop -= edgeStep
  else if (y > bottom - edge) scroller.scrollTop += edgeStep
}

/** Rows whose order is changed by dragging a handle with mouse or finger, or with ↑ and ↓ on it. */
export const Sortable = ({
  ids,
  onMove,
  disabled = false,
  class: className,
  label,
  children,
  nameOf,
}: SortableProps) => {
  /** The order while a row is dragged: nothing is kept before it is let go. */
  const [drag, setDrag] = useState<{ id: string; order: readonly string[] } | null>(null)
  const order = drag?.order ?? ids
  const list = useRef<HTMLUListElement>(null)
  const follow = (event: PointerEvent & { currentTarget: HTMLElement }) => {
    if (!drag) return
    const { id } = drag
    scrollAtEdge(event.currentTarget, event.clientY)
    const others = [...event.currentTarget.children].filter(
      (row) => row instanceof HTMLElement && row.dataset.id !== id,
    )
    const index = others.filter((row) => {
      const { top, height } = row.getBoundingClientRect()
      return top + height / 2 < event.clientY
    }).length
    const rest = order.filter((other) => other !== id)
    setDrag({ id, order: [...rest.slice(0, index), id, ...rest.slice(index)] })
  }
  const drop = () => {
    if (!drag) return
    const index = drag.order.indexOf(drag.id)
    if (index !== ids.indexOf(drag.id)) onMove(drag.id, index)
    setDrag(null)
  }
  const grip = (id: string) =>
    disabled || ids.length < 2 ? null : (
      <button
        type="button"
        class={styles.grip}
        aria-label={t('move', { name: nameOf(id) })}
        title={t('move', { name: nameOf(id) })}
        onPointerDown={(event) => {
          // The list, since a row that changes its place in the document loses what it caught.
          list.current?.setPointerCapture(event.pointerId)
          setDrag({ id, order: ids })
        }}
        onKeyDown={(event) => {
          const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
          const index = ids.indexOf(id) + step
          if (step === 0 || index < 0 || index >= ids.length) return
          event.preventDefault()
          onMove(id, index)
        }}
      >
        <Icon of={GripVertical} />
      </button>
    )
  return (
    <ul
      ref={list}
      class={className}
      aria-label={label}
      onPointerMove={follow}
      onPointerUp={drop}
      onPointerCancel={() => setDrag(null)}
    >
      {order.map((id) => (
        <li key={id} data-id={id} class={classNames(styles.row, drag?.id === id && styles.dragged)}>
          {children(id, grip(id))}
        </li>
      ))}
    </ul>
  )
}
