import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
} from '@tanstack/virtual-core'
import type { ComponentChildren, Ref } from 'preact'
import { useEffect, useImperativeHandle, useLayoutEffect, useReducer, useRef } from 'preact/hooks'
import { classNames } from './class-names.ts'
import styles from './VirtualList.module.css'
import { VirtualRow } from './VirtualRow.tsx'

/** Rows rendered beyond each edge of the window: one fast wheel notch shows no gap. */
const overscan = 8

export interface VirtualListHandle {
  scrollToIndex: (index: number, align?: 'auto' | 'start' | 'center' | 'end') => void
  scrollToEnd: () => void
  /** Whether the last row is in view (a conversation then follows new messages). */
  isAtEnd: () => boolean
}

export interface VirtualListProps {
  count: number
  /** Height of a row, px; where `measured`, the first guess. */
  rowHeight: number | ((index: number) => number)
  /** Rows differ in height and are measured once rendered. */
  measured?: boolean
  /**
   * Stable identity of a row; needed where rows are put in above. Another function means other rows:
   * where there are many, it is kept by `useCallback`, or all are measured at each render.
   */
  keyOf?: (index: number) => string | number
  /**
   * While it stays the same function, a row that stays in view is not rendered anew: where rows are
   * heavy, it is kept by `useCallback`.
   */
  render: (index: number) => ComponentChildren
  /** Called when other rows come into view: the first and the last, overscan included. */
  onRange?: (first: number, last: number) => void
  handle?: Ref<VirtualListHandle>
  /** Starts at the end, and keeps what is seen in place when rows come in above. */
  fromEnd?: boolean
  role?: 'list' | 'listbox' | 'feed' | 'log' | 'rowgroup' | 'presentation'
  /** Role of the element around each row; `presentation` where the row brings its own. */
  rowRole?: 'listitem' | 'presentation'
  label?: string
  class?: string
}

/** A list of any length: only the rows in view are in the document. */
export const VirtualList = ({
  count,
  rowHeight,
  measured = false,
  keyOf,
  render,
  onRange,
  handle,
  fromEnd = false,
  role = 'list',
  rowRole = role === 'list' ? 'listitem' : 'presentation',
  label,
  class: className,
}: VirtualListProps) => {
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer(scroller, { count, rowHeight, keyOf, fromEnd })
  const rows = virtualizer.getVirtualItems()

  const first = rows[0]?.index ?? 0
  const last = rows.at(-1)?.index ?? -1
  useEffect(() => {
    if (last >= first) onRange?.(first, last)
  }, [first, last, count])

  useImperativeHandle(handle ?? null, () => ({
    scrollToIndex: (index, align = 'auto') => virtualizer.scrollToIndex(index, { align }),
    scrollToEnd: () => virtualizer.scrollToEnd(),
    isAtEnd: () => virtualizer.isAtEnd(),
  }))

  return (
    <div ref={scroller} class={classNames(styles.scroller, className)}>
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: `role` is always one that takes a name */}
      <div
        role={role}
        aria-label={label}
        class={styles.rows}
        style={{ height: `${virtualizer.getTotalSize()}px` }}
      >
        {rows.map((row) => (
          <VirtualRow
            key={row.key}
            role={rowRole}
            index={row.index}
            count={count}
            start={row.start}
            height={measured ? undefined : row.size}
            measure={measured ? virtualizer.measureElement : undefined}
            render={render}
          />
        ))}
      </div>
    </div>
  )
}

interface Rows {
  count: number
  rowHeight: number | ((index: number) => number)
  keyOf: ((index: number) => string | number) | undefined
  fromEnd: boolean
}

/** Binds the framework-free virtualizer to a component's life. */
const useVirtualizer = (
  scroller: { current: HTMLDivElement | null },
  { count, rowHeight, keyOf, fromEnd }: Rows,
): Virtualizer<HTMLDivElement, HTMLDivElement> => {
  const [, renderAgain] = useReducer((n: number) => n + 1, 0)
  const options = {
    count,
    overscan,
    getScrollElement: () => scroller.current,
    estimateSize: typeof rowHeight === 'number' ? () => rowHeight : rowHeight,
    ...(keyOf && { getItemKey: keyOf }),
    ...(fromEnd && { anchorTo: 'end' as const }),
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: () => renderAgain(undefined),
  }
  const made = useRef<Virtualizer<HTMLDivElement, HTMLDivElement> | null>(null)
  made.current ??= new Virtualizer(options)
  const virtualizer = made.current
  virtualizer.setOptions(options)
  useLayoutEffect(() => virtualizer._didMount(), [virtualizer])
  useLayoutEffect(() => virtualizer._willUpdate())
  useLayoutEffect(() => {
    if (fromEnd && count > 0) virtualizer.scrollToEnd()
  }, [fromEnd, count > 0])
  return virtualizer
}
