/** Товары и услуги: the catalogue as a list (F258). All see it; who may changes it. */
import { Copy, FileUp, MoreHorizontal, Package, Plus, Search } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { Link, useLocation, useSearch } from 'wouter-preact'
import { type FieldInfo, fieldValue } from '../../../shared/fields/fields.ts'
import { type Names, wordsOf } from '../../../shared/fields/words.ts'
import { mayImport, rights } from '../../../shared/rights.ts'
import {
  Badge,
  Button,
  classNames,
  EmptyState,
  IconButton,
  LinkButton,
  Menu,
} from '../../design/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { WhenComplete } from '../../frame/when-complete.tsx'
import head from '../../lists/head.module.css'
import rows from '../../lists/list.module.css'
import { ListFrame, type RowState } from '../../lists/list-frame.tsx'
import type { Column } from '../../lists/list-state.ts'
import { t as listTexts } from '../../lists/texts.ts'
import { useListed } from '../../lists/use-listed.ts'
import { type Replica, useLive } from '../../replica/index.ts'
import { t as clientTexts } from '../clients/texts.ts'
import { ExportMenu, useNamedExports } from '../export/export-menu.tsx'
import { GroupActions } from './group-actions.tsx'
import { NewProductDialog } from './new-product-dialog.tsx'
import { deleteProduct, formOf, mayCreateProduct, type Product, setActive } from './product-acts.ts'
import styles from './products.module.css'
import { t } from './texts.ts'

const importPath = '/settings/import?content=product'

const pathOf = (id: string): string => `/products/${id}`

