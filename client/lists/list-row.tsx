/** One record in a list: its tick, its name, what else is shown of it, its menu. */
import { MoreHorizontal } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { Link, useLocation } from 'wouter-preact'
import { type FieldInfo, fieldValue } from '../../shared/fields/fields.ts'
import { type Names, wordsOf } from '../../shared/fields/words.ts'
import { classNames, IconButton, Menu, type MenuItem } from '../design/index.ts'
import styles from './list.module.css'
import type { RowState } from './list-frame.tsx'
import type { Column } from './list-state.ts'
import { isTitle } from './query.ts'
import { t } from './texts.ts'

/** What a list gives each of its rows, beside the record and its state. */
export interface RowLook {
  columns: readonly (Column & { info: FieldInfo })[]
  narrow: boolean
  template: string
}

interface ListRowProps extends RowLook, RowState {
  /** Where it opens. */
  href: string
  name: string
  nameClass?: string | undefined
  /** Before the name, and after it. */
  before?: ComponentChildren
  after?: ComponentChildren
  /** Instead of the columns on a phone. */
  second: ComponentChildren
  cell: (info: FieldInfo) => ComponentChildren
  /** Name of the menu. */
  menu: string
  items: readonly MenuItem[]
}

export const ListRow = (props: ListRowProps) => {
  const { href, name, columns, narrow, template, active, ticked, onTick, menu } = props
  const [, navigate] = useLocation()
  return (
    // A double click on any free area of the row opens it (F63); the name is the keyboard's way.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      class={classNames(styles.row, active && styles.active, ticked && styles.ticked)}
      style={narrow ? undefined : { gridTemplateColumns: template }}
      onDblClick={() => navigate(href)}
    >
      <label class={styles.tick}>
        <input
          type="checkbox"
          checked={ticked}
          aria-label={t('group.tick', { name })}
          onClick={(event) => onTick(event.currentTarget.checked, event.shiftKey)}
        />
      </label>
      <span class={styles.name}>
        {props.before}
        <Link href={href} class={classNames(styles.nameLink, props.nameClass)} title={name}>
          {name}
        </Link>
        {props.after}
      </span>
      {narrow
        ? props.second
        : columns
            .filter(({ field }) => !isTitle(field))
            .map(({ field, info }) => (
              <span key={field} class={styles.cell}>
                {props.cell(info)}
              </span>
            ))}
      <span class={styles.menu}>
        <Menu
          label={menu}
          trigger={(trigger) => <IconButton {...trigger} icon={MoreHorizontal} label={menu} />}
          items={props.items}
        />
      </span>
    </div>
  )
}

/** A field of a record in words, whatever columns are chosen. */
export const wordsIn = (
  row: Parameters<typeof fieldValue>[1],
  key: string,
  infos: readonly FieldInfo[],
  names: Names,
): string => {
  const info = infos.find((each) => each.key === key)
  return info ? wordsOf(info, fieldValue(info, row), names) : ''
}
