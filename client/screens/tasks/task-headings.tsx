/** Headings over the tasks where columns are chosen: a press sorts, an edge is moved. */
import { HeadRow } from '../../lists/head-row.tsx'
import { type Column, changed } from '../../lists/list-state.ts'
import styles from './task-row.module.css'
import type { Tasks } from './use-tasks.ts'

/** px; `task-row.module.css` says how a row stands without columns. */
const narrowestTitle = 240
const dueWidth = 148
const gap = 12
/** Title, due, the circles around them, the menu and the padding. */
const fixedWidth = narrowestTitle + dueWidth + 20 + 24 + 24 + 32 + 36

/** The grid of a row with its columns; undefined where none is chosen. */
export const templateOf = (columns: readonly Column[]): string | undefined =>
  columns.length === 0
    ? undefined
    : [
        `20px 24px minmax(${narrowestTitle}px, 1fr)`,
        ...columns.map(({ width }) => `${width}px`),
        `${dueWidth}px 24px var(--control)`,
      ].join(' ')

/** Of a row with all that lies between and beside its columns, px: what does not fit is scrolled to. */
export const widthOf = (columns: readonly Column[]): number | undefined =>
  columns.length === 0
    ? undefined
    : columns.reduce((sum, { width }) => sum + width + gap, fixedWidth + 5 * gap)

interface TaskHeadingsProps {
  tasks: Tasks
  template: string | undefined
}

export const TaskHeadings = ({ tasks, template }: TaskHeadingsProps) => {
  const { state, setState, columns, infos } = tasks
  if (!template) return null
  // Title and due take what is left and what they need: they have no edge.
  const fixed = (key: string) =>
    infos.flatMap((info) => (info.key === key ? [{ field: key, width: 0, info }] : []))
  return (
    <div class={styles.headings} style={{ gridTemplateColumns: template }}>
      <span />
      <span />
      <HeadRow
        columns={[...fixed('title'), ...columns, ...fixed('due')]}
        sort={state.sort}
        onSort={(sort) => setState(changed(state, { sort }))}
        onColumns={(next) =>
          setState(changed(state, { columns: next.filter(({ width }) => width > 0) }))
        }
      />
    </div>
  )
}
