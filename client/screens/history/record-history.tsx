/** Who changed what of a record, newest first; what was there before can be put back. */
import { CloudOff, History } from 'lucide-preact'
import type { RecordType } from '../../../shared/records/index.ts'
import { EmptyState } from '../../design/index.ts'
import type { Replica } from '../../replica/index.ts'
import { useEmployees } from '../dialogs/use-employees.ts'
import { Change } from './change.tsx'
import styles from './record-history.module.css'
import { t } from './texts.ts'
import { useHistory } from './use-history.ts'

interface RecordHistoryProps {
  table: RecordType
  id: string
  replica: Replica
  readOnly: boolean
}

export const Changes = ({ table, id, replica, readOnly }: RecordHistoryProps) => {
  const history = useHistory(replica, id)
  const employees = useEmployees(replica)
  return (
    <>
      {history.away && history.isKnown && <p class="meta">{t('offline')}</p>}
      {history.away && !history.isKnown && (
        <EmptyState icon={CloudOff} title={t('away.title')} text={t('away.text')} />
      )}
      {history.entries.length === 0
        ? history.isKnown && <EmptyState icon={History} title={t('none')} />
        : history.entries.map((entry) => (
            <Change
              key={entry.seq}
              table={table}
              id={id}
              entry={entry}
              history={history}
              replica={replica}
              employees={employees}
              readOnly={readOnly}
            />
          ))}
    </>
  )
}

/** As a part of a card, which it fills. */
export const RecordHistory = (props: RecordHistoryProps) => (
  <section class={styles.history} aria-label={t('title')}>
    <Changes {...props} />
  </section>
)
