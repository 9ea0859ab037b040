/** The headings of a list: a press sorts, the edge is dragged (or moved by arrow keys) to resize. */
import { ArrowDown, ArrowUp } from 'lucide-preact'
import { useRef } from 'preact/hooks'
import type { FieldInfo } from '../../shared/fields/fields.ts'
import { classNames, Icon } from '../design/index.ts'
import { labelOf } from '../i18n/index.ts'
import { type Column, narrowest, nextSort, resizedColumn, widest } from './list-state.ts'
import styles from './lists.module.css'
import type { Sort } from './query.ts'
import { t } from './texts.ts'

interface HeadRowProps {
  /** Without a width of its own (0) one takes what is left. */
  columns: readonly (Column & { info: FieldInfo })[]
  sort: Sort | null
  class?: string
  onSort: (sort: Sort | null) => void
  onColumns: (columns: Column[]) => void
}

/** px that an arrow key moves an edge by. */
const keyStep = 16

export const HeadRow = ({ columns, sort, class: className, onSort, onColumns }: HeadRowProps) => {
  const kept = columns.map(({ field, width }) => ({ field, width }))
  return (
    <>
      {columns.map(({ field, width, info }) => {
        const name = labelOf(info.label)
        const sorted = sort?.field === field ? sort.direction : null
        return (
          <span key={field} class={classNames(styles.heading, className)}>
            <button
              type="button"
              class={styles.sort}
              aria-label={t('columns.sort', { name })}
              aria-pressed={sorted !== null}
              onClick={() => onSort(nextSort(sort, field))}
            >
              <span class="ellipsis">{name}</span>
              {sorted !== null && <Icon of={sorted === 1 ? ArrowUp : ArrowDown} />}
            </button>
            {width > 0 && (
              <Edge
                name={name}
                width={width}
                onWidth={(next) => onColumns(resizedColumn(kept, field, next))}
              />
            )}
          </span>
        )
      })}
    </>
  )
}

interface EdgeProps {
  name: string
  width: number
  onWidth: (width: number) => void
}

const Edge = ({ name, width, onWidth }: EdgeProps) => {
  const from = useRef<{ x: number; width: number } | null>(null)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a focusable separator is the ARIA window splitter; <hr> takes no focus
    <span
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={t('columns.width', { name })}
      aria-valuenow={width}
      aria-valuemin={narrowest}
      aria-valuemax={widest}
      class={styles.edge}
      onPointerDown={(event) => {
        event.preventDefault()
        event.currentTarget.setPointerCapture(event.pointerId)
        from.current = { x: event.clientX, width }
      }}
      onPointerMove={(event) => {
        if (from.current) onWidth(from.current.width + event.clientX - from.current.x)
      }}
      onPointerUp={() => {
        from.current = null
      }}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') onWidth(width - keyStep)
        else if (event.key === 'ArrowRight') onWidth(width + keyStep)
        else return
        event.preventDefault()
      }}
    />
  )
}
