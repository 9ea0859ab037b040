/** What all lists have: search, views, filter, columns, what is asked for, group actions, the rows. */
import { Columns3, ListFilter, Search } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Button, Icon, IconButton, VirtualList } from '../design/index.ts'
import type { StoredRow } from '../replica/index.ts'
import { ColumnsDialog } from './columns-dialog.tsx'
import { Conditions } from './conditions.tsx'
import { FilterDialog } from './filter-dialog.tsx'
import type { ListedTable } from './find.ts'
import { GroupBar } from './group-bar.tsx'
import type { GroupAction } from './group-patch.ts'
import { HeadRow } from './head-row.tsx'
import styles from './list.module.css'
import { changed, firstColumns } from './list-state.ts'
import { SortMenu } from './sort-menu.tsx'
import { t } from './texts.ts'
import type { Listed } from './use-listed.ts'
import { ViewBar } from './view-bar.tsx'

/** What a row of a list is shown with beside its record. */
export interface RowState {
  active: boolean
  ticked: boolean
  /** `range`: with Shift, all from the last ticked one to this. */
  onTick: (ticked: boolean, range: boolean) => void
}

interface ListFrameProps<T extends ListedTable> {
  listed: Listed<T>
  /** Of the list itself, for screen readers. */
  label: string
  search: string
  /** Of the line with search and views. */
  class?: string | undefined
  /** Before the search. */
  place?: ComponentChildren
  /** What else can be done with all that are ticked. */
  more?: (run: (action: GroupAction) => void, disabled: boolean) => ComponentChildren
  /** Instead of the rows where there is none. */
  empty: ComponentChildren
  row: (row: StoredRow<T>, state: RowState) => ComponentChildren
}

export const ListFrame = <T extends ListedTable>(props: ListFrameProps<T>) => {
  const { listed, label, search, place, more, empty, row: render } = props
  const { replica, table, state, setState, infos, names, sources, context } = listed
  const { ids, total, columns, ticks, narrow, template } = listed
  const [editing, setEditing] = useState<'filter' | 'columns' | null>(null)
  const close = () => setEditing(null)
  return (
    <>
      <div class={props.class ?? styles.filters}>
        {place}
        <search class={styles.search}>
          <Icon of={Search} class={styles.searchIcon} />
          <input
            type="search"
            class={styles.searchField}
            value={listed.typed}
            placeholder={search}
            aria-label={search}
            autocomplete="off"
            onInput={(event) => listed.type(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape' || event.key === 'ArrowDown') event.currentTarget.blur()
              if (event.key === 'Enter' && listed.typed.trim()) listed.openFirst()
            }}
          />
        </search>
        <div class={styles.selects}>
          <ViewBar
            replica={replica}
            table={table}
            state={state}
            views={listed.views ?? []}
            onState={setState}
          />
          {narrow ? (
            // Views of long names need the room that words would take.
            <>
              <IconButton
                icon={ListFilter}
                label={t('filter.open')}
                onClick={() => setEditing('filter')}
              />
              <SortMenu
                columns={columns}
                sort={state.sort}
                onSort={(sort) => setState(changed(state, { sort }))}
              />
            </>
          ) : (
            <>
              <Button icon={ListFilter} onClick={() => setEditing('filter')}>
                {t('filter.open')}
              </Button>
              <IconButton
                icon={Columns3}
                label={t('columns.title')}
                onClick={() => setEditing('columns')}
              />
            </>
          )}
        </div>
      </div>
      <Conditions state={state} infos={infos} names={names} onState={setState} />
      {ticks.ids.length > 0 && (
        <GroupBar
          replica={replica}
          table={table}
          ticked={ticks.ids}
          total={total}
          infos={infos}
          names={names}
          sources={sources}
          onAll={ticks.all}
          onNone={ticks.none}
          {...(more && { more })}
        />
      )}
      {ids?.length === 0 ? (
        empty
      ) : (
        <div class={styles.table}>
          <div
            class={styles.sheet}
            style={narrow ? undefined : { minWidth: `${sheetWidth(columns)}px` }}
          >
            <div class={styles.columns} style={{ gridTemplateColumns: template }}>
              <span class={styles.tick}>
                <input
                  type="checkbox"
                  aria-label={t('group.all')}
                  checked={total > 0 && ticks.ids.length === total}
                  disabled={!listed.isWhole}
                  onClick={(event) => (event.currentTarget.checked ? ticks.all() : ticks.none())}
                />
              </span>
              <HeadRow
                columns={columns}
                sort={state.sort}
                onSort={(sort) => setState(changed(state, { sort }))}
                onColumns={(next) => setState(changed(state, { columns: next }))}
              />
            </div>
            <VirtualList
              handle={listed.handle}
              label={label}
              count={total}
              rowHeight={narrow ? 64 : 40}
              key={narrow ? 'narrow' : 'wide'}
              keyOf={listed.keyOf}
              onRange={listed.seeRange}
              render={(index) => {
                const row = listed.rows.get(ids?.[index] ?? '')
                return row
                  ? render(row, {
                      active: index === listed.active,
                      ticked: ticks.has(row.id),
                      onTick: (ticked, isRange) => ticks.tick(index, ticked, isRange),
                    })
                  : null
              }}
            />
          </div>
        </div>
      )}
      {editing === 'filter' && (
        <FilterDialog
          filter={state.filter}
          infos={infos}
          context={context}
          sources={sources}
          replica={replica}
          count={ids ? total : null}
          onFilter={(filter) => setState(changed(state, { filter }))}
          onClose={close}
        />
      )}
      {editing === 'columns' && (
        <ColumnsDialog
          columns={state.columns}
          infos={infos}
          onColumns={(next) => setState(changed(state, { columns: next }))}
          onReset={() => setState(changed(state, { columns: firstColumns(table) }))}
          onClose={close}
        />
      )}
    </>
  )
}

/** The columns, the tick, the menu, and what lies between and beside them, px. */
const sheetWidth = (columns: readonly { width: number }[]): number =>
  columns.reduce((sum, { width }) => sum + width + 16, 28 + 32 + 16 + 20 + 16)
