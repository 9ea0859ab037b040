/** Who changed what of an Interest, newest first; what was there before can be put back. */
import { History } from 'lucide-preact'
import { EmptyState } from '../../design/index.ts'
import type { Replica } from '../../replica/index.ts'
import { useEmployees } from '../dialogs/use-employees.ts'
import { Change } from '../history/change.tsx'
import { t as historyTexts } from '../history/texts.ts'
import { useHistory } from '../history/use-history.ts'
import styles from './history.module.css'
import { t } from './texts.ts'

interface InterestHistoryProps {
  id: string
  replica: Replica
  readOnly: boolean
}

export const InterestHistory = ({ id, replica, readOnly }: InterestHistoryProps) => {
  const history = useHistory(replica, id)
  const employees = useEmployees(replica)
  return (
    <section class={styles.history} aria-label={t('tab.history')}>
      {history.away && <p class="meta">{historyTexts('offline')}</p>}
      {history.entries.length === 0 ? (
        <EmptyState icon={History} title={t('history.empty')} />
      ) : (
        history.entries.map((entry) => (
          <Change
            key={entry.seq}
            table="interest"
            id={id}
            entry={entry}
            history={history}
            replica={replica}
            employees={employees}
            readOnly={readOnly}
          />
        ))
      )}
    </section>
  )
}
