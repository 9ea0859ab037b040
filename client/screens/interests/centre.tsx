/** The middle of the card: what is sold, and what was done with the record. */
import type { Result } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { Tabs } from '../../design/index.ts'
import { lazy } from '../../frame/lazy.tsx'
import type { Replica } from '../../replica/index.ts'
import styles from './centre.module.css'
import { InterestHistory } from './history.tsx'
import type { Interest } from './queries.ts'
import { t } from './texts.ts'

const LinesEditor = lazy(async () => (await import('./lines/editor.tsx')).LinesEditor)

export type CentrePart = 'lines' | 'timeline'

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
          { value: 'timeline', label: t('tab.history') },
        ]}
      />
    </div>
    <div class={styles.part}>
      {part === 'lines' ? (
        <LinesEditor row={row} save={save} replica={replica} readOnly={readOnly} />
      ) : (
        <InterestHistory id={row.id} replica={replica} readOnly={readOnly} />
      )}
    </div>
  </div>
)
