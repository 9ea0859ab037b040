/** One row of a virtual list, rendered anew only where something of it is another. */
import { Component, type ComponentChildren } from 'preact'
import styles from './VirtualList.module.css'

interface VirtualRowProps {
  role: 'listitem' | 'presentation'
  index: number
  count: number
  /** From the top of the list, px. */
  start: number
  height: number | undefined
  measure: ((element: HTMLDivElement | null) => void) | undefined
  render: (index: number) => ComponentChildren
}

/**
 * A step of a scroll renders the list, and the rows that stay cost nothing then. Signals that `render`
 * reads are the row's own, so it stays up to date by them.
 */
export class VirtualRow extends Component<VirtualRowProps> {
  override shouldComponentUpdate(next: VirtualRowProps, state: unknown): boolean {
    const { props } = this
    return (
      // Another state is how a signal asks for a render.
      state !== this.state ||
      next.render !== props.render ||
      next.index !== props.index ||
      next.start !== props.start ||
      next.height !== props.height ||
      next.count !== props.count ||
      next.role !== props.role ||
      next.measure !== props.measure
    )
  }

  override render({ role, index, count, start, height, measure, render }: VirtualRowProps) {
    return (
      // biome-ignore lint/a11y/useAriaPropsSupportedByRole: set on list items only
      <div
        role={role}
        aria-setsize={role === 'listitem' ? count : undefined}
        aria-posinset={role === 'listitem' ? index + 1 : undefined}
        data-index={index}
        ref={measure}
        class={styles.row}
        style={{
          transform: `translateY(${start}px)`,
          height: height === undefined ? undefined : `${height}px`,
        }}
      >
        {render(index)}
      </div>
    )
  }
}
