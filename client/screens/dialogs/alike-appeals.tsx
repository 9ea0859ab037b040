/**
 * Beside an appeal: what is decided with it, and what may be the same sender's: other new appeals, which
 * can be merged with it, clients and contact persons in the base (F231, F227).
 */
import { Combine } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { isMergeable } from '../../../shared/duplicates/may-merge.ts'
import { isMergedType, nameOf } from '../../../shared/duplicates/merge.ts'
import type { AppealRow } from '../../../shared/records/appeal.ts'
import { Button } from '../../design/index.ts'
import { type Alike, appealsLike, contactsLike } from '../../duplicates/like-appeal.ts'
import { formatDateTime } from '../../format/index.ts'
import { type Replica, useLive } from '../../replica/index.ts'
import { MergeTicked } from '../duplicates/merge-ticked.tsx'
import { matchWords, pathOf } from '../duplicates/words.ts'
import styles from './alike-appeals.module.css'
import { t } from './alike-texts.ts'

/** More would push what the decision is made by out of sight. */
const shownAtMost = 3

interface AlikeAppealsProps {
  appeal: AppealRow
  together: readonly AppealRow[]
  /** The dialog that is open. */
  dialog: string
  replica: Replica
  mayDecide: boolean
}

export const AlikeAppeals = ({
  appeal,
  together,
  dialog,
  replica,
  mayDecide,
}: AlikeAppealsProps) => {
  const [merging, setMerging] = useState<string | null>(null)
  const isNew = appeal.state === 'new'
  const appeals = useLive<Alike[]>(
    () => (isNew ? appealsLike(replica.base, appeal, shownAtMost) : []),
    [appeal, replica],
    [],
  ).value
  const contacts = useLive<Alike[]>(
    () => (isNew ? contactsLike(replica.base, appeal, shownAtMost) : []),
    [appeal, replica],
    [],
  ).value
  const subject = replica.subject.value
  const others = [appeal, ...together].filter((one) => one.dialog !== dialog)
  return (
    <>
      {others.length > 0 && (
        <section class={styles.part} aria-label={t('together')}>
          <b>{t('together')}</b>
          <ul class={styles.list}>
            {others.map((row) => (
              <Line key={row.id} name={nameOf(row)} path={pathOf(row)} words={wordsOf(row)} />
            ))}
          </ul>
        </section>
      )}
      {appeals.length > 0 && (
        <section class={styles.part} aria-label={t('appeals')}>
          <b>{t('appeals')}</b>
          <ul class={styles.list}>
            {appeals.map(({ row, matched }) => (
              <Line
                key={row.id}
                name={nameOf(row)}
                path={pathOf(row)}
                words={`${matchWords(matched, 'appeal')}, ${wordsOf(row)}`}
              >
                {mayDecide && (isMergeable(subject, row) || isMergeable(subject, appeal)) && (
                  <Button icon={Combine} onClick={() => setMerging(row.id)}>
                    {t('merge')} <span class="visually-hidden">{nameOf(row)}</span>
                  </Button>
                )}
              </Line>
            ))}
          </ul>
        </section>
      )}
      {contacts.length > 0 && (
        <section class={styles.part} aria-label={t('contacts')}>
          <b>{t('contacts')}</b>
          <ul class={styles.list}>
            {contacts.map(({ row, matched }) => (
              <Line
                key={row.id}
                name={nameOf(row)}
                path={pathOf(row)}
                words={isMergedType(row.type) ? matchWords(matched, row.type) : ''}
              />
            ))}
          </ul>
        </section>
      )}
      {merging && (
        <MergeTicked
          table="appeal"
          ids={[appeal.id, merging]}
          replica={replica}
          onClose={() => setMerging(null)}
          onMerged={() => setMerging(null)}
        />
      )}
    </>
  )
}

const wordsOf = (row: Alike['row']): string => ('at' in row ? formatDateTime(row.at) : '')

interface LineProps {
  name: string
  path: string
  words: string
  children?: ComponentChildren
}

const Line = ({ name, path, words, children }: LineProps) => (
  <li class={styles.line}>
    <Link href={path} class={styles.name}>
      {name}
    </Link>
    <span class="meta">{words}</span>
    {children}
  </li>
)
