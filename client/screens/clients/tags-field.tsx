/** Tags of a contact: chosen from those that there are, or made in place (F54). */
import { Plus, X } from 'lucide-preact'
import { useContext, useId, useState } from 'preact/hooks'
import { isId, newId } from '../../../shared/ids.ts'
import type { Result } from '../../../shared/reasons.ts'
import { resolveEntry, tagId } from '../../../shared/records/directory.ts'
import type { SetChange } from '../../../shared/records/sets.ts'
import { Dot, type DotColour } from '../../design/Dot.tsx'
import { Icon, showToast } from '../../design/index.ts'
import { lastOrder } from '../../fields/order.ts'
import { entriesOf, useDirectory } from '../../fields/use-directory.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { Replica } from '../../replica/index.ts'
import { FormWordsContext } from '../forms/form-words.ts'
import styles from './fields.module.css'
import { t } from './texts.ts'
import { useRemoval } from './use-removal.ts'

interface TagsFieldProps {
  label: string
  tags: readonly string[]
  readOnly: boolean
  replica: Replica
  /** Of what changes alone: by the next tag the row may not have come back with this one. */
  onSave: (tags: SetChange) => Promise<Result<unknown>>
}

const folded = (name: string): string => name.trim().toLowerCase().replaceAll('ё', 'е')

export const TagsField = ({ label, tags, readOnly, replica, onSave }: TagsFieldProps) => {
  const id = useId()
  const inForm = useContext(FormWordsContext)
  const [typed, showTyped] = useState(inForm?.of(label) ?? '')
  const setTyped = (words: string) => {
    showTyped(words)
    inForm?.set(label, words || null)
  }
  const removal = useRemoval()
  const entries = useDirectory(replica)
  const known = entriesOf(entries, 'tag')
  // Tags that were joined into one are one; what is no id is a name, as tags were kept at first.
  const shown = [
    ...new Map(
      tags.flatMap((tag): [string, { name: string; color?: DotColour }][] => {
        if (!entries.has(tag)) return isId(tag) ? [] : [[tag, { name: tag }]]
        const entry = resolveEntry(entries, tag)
        return entry ? [[entry.id, entry]] : []
      }),
    ),
  ]
  const add = async () => {
    const name = typed.trim()
    if (name === '') return
    // At once: the next letters are those of the next tag.
    setTyped('')
    const found = known.find((entry) => folded(entry.name) === folded(name))
    const derived = tagId(name)
    // A tag that was renamed or deleted keeps its id: another one of the old name gets its own.
    const tag = found?.id ?? (entries.has(derived) ? newId() : derived)
    if (!found) {
      const made = await replica.write('directory', tag, {
        directory: 'tag',
        name,
        order: lastOrder(known),
      })
      if (!made.ok) {
        showTyped((now) => now || name)
        return showToast({ text: reasonText(made.reason), stays: true })
      }
    }
    if (!shown.some(([held]) => held === tag)) await onSave({ [tag]: true })
  }
  const leave = () => void (inForm ? inForm.during(add()) : add())
  const remove = (gone: string, name: string) => {
    const held = tags.filter((tag) => tag === gone || resolveEntry(entries, tag)?.id === gone)
    const put = (isIn: boolean) => onSave(Object.fromEntries(held.map((tag) => [tag, isIn])))
    return removal(
      name,
      () => put(false),
      () => put(true),
    )
  }
  return (
    <fieldset class={styles.group} aria-label={label}>
      <span class={styles.label}>{label}</span>
      <div class={styles.tags}>
        {shown.map(([tag, { name, color }]) => (
          <span key={tag} class={styles.tag}>
            {color && <Dot colour={color} />}
            {name}
            {!readOnly && (
              <button
                type="button"
                class={styles.tagRemove}
                aria-label={`${t('client.remove')}: ${name}`}
                onClick={() => remove(tag, name)}
              >
                <Icon of={X} />
              </button>
            )}
          </span>
        ))}
        {!readOnly && (
          <span class={styles.tagNew}>
            <Icon of={Plus} />
            <input
              class={styles.tagInput}
              value={typed}
              maxLength={60}
              list={`${id}-tags`}
              placeholder={t('client.addTag')}
              aria-label={t('client.addTag')}
              onInput={(event) => setTyped(event.currentTarget.value)}
              onBlur={leave}
              onKeyDown={(event) => {
                if (event.key === 'Enter' || event.key === ',') {
                  event.preventDefault()
                  leave()
                }
                if (event.key === 'Escape' && typed !== '') {
                  // What is typed is taken back; the form, where this is one, stays.
                  event.preventDefault()
                  setTyped('')
                }
              }}
            />
            <datalist id={`${id}-tags`}>
              {known
                .filter((entry) => !shown.some(([held]) => held === entry.id))
                .map(({ id: each, name }) => (
                  <option key={each} value={name} />
                ))}
            </datalist>
          </span>
        )}
      </div>
    </fieldset>
  )
}
