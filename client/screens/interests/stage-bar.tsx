/** Stages on top of the card: the current one green, a press moves (F109, F126). */
import { Check, X } from 'lucide-preact'
import type { Stage } from '../../../shared/records/scenario.ts'
import { classNames, Icon } from '../../design/index.ts'
import type { Interest, Scenario } from './queries.ts'
import styles from './stage-bar.module.css'
import { t } from './texts.ts'

interface StageBarProps {
  row: Interest
  scenario: Scenario
  readOnly: boolean
  onMove: (stage: Stage) => void
}

export const StageBar = ({ row, scenario, readOnly, onMove }: StageBarProps) => {
  const at = scenario.stages.findIndex(({ id }) => id === row.stage)
  return (
    <ol class={styles.bar} aria-label={t('stages')}>
      {scenario.stages.map((stage, index) => (
        <li key={stage.id} class={styles.item}>
          <button
            type="button"
            class={classNames(
              styles.stage,
              index === at && (stage.kind === 'lost' ? styles.failed : styles.current),
              index < at && stage.kind === 'open' && styles.passed,
            )}
            aria-current={index === at ? 'step' : undefined}
            disabled={readOnly}
            title={stage.name}
            onClick={() => onMove(stage)}
          >
            {stage.kind === 'won' && <Icon of={Check} />}
            {stage.kind === 'lost' && <Icon of={X} />}
            <span class="ellipsis">{stage.name}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}
