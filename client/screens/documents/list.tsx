/** All contracts as a list: columns, sort, filters by any field, saved views, group actions. */
import { Copy, FileSignature, Plus, Search } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { formatDay } from '../../../shared/fields/days.ts'
import type { FieldInfo } from '../../../shared/fields/fields.ts'
import type { Names } from '../../../shared/fields/words.ts'
import { Button, classNames, EmptyState, LinkButton } from '../../design/index.ts'
import { WhenComplete } from '../../frame/when-complete.tsx'
import head from '../../lists/head.module.css'
import rows from '../../lists/list.module.css'
import { ListFrame, type RowState } from '../../lists/list-frame.tsx'
import { ListRow, type RowLook, wordsIn } from '../../lists/list-row.tsx'
import { useListed } from '../../lists/use-listed.ts'
import { ValueCell } from '../../lists/value-cell.tsx'
import type { Replica } from '../../replica/index.ts'
import { ExportMenu } from '../export/export-menu.tsx'
import styles from '../interests/screen.module.css'
import { GroupActions } from './group-actions.tsx'
import type { Contract } from './queries.ts'
import { StatusBadge } from './status.tsx'
import { t } from './texts.ts'
import { moveToTrash } from './trash.ts'

const pathOf = (id: string): string => `/documents/${id}`

export const ContractList = ({ replica }: { replica: Replica }) => {
  const listed = useListed(replica, 'contract', { pathOf, narrowField: 'client' })
  const { complete } = replica.status.value
  const { ids, total, filtered, isWhole, infos, columns, names, narrow, template } = listed
  return (
    <>
      <header class={head.head}>
        <h1 class={head.title}>{t('title')}</h1>
        <p class={head.count} role="status">
          {ids && (complete || total > 0) && t('count', { count: total })}
        </p>
        <ExportMenu table="contract" ids={isWhole ? (ids ?? []) : []} class={head.act} />
        <LinkButton kind="primary" icon={Plus} class={head.act} href="/documents/new">
          {t('new')}
        </LinkButton>
      </header>
      <ListFrame
        listed={listed}
        label={t('title')}
        search={t('list.search')}
        more={(run, disabled) => (
          <GroupActions replica={replica} run={run} disabled={disabled} infos={infos} />
        )}
        empty={
          <WhenComplete isMissing={async () => true}>
            <EmptyState
              icon={filtered ? Search : FileSignature}
              title={t(filtered ? 'nothing.title' : 'none.title')}
              text={t(filtered ? 'nothing.text' : 'none.text')}
              action={
                filtered ? (
                  <Button onClick={listed.reset}>{t('filter.off')}</Button>
                ) : (
                  <LinkButton kind="primary" icon={Plus} href="/documents/new">
                    {t('new')}
                  </LinkButton>
                )
              }
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
  row: Contract
  replica: Replica
  infos: readonly FieldInfo[]
  names: Names
}

const Row = ({ row, replica, infos, names, ...state }: RowProps) => (
  <ListRow
    {...state}
    href={pathOf(row.id)}
    name={row.subject}
    second={
      <>
        <span class={rows.relation}>
          <StatusBadge row={row} />
        </span>
        <span class={classNames(rows.phone, styles.second)}>
          {[
            row.number === undefined ? t('noNumber') : t('number', { number: row.number }),
            wordsIn(row, 'client', infos, names),
            row.validTo && t('ends', { date: formatDay(row.validTo) }),
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </>
    }
    cell={(info) => cell(info, row, names)}
    menu={t('menu')}
    items={[
      { label: t('open'), href: pathOf(row.id) },
      { label: t('copy'), icon: Copy, href: `/documents/new?copy=${row.id}` },
      {
        label: t('delete'),
        danger: true,
        separated: true,
        onSelect: () => void moveToTrash(replica, row),
      },
    ]}
  />
)

const cell = (info: FieldInfo, row: Contract, names: Names): ComponentChildren => {
  if (info.key === 'status') return <StatusBadge row={row} />
  if (info.key === 'number' && row.number === undefined)
    return <span class="meta">{t('noNumber')}</span>
  return <ValueCell info={info} row={row} names={names} />
}