export const ProductsScreen = ({ creating = false }: { creating?: boolean }) => {
  const replica = useReplica()
  const [, navigate] = useLocation()
  const copied = new URLSearchParams(useSearch()).get('copy')
  const listed = useListed(replica, 'product', { pathOf })
  const { ids, total, filtered, isWhole, infos, columns, names, narrow, template } = listed
  const subject = replica.subject.value
  const mayCreate = mayCreateProduct(subject)
  const mayLoad = mayImport(subject, 'product')
  const exported = isWhole ? (ids ?? []) : []
  const exports = useNamedExports({ table: 'product', ids: exported })
  const create = mayCreate && (
    <LinkButton kind="primary" icon={Plus} href="/products/new">
      {t('add')}
    </LinkButton>
  )
  return (
    <div class={head.screen}>
      <header class={head.head}>
        <h1 class={head.title}>{t('title')}</h1>
        <p class={head.count} role="status">
          {ids && (
            <>
              <span class={narrow ? 'visually-hidden' : undefined}>
                {t('count', { count: total })}
              </span>
              {narrow && <span aria-hidden="true">{total}</span>}
            </>
          )}
        </p>
        {narrow ? (
          (exported.length > 0 || mayLoad) && (
            <Menu
              label={clientTexts('clients.all')}
              trigger={(trigger) => (
                <IconButton {...trigger} icon={MoreHorizontal} label={clientTexts('clients.all')} />
              )}
              items={[
                ...(mayLoad ? [{ label: t('import'), href: importPath }] : []),
                ...(exported.length > 0 ? exports : []),
              ]}
            />
          )
        ) : (
          <>
            <ExportMenu table="product" ids={exported} />
            {mayLoad && (
              <LinkButton icon={FileUp} href={importPath}>
                {t('import')}
              </LinkButton>
            )}
          </>
        )}
        {narrow && mayCreate ? (
          // The word would not fit beside the title.
          <LinkButton kind="primary" icon={Plus} class={styles.plus} href="/products/new">
            <span class="visually-hidden">{t('add')}</span>
          </LinkButton>
        ) : (
          create
        )}
      </header>
      <ListFrame
        listed={listed}
        label={t('title')}
        search={t('list.search')}
        more={(run, disabled) => (
          <GroupActions run={run} disabled={disabled} mayChange={mayCreate} />
        )}
        empty={
          <WhenComplete isMissing={async () => true}>
            <EmptyState
              icon={filtered ? Search : Package}
              title={t(filtered ? 'nothing.title' : 'none.title')}
              text={t(filtered ? 'nothing.text' : 'none.text')}
              action={filtered ? <Button onClick={listed.reset}>{t('filter.off')}</Button> : create}
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
      {creating && mayCreate && (
        <NewProduct
          key={copied}
          copied={copied}
          replica={replica}
          onClose={() => navigate('/products')}
          onCreated={(id) => navigate(pathOf(id), { replace: true })}
        />
      )}
    </div>
  )
}

interface NewProductProps {
  copied: string | null
  replica: Replica
  onClose: () => void
  onCreated: (id: string) => void
}

/** Of a copy the form begins with what the other says (F64); the article is the other's own. */
const NewProduct = ({ copied, replica, onClose, onCreated }: NewProductProps) => {
  const original = useLive<Product | null | undefined>(
    async () => (copied ? ((await replica.base.product.get(copied)) ?? null) : null),
    [copied, replica],
    undefined,
  ).value
  if (original === undefined) return null
  return (
    <NewProductDialog
      replica={replica}
      onClose={onClose}
      onCreated={onCreated}
      {...(original && { initial: formOf(original), place: `copy:${original.id}` })}
    />
  )
}

interface RowProps extends RowState {
  row: Product
  replica: Replica
  columns: readonly (Column & { info: FieldInfo })[]
  infos: readonly FieldInfo[]
  names: Names
  narrow: boolean
  template: string
}

const words = (key: string, row: Product, infos: readonly FieldInfo[], names: Names): string => {
  const info = infos.find((each) => each.key === key)
  return info ? wordsOf(info, fieldValue(info, row), names) : ''
}

const Row = (props: RowProps) => {
  const { row, replica, columns, infos, names, narrow, active, ticked, onTick, template } = props
  const [, navigate] = useLocation()
  const subject = replica.subject.value
  const mayChange = rights(subject, row, row) === null
  const mayDelete = rights(subject, row, { ...row, deletedAt: 1 }) === null
  const cells: ComponentChildren = narrow ? (
    <>
      <span class={rows.relation}>{words('price', row, infos, names)}</span>
      <span class={classNames(rows.phone, styles.second)}>
        {[row.article ?? words('kind', row, infos, names), words('category', row, infos, names)]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </>
  ) : (
    columns
      .filter(({ field }) => field !== 'name')
      .map(({ field, info }) => {
        const text = wordsOf(info, fieldValue(info, row), names)
        return (
          <span key={field} class={rows.cell}>
            <span title={text}>{text}</span>
          </span>
        )
      })
  )
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
        <Link
          href={pathOf(row.id)}
          class={classNames(rows.nameLink, !row.active && styles.inactive)}
          title={row.name}
        >
          {row.name}
        </Link>
        {!row.active && <Badge>{t('inactive')}</Badge>}
      </span>
      {cells}
      <span class={rows.menu}>
        <Menu
          label={t('menu')}
          trigger={(trigger) => <IconButton {...trigger} icon={MoreHorizontal} label={t('menu')} />}
          items={[
            { label: t('open'), href: pathOf(row.id) },
            ...(mayCreateProduct(subject)
              ? [{ label: t('copy'), icon: Copy, href: `/products/new?copy=${row.id}` }]
              : []),
            ...(mayChange
              ? [
                  {
                    label: t(row.active ? 'deactivate' : 'activate'),
                    onSelect: () => void setActive(replica, row, !row.active),
                  },
                ]
              : []),
            ...(mayDelete
              ? [
                  {
                    label: t('delete'),
                    danger: true,
                    separated: true,
                    onSelect: () => void deleteProduct(replica, row),
                  },
                ]
              : []),
          ]}
        />
      </span>
    </div>
  )
}
