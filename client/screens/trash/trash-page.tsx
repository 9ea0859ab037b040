/** Настройки → Корзина: what was deleted, by whom, for how long it can be taken back. */
import { Eraser, Trash2, Undo2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { Row } from '../../../shared/records/declaration.ts'
import { declarationOf } from '../../../shared/records/index.ts'
import { rights, type Subject } from '../../../shared/rights.ts'
import { daysLeft } from '../../../shared/trash.ts'
import { Button, EmptyState, Switch, showToast } from '../../design/index.ts'
import { formatDateTime } from '../../format/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { Page, Rows } from '../../frame/page.tsx'
import { labelOf } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { useLive, type Write } from '../../replica/index.ts'
import { useEmployees } from '../dialogs/use-employees.ts'
import { EraseDialog } from './erase-dialog.tsx'
import { t } from './texts.ts'
import styles from './trash.module.css'
import { type Trashed, trashedRows } from './trash-queries.ts'

/** Rows shown and taken together; what is below comes up as these go. */
const shownAtMost = 300

/** What may hold a person's data: a price list and a template do not, and an event goes with its contact. */
const isErased = (
  table: Trashed['table'],
): table is Exclude<Trashed['table'], 'interaction' | 'product' | 'template'> =>
  table !== 'interaction' && table !== 'product' && table !== 'template'

const mayRestore = (subject: Subject, { row }: Trashed): boolean =>
  // A stored row is one that was projected, with columns of its own.
  rights(subject, row as unknown as Row, row as unknown as Row) === null

export const TrashPage = () => {
  const replica = useReplica()
  const employees = useEmployees(replica)
  const subject = replica.subject.value
  const all = useLive<Trashed[] | null>(
    () => trashedRows(replica.base, subject),
    [replica, subject],
    null,
  ).value
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [erasing, setErasing] = useState<Trashed | null>(null)
  const shown = (all ?? []).slice(0, shownAtMost)
  const mine = shown.filter((entry) => mayRestore(subject, entry))
  const picked = mine.filter(({ row }) => chosen.has(row.id))

  const choose = (ids: string[], isChosen: boolean) => {
    const next = new Set(chosen)
    for (const id of ids) {
      if (isChosen) next.add(id)
      else next.delete(id)
    }
    setChosen(next)
  }
  const restore = async (entries: Trashed[]) => {
    const result = await replica.writeAll(
      entries.map(
        ({ table, row }): Write => ({
          type: table,
          id: row.id,
          patch: { deletedAt: null, deletedBy: null },
        }),
      ),
    )
    setChosen(new Set())
    showToast(
      result.ok
        ? { text: t('restored', { count: entries.length }) }
        : { text: reasonText(result.reason), stays: true },
    )
  }
  const facts = ({ table, row, deletedAt }: Trashed): string => {
    const by =
      row.deletedBy === replica.session.user.id
        ? t('you')
        : row.deletedBy && employees.get(row.deletedBy)?.name
    return [
      labelOf(declarationOf(table).label),
      formatDateTime(deletedAt),
      by && t('deletedBy', { name: by }),
      table === 'template' ? t('kept') : t('left', { count: daysLeft(deletedAt, Date.now()) }),
    ]
      .filter(Boolean)
      .join(' · ')
  }

  return (
    <Page
      title={t('title')}
      back="/settings"
      width="wide"
      actions={
        picked.length > 0 && (
          <Button kind="primary" icon={Undo2} onClick={() => restore(picked)}>
            {t('restoreSelected', { count: picked.length })}
          </Button>
        )
      }
    >
      {all?.length === 0 ? (
        <EmptyState icon={Trash2} title={t('empty.title')} text={t('empty.text')} />
      ) : (
        <>
          <p class="meta">{t('intro')}</p>
          {mine.length > 1 && (
            <Switch
              look="tick"
              label={t('all')}
              checked={picked.length === mine.length}
              onChecked={(checked) =>
                choose(
                  mine.map(({ row }) => row.id),
                  checked,
                )
              }
            />
          )}
          <Rows>
            {shown.map((entry) => (
              <li key={entry.row.id} class={styles.row}>
                <Switch
                  look="tick"
                  label={<span class="visually-hidden">{entry.name}</span>}
                  checked={chosen.has(entry.row.id)}
                  disabled={!mine.includes(entry)}
                  onChecked={(checked) => choose([entry.row.id], checked)}
                />
                <span class={styles.words}>
                  <Link class="link" href={entry.path}>
                    {entry.name}
                  </Link>
                  <span class="meta">{facts(entry)}</span>
                </span>
                <span class={styles.actions}>
                  {mine.includes(entry) && (
                    <Button kind="quiet" icon={Undo2} onClick={() => restore([entry])}>
                      {t('restore')}
                    </Button>
                  )}
                  {subject.administrator && isErased(entry.table) && (
                    <Button kind="quiet" icon={Eraser} onClick={() => setErasing(entry)}>
                      {t('erase')}
                    </Button>
                  )}
                </span>
              </li>
            ))}
          </Rows>
        </>
      )}
      {erasing && isErased(erasing.table) && (
        <EraseDialog
          table={erasing.table}
          record={{ id: erasing.row.id, name: erasing.name }}
          replica={replica}
          onClose={() => setErasing(null)}
        />
      )}
    </Page>
  )
}
