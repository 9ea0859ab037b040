/** What a list is asked for now, each condition with a cross. */
import { X } from 'lucide-preact'
import type { FieldInfo } from '../../shared/fields/fields.ts'
import { everything, isGroup } from '../../shared/fields/filter.ts'
import type { Names } from '../../shared/fields/words.ts'
import { IconButton } from '../design/index.ts'
import { filterWords, ruleWords } from './filter-words.ts'
import styles from './list.module.css'
import type { ListState } from './list-state.ts'
import { t } from './texts.ts'

interface ConditionsProps {
  state: ListState
  infos: readonly FieldInfo[]
  names: Names
  onState: (state: ListState) => void
}

export const Conditions = ({ state, infos, names, onState }: ConditionsProps) => {
  const { filter } = state
  if (filter.of.length === 0 || state.view === 'mine') return null
  const shown =
    filter.join === 'all'
      ? filter.of.map((one) => ({ one, of: [one] }))
      : [{ one: filter, of: filter.of }]
  return (
    <div class={styles.conditions}>
      {shown.map(({ one, of }, index) => {
        const words = isGroup(one) ? ruleWords(one, infos, names) : filterWords(one, infos, names)
        return (
          words && (
            <span key={index} class={styles.condition}>
              <span class="ellipsis">{words}</span>
              <IconButton
                icon={X}
                label={`${t('filter.remove')}: ${words}`}
                onClick={() => {
                  const left = filter.of.filter((each) => !of.includes(each))
                  onState({
                    ...state,
                    filter: left.length > 0 ? { ...filter, of: left } : everything,
                  })
                }}
              />
            </span>
          )
        )
      })}
    </div>
  )
}
