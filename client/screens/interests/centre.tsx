/** The middle of the card: what is sold, and what was done with the record. */
import type { Result } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { Tabs } from '../../design/index.ts'
import { lazy } from '../../frame/lazy.tsx'
import type { Replica } from '../../replica/index.ts'
import block from '../clients/related.module.css'
import { LinkedContracts } from '../documents/linked-contracts.tsx'
import { RecordHistory } from '../history/record-history.tsx'
import styles from './centre.module.css'
import type { Interest } from './queries.ts'
import { t } from './texts.ts'

const LinesEditor = lazy(async () => (await import('./lines/editor.tsx')).LinesEditor)

export const centreParts = ['lines', 'documents', 'timeline'] as const
export type CentrePart = (typeof centreParts)[number]

interface CentreProps {
  row: Interest
  part: CentrePart
  /** By the tabs here, which a phone has above with the others. */
  onPart: (part: CentrePart) => void
  save: (patch: Patch) => Promise<Result<unknown>>
  replica: Replica
  readOnly: boolean
}

export const Centre = ({ row, part, onPart, save, replica, readOnly }: CentreProps) => (
  <div class={styles.centre}>
    <div class={styles.tabs}>
      <Tabs
        label={t('centre')}
        value={part}
        onValue={onPart}
        tabs={[
          { value: 'lines', label: t('tab.lines'), count: row.lines.length },
          { value: 'documents', label: t('tab.documents') },
          { value: 'timeline', label: t('tab.history') },
        ]}
      />
    </div>
    <div class={styles.part}>
      {part === 'lines' ? (
        <LinesEditor row={row} save={save} replica={replica} readOnly={readOnly} />
      ) : part === 'documents' ? (
        <div class={block.related}>
          <LinkedContracts client={row.client} interest={row} replica={replica} />
        </div>
      ) : (
        <RecordHistory table="interest" id={row.id} replica={replica} readOnly={readOnly} />
      )}
    </div>
  </div>
)
