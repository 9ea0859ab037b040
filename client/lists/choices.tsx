/** Several of a list to tick: options, entries of a directory, employees. */
import { useState } from 'preact/hooks'
import type { FieldInfo } from '../../shared/fields/fields.ts'
import { type Group, me } from '../../shared/fields/filter.ts'
import { Input } from '../design/index.ts'
import { type Entries, entriesOf } from '../fields/use-directory.ts'
import { labelOf } from '../i18n/index.ts'
import styles from './lists.module.css'
import { t } from './texts.ts'

export interface Choice {
  value: string
  label: string
}

export interface ChoiceSources {
  entries: Entries
  employees: ReadonlyMap<string, { id: string; name: string; state?: string }>
  segments?: ReadonlyMap<string, { id: string; name: string }>
  /** Of the segments that have one. */
  rules?: ReadonlyMap<string, Group>
}

/** What can be chosen in a field of a closed set; null: the field is of another kind. */
export const choicesOf = (
  info: FieldInfo,
  { entries, employees, segments }: ChoiceSources,
): Choice[] | null => {
  switch (info.kind) {
    case 'oneOf':
    case 'manyOf':
      return (info.options ?? []).map(({ id, label }) => ({ value: id, label: labelOf(label) }))
    case 'entry':
    case 'tags':
      return entriesOf(entries, info.kind === 'tags' ? 'tag' : (info.directory ?? 'tag')).map(
        ({ id, name }) => ({ value: id, label: name }),
      )
    case 'employee':
    case 'employees':
      return [...employees.values()]
        .sort((a, b) => a.name.localeCompare(b.name, 'ru'))
        .map(({ id, name }) => ({ value: id, label: name }))
    case 'segments':
      return [...(segments?.values() ?? [])]
        .sort((a, b) => a.name.localeCompare(b.name, 'ru'))
        .map(({ id, name }) => ({ value: id, label: name }))
    default:
      return null
  }
}

/** Above this many one looks for a name rather than at all of them. */
const searchedFrom = 9

interface ChoicesProps {
  label: string
  choices: readonly Choice[]
  value: readonly string[]
  onValue: (value: string[]) => void
  /** Offers «Я» first. */
  withMe?: boolean
}

export const Choices = ({ label, choices, value, onValue, withMe = false }: ChoicesProps) => {
  const [typed, setTyped] = useState('')
  const all = withMe ? [{ value: me, label: t('filter.me') }, ...choices] : choices
  const asked = typed.trim().toLowerCase().replaceAll('ё', 'е')
  const shown = all.filter((choice) =>
    choice.label.toLowerCase().replaceAll('ё', 'е').includes(asked),
  )
  return (
    <fieldset class={styles.choices} aria-label={label}>
      {all.length >= searchedFrom && (
        <Input
          type="search"
          value={typed}
          onValue={setTyped}
          placeholder={t('filter.search')}
          aria-label={t('filter.search')}
        />
      )}
      <div class={styles.choiceList}>
        {shown.map((choice) => (
          <label key={choice.value} class={styles.choice}>
            <input
              type="checkbox"
              checked={value.includes(choice.value)}
              onChange={(event) =>
                onValue(
                  event.currentTarget.checked
                    ? [...value, choice.value]
                    : value.filter((each) => each !== choice.value),
                )
              }
            />
            <span>{choice.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
