/** All contracts as a list: columns, sort, filters by any field, saved views, group actions. */
import { Copy, FileSignature, MoreHorizontal, Plus, Search } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { Link, useLocation } from 'wouter-preact'
import { formatDay } from '../../../shared/fields/days.ts'
import { type FieldInfo, fieldValue } from '../../../shared/fields/fields.ts'
import { type Names, wordsOf } from '../../../shared/fields/words.ts'
import { Button, classNames, EmptyState, IconButton, LinkButton, Menu } from '../../design/index.ts'
import { WhenComplete } from '../../frame/when-complete.tsx'
import head from '../../lists/head.module.css'
import rows from '../../lists/list.module.css'
import { ListFrame, type RowState } from '../../lists/list-frame.tsx'
import type { Column } from '../../lists/list-state.ts'
import { isTitle } from '../../lists/query.ts'
import { t as listTexts } from '../../lists/texts.ts'
import { useListed } from '../../lists/use-listed.ts'
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
  const { ids, total, filtered, isWhole, infos, columns, names, narrow, template } = listed
  return (
    <>
      <header class={head.head}>
        <h1 class={head.title}>{t('title')}</h1>
        <p class={head.count} role="status">
          {ids && t('count', { count: total })}
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

interface RowProps extends RowState {
  row: Contract
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
    // A double click on any free area of the row opens it (F63); the subject is the keyboard's way.
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
          aria-label={listTexts('group.tick', { name: row.subject })}
          onClick={(event) => onTick(event.currentTarget.checked, event.shiftKey)}
        />
      </label>
      <span class={rows.name}>
        <Link href={pathOf(row.id)} class={rows.nameLink} title={row.subject}>
          {row.subject}
        </Link>
      </span>
      {narrow ? (
        <>
          <span class={rows.relation}>
            <StatusBadge status={row.status} />
          </span>
          <span class={classNames(rows.phone, styles.second)}>
            {[
              row.number === undefined ? t('noNumber') : t('number', { number: row.number }),
              clientOf(row, infos, names),
              row.validTo && t('ends', { date: formatDay(row.validTo) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </>
      ) : (
        columns
          .filter(({ field }) => !isTitle(field))
          .map(({ field, info }) => (
            <span key={field} class={rows.cell}>
              {cell(info, row, names)}
            </span>
          ))
      )}
      <span class={rows.menu}>
        <Menu
          label={t('menu')}
          trigger={(trigger) => <IconButton {...trigger} icon={MoreHorizontal} label={t('menu')} />}
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
      </span>
    </div>
  )
}

const clientOf = (row: Contract, infos: readonly FieldInfo[], names: Names): string => {
  const info = infos.find(({ key }) => key === 'client')
  return info ? wordsOf(info, row.client, names) : ''
}

const cell = (info: FieldInfo, row: Contract, names: Names): ComponentChildren => {
  if (info.key === 'status') return <StatusBadge status={row.status} />
  const value = fieldValue(info, row)
  if (info.key === 'number' && value === undefined) return <span class="meta">{t('noNumber')}</span>
  const text = wordsOf(info, value, names)
  if (info.kind === 'client' && typeof value === 'string' && text !== '')
    return <Link href={`/clients/${value}`}>{text}</Link>
  return <span title={text}>{text}</span>
}
