/** Товары и услуги: the catalogue as a list (F258). All see it; who may changes it. */
import { Copy, FileUp, MoreHorizontal, Package, Plus, Search } from 'lucide-preact'
import { useLocation, useSearch } from 'wouter-preact'
import type { FieldInfo } from '../../../shared/fields/fields.ts'
import type { Names } from '../../../shared/fields/words.ts'
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
import { ListRow, type RowLook, wordsIn } from '../../lists/list-row.tsx'
import { useListed } from '../../lists/use-listed.ts'
import { ValueCell } from '../../lists/value-cell.tsx'
import { type Replica, useLive } from '../../replica/index.ts'
import { t as clientTexts } from '../clients/texts.ts'
import { ExportMenu, useNamedExports } from '../export/export-menu.tsx'
import { GroupActions } from './group-actions.tsx'
import { mayCreateProduct } from './may-create.ts'
import { NewProductDialog } from './new-product-dialog.tsx'
import { deleteProduct, formOf, type Product, setActive } from './product-acts.ts'
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
  const { complete } = replica.status.value
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
          {ids && (complete || total > 0) && (
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

interface RowProps extends RowLook, RowState {
  row: Product
  replica: Replica
  infos: readonly FieldInfo[]
  names: Names
}

const Row = ({ row, replica, infos, names, ...state }: RowProps) => {
  const subject = replica.subject.value
  const mayChange = rights(subject, row, row) === null
  const mayDelete = rights(subject, row, { ...row, deletedAt: 1 }) === null
  return (
    <ListRow
      {...state}
      href={pathOf(row.id)}
      name={row.name}
      nameClass={row.active ? undefined : styles.inactive}
      after={!row.active && <Badge>{t('inactive')}</Badge>}
      second={
        <>
          <span class={rows.relation}>{wordsIn(row, 'price', infos, names)}</span>
          <span class={classNames(rows.phone, styles.second)}>
            {[
              row.article ?? wordsIn(row, 'kind', infos, names),
              wordsIn(row, 'category', infos, names),
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
  )
}
