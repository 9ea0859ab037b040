/** Who merged what and when, and the way back (F241). */
import { ArrowRight, Combine, Undo2 } from 'lucide-preact'
import { Link } from 'wouter-preact'
import { nameOf } from '../../../shared/duplicates/merge.ts'
import { Button, EmptyState, Icon, showToast, VirtualList } from '../../design/index.ts'
import { formatDateTime } from '../../format/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { type Replica, useLive } from '../../replica/index.ts'
import { type Employees, useEmployees } from '../dialogs/use-employees.ts'
import styles from './duplicates.module.css'
import { type MergeEntry, mergeHistory, undo } from './merge-acts.ts'
import { t } from './texts.ts'
import { pathOf } from './words.ts'

export const MergeHistory = () => {
  const replica = useReplica()
  const employees = useEmployees(replica)
  const entries = useLive<MergeEntry[] | null>(() => mergeHistory(replica), [replica], null).value
  if (!entries) return null
  if (entries.length === 0)
    return (
      <EmptyState icon={Combine} title={t('history.empty.title')} text={t('history.empty.text')} />
    )
  return (
    <VirtualList
      class={styles.list}
      label={t('tab.history')}
      count={entries.length}
      rowHeight={72}
      measured
      keyOf={(index) => `${entries[index]?.main.id} ${entries[index]?.id}`}
      render={(index) => {
        const entry = entries[index]
        return entry ? <Entry entry={entry} replica={replica} employees={employees} /> : null
      }}
    />
  )
}

interface EntryProps {
  entry: MergeEntry
  replica: Replica
  employees: Employees
}

const Entry = ({ entry, replica, employees }: EntryProps) => {
  const { table, main, duplicate, id, at, by, undoneAt, undoneBy, mayUndo } = entry
  const who = (user: string) =>
    user === replica.session.user.id ? t('you') : (employees.get(user)?.name ?? t('former'))
  const takeBack = async () => {
    if (await undo(replica, table, main.id, id))
      showToast({ text: t('undone', { name: duplicate ? nameOf(duplicate) : '' }) })
  }
  return (
    <div class={styles.entry}>
      <span class={styles.record}>
        <span class={styles.pair}>
          {duplicate && undoneAt !== undefined ? (
            <Link href={pathOf(duplicate)} class={styles.name}>
              {nameOf(duplicate)}
            </Link>
          ) : (
            <span>{duplicate ? nameOf(duplicate) : t('history.hidden')}</span>
          )}
          <Icon of={ArrowRight} />
          <span class="visually-hidden">{t('history.into')}</span>
          <Link href={pathOf(main)} class={styles.name}>
            {nameOf(main)}
          </Link>
        </span>
        <span class="meta">
          {t('history.by', { name: who(by), when: formatDateTime(at) })}
          {undoneAt !== undefined &&
            ` · ${
              undoneBy
                ? t('history.undone', { name: who(undoneBy), when: formatDateTime(undoneAt) })
                : t('history.undoneByRelay')
            }`}
        </span>
      </span>
      {mayUndo && (
        <Button icon={Undo2} onClick={takeBack}>
          {t('undo')}
        </Button>
      )}
    </div>
  )
}
