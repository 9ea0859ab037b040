import { GripVertical } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
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
  const follow = (event: PointerEvent & { currentTarget: HTMLElement }, id: string) => {
    if (drag?.id !== id) return
    const list = event.currentTarget.closest('[data-sortable]')
    const others = [...(list?.children ?? [])].filter(
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
          event.currentTarget.setPointerCapture(event.pointerId)
          setDrag({ id, order: ids })
        }}
        onPointerMove={(event) => follow(event, id)}
        onPointerUp={drop}
        onPointerCancel={() => setDrag(null)}
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
    <ul class={className} data-sortable aria-label={label}>
      {order.map((id) => (
        <li key={id} data-id={id} class={classNames(styles.row, drag?.id === id && styles.dragged)}>
          {children(id, grip(id))}
        </li>
      ))}
    </ul>
  )
}
