/** Everything that can be put into a template, by records. */
import { useState } from 'preact/hooks'
import { groups, type VariableGroup } from '../../../shared/templates/variables.ts'
import { Input } from '../../design/index.ts'
import { labelOf, locale } from '../../i18n/index.ts'
import styles from './editor.module.css'
import { type Labels, shortLabel } from './labels.ts'
import { t } from './texts.ts'

interface FieldsListProps {
  labels: Labels
  isDocument: boolean
  onPick: (label: string) => void
}

const signs = ['title', 'heading', 'bold', 'item', 'split', 'table', 'plain', 'page'] as const

const plain = (text: string): string => text.toLowerCase().replaceAll('ё', 'е')

export const FieldsList = ({ labels, isDocument, onPick }: FieldsListProps) => {
  const [typed, setTyped] = useState('')
  const shown = labels.offered.filter(({ label }) => plain(label).includes(plain(typed.trim())))
  const present = [...new Set(shown.map(({ variable }) => variable.group))]
  const narrowed = typed.trim() !== ''
  const namesOf = (group: VariableGroup) => shown.filter(({ variable }) => variable.group === group)
  return (
    <aside class={styles.fields} aria-label={t('fields')}>
      <Input
        type="search"
        value={typed}
        onValue={setTyped}
        placeholder={t('fields.search')}
        aria-label={t('fields.search')}
      />
      <div>
        {present.length === 0 && <p class="meta">{t('fields.none')}</p>}
        {present.map((group, index) => (
          <details key={group} class={styles.group} open={narrowed || index === 0}>
            <summary>{labelOf(groups[group])}</summary>
            <div class={styles.names}>
              {namesOf(group).map(({ label, variable, format }) => (
                <button
                  key={label}
                  type="button"
                  class={styles.name}
                  // The caret stays in the text.
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => onPick(label)}
                >
                  {shortLabel(variable, locale.value, format)}
                </button>
              ))}
            </div>
          </details>
        ))}
      </div>
      <p class="meta">{t('fields.hint')}</p>
      {isDocument && (
        <details class={styles.group}>
          <summary>{t('signs')}</summary>
          <div class={styles.signs}>
            {signs.map((sign) => (
              <code key={sign}>{t(`sign.${sign}`)}</code>
            ))}
          </div>
        </details>
      )}
    </aside>
  )
}
