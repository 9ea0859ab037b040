/** All Interests as a list: columns, sort, filters by any field, saved views, group actions (F117, F125). */
import { Copy, Handshake, MoreHorizontal, Search } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { Link, useLocation } from 'wouter-preact'
import { type FieldInfo, fieldValue } from '../../../shared/fields/fields.ts'
import { type Names, wordsOf } from '../../../shared/fields/words.ts'
import { totalOf } from '../../../shared/interests/moves.ts'
import { Button, classNames, EmptyState, IconButton, Menu } from '../../design/index.ts'
import { WhenComplete } from '../../frame/when-complete.tsx'
import head from '../../lists/head.module.css'
import rows from '../../lists/list.module.css'
import { ListFrame, type RowState } from '../../lists/list-frame.tsx'
import type { Column } from '../../lists/list-state.ts'
import { t as listTexts } from '../../lists/texts.ts'
import { useListed } from '../../lists/use-listed.ts'
import { ValueCell } from '../../lists/value-cell.tsx'
import type { Replica } from '../../replica/index.ts'
import { ExportMenu } from '../export/export-menu.tsx'
import { GroupActions } from './group-actions.tsx'
import { formatSum } from './money.ts'
import type { Interest, Scenario } from './queries.ts'
import styles from './screen.module.css'
import { t } from './texts.ts'
import { moveToTrash } from './trash.ts'

const pathOf = (id: string): string => `/interests/${id}`

interface InterestListProps {
  replica: Replica
  scenarios: readonly Scenario[]
  /** The switch between board and list, and the button that creates. */
  place: ComponentChildren
  create: ComponentChildren
}

export const InterestList = ({ replica, scenarios, place, create }: InterestListProps) => {
  const listed = useListed(replica, 'interest', { pathOf, narrowField: 'client' })
  const { ids, total, filtered, isWhole, infos, columns, names, narrow, template } = listed
  return (
    <>
      <header class={head.head}>
        <h1 class={head.title}>{t('title')}</h1>
        <p class={classNames(head.count, styles.count)} role="status">
          {ids && t('count', { count: total })}
        </p>
        <ExportMenu
          table="interest"
          ids={isWhole ? (ids ?? []) : []}
          small={narrow}
          class={narrow ? undefined : head.act}
        />
        {create}
      </header>
      <ListFrame
        listed={listed}
        label={t('title')}
        search={t('list.search')}
        class={styles.filters}
        place={place}
        more={(run, disabled) => (
          <GroupActions
            replica={replica}
            scenarios={scenarios}
            run={run}
            disabled={disabled}
            infos={infos}
          />
        )}
        empty={
          <WhenComplete isMissing={async () => true}>
            <EmptyState
              icon={filtered ? Search : Handshake}
              title={t(filtered ? 'nothing.title' : 'none.title')}
              text={t(filtered ? 'nothing.text' : 'none.text')}
              action={filtered && <Button onClick={listed.reset}>{t('filter.off')}</Button>}
            />
          </WhenComplete>
        }
        row={(row, state) => (
          <Row
            row={row}
            replica={replica}
            columns={columns}
            infos={infos}
            names={names}
            narrow={narrow}
            template={template}
            {...state}
          />
        )}
      />
    </>
  )
}

interface RowProps extends RowState {
  row: Interest
  replica: Replica
  columns: readonly (Column & { info: FieldInfo })[]
  infos: readonly FieldInfo[]
  names: Names
  narrow: boolean
  template: string
}

const Row = (props: RowProps) => {
  const { row, replica, columns, infos, names, narrow, active, ticked, onTick, template } = props
  const [, navigate] = useLocation()
  return (
    // A double click on any free area of the row opens it (F63); the name is the keyboard's way.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      class={classNames(rows.row, active && rows.active, ticked && rows.ticked)}
      style={narrow ? undefined : { gridTemplateColumns: template }}
      onDblClick={() => navigate(pathOf(row.id))}
    >
      <label class={rows.tick}>
        <input
          type="checkbox"
          checked={ticked}
          aria-label={listTexts('group.tick', { name: row.name })}
          onClick={(event) => onTick(event.currentTarget.checked, event.shiftKey)}
        />
      </label>
      <span class={rows.name}>
        <Link href={pathOf(row.id)} class={rows.nameLink} title={row.name}>
          {row.name}
        </Link>
      </span>
      {narrow ? (
        <>
          <span class={rows.relation}>{words('stage', row, infos, names)}</span>
          <span class={classNames(rows.phone, styles.second)}>
            {[
              row.amount && formatSum(totalOf(row), row.amount.currency),
              words('client', row, infos, names),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </>
      ) : (
        columns
          .filter(({ field }) => field !== 'name')
          .map(({ field, info }) => (
            <span key={field} class={rows.cell}>
              <ValueCell info={info} row={row} names={names} />
            </span>
          ))
      )}
      <span class={rows.menu}>
        <Menu
          label={t('menu')}
          trigger={(trigger) => <IconButton {...trigger} icon={MoreHorizontal} label={t('menu')} />}
          items={[
            { label: t('open'), href: pathOf(row.id) },
            { label: t('copy'), icon: Copy, href: `/interests/new?copy=${row.id}` },
            {
              label: t('delete'),
              danger: true,
              separated: true,
              onSelect: () => void moveToTrash(replica, row),
            },
          ]}
        />
      </span>
    </div>
  )
}

const words = (key: string, row: Interest, infos: readonly FieldInfo[], names: Names): string => {
  const info = infos.find((each) => each.key === key)
  return info ? wordsOf(info, fieldValue(info, row), names) : ''
}
