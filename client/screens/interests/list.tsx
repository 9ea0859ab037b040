/** All Interests as a list: columns, sort, filters by any field, saved views, group actions (F117, F125). */
import { Copy, Handshake, Search } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import type { FieldInfo } from '../../../shared/fields/fields.ts'
import type { Names } from '../../../shared/fields/words.ts'
import { totalOf } from '../../../shared/interests/moves.ts'
import { Button, classNames, EmptyState } from '../../design/index.ts'
import { WhenComplete } from '../../frame/when-complete.tsx'
import head from '../../lists/head.module.css'
import rows from '../../lists/list.module.css'
import { ListFrame, type RowState } from '../../lists/list-frame.tsx'
import { ListRow, type RowLook, wordsIn } from '../../lists/list-row.tsx'
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
  const { complete } = replica.status.value
  const { ids, total, filtered, isWhole, infos, columns, names, narrow, template } = listed
  return (
    <>
      <header class={head.head}>
        <h1 class={head.title}>{t('title')}</h1>
        <p class={classNames(head.count, styles.count)} role="status">
          {ids && (complete || total > 0) && t('count', { count: total })}
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

interface RowProps extends RowLook, RowState {
  row: Interest
  replica: Replica
  infos: readonly FieldInfo[]
  names: Names
}

const Row = ({ row, replica, infos, names, ...state }: RowProps) => (
  <ListRow
    {...state}
    href={pathOf(row.id)}
    name={row.name}
    second={
      <>
        <span class={rows.relation}>{wordsIn(row, 'stage', infos, names)}</span>
        <span class={classNames(rows.phone, styles.second)}>
          {[
            row.amount && formatSum(totalOf(row), row.amount.currency),
            wordsIn(row, 'client', infos, names),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </>
    }
    cell={(info) => <ValueCell info={info} row={row} names={names} />}
    menu={t('menu')}
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
)
