/** Under a form: records that are there already and match what is typed (F227, F234). */
import { LinkButton } from '../../design/index.ts'
import {
  type ContactType,
  type Similar,
  similarRecords,
  type Typed,
} from '../../duplicates/similar.ts'
import { type Replica, useLive } from '../../replica/index.ts'
import styles from './similar.module.css'
import { t } from './texts.ts'
import { matchWords } from './words.ts'

/** More would push the form's own fields out of a phone's screen. */
const shownAtMost = 3

interface SimilarRecordsProps {
  table: ContactType
  typed: Typed
  replica: Replica
}

export const SimilarRecords = ({ table, typed, replica }: SimilarRecordsProps) => {
  const found = useLive<Similar[]>(
    () => similarRecords(replica.base, table, typed, shownAtMost),
    [table, replica, ...Object.values(typed)],
    [],
  ).value
  return (
    <div role="status" class={styles.live}>
      {found.length > 0 && (
        <div class={styles.similar}>
          <b>{t('similar.title')}</b>
          <ul class={styles.list}>
            {found.map(({ row, matched }) => (
              <li key={row.id} class={styles.record}>
                <span class={styles.words}>
                  <span>{row.name}</span>
                  <span class="meta">{matchWords(matched, table)}</span>
                </span>
                <LinkButton kind="quiet" href={`/${table}s/${row.id}`}>
                  {t('similar.open')} <span class="visually-hidden">{row.name}</span>
                </LinkButton>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}
