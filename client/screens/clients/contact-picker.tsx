/** A field where one picks a client or a contact person by the beginning of a name, phone or e-mail. */
import { useId, useState } from 'preact/hooks'
import { formatPhone } from '../../../shared/phones.ts'
import { Input } from '../../design/index.ts'
import { type Replica, type StoredRow, useSuggestions } from '../../replica/index.ts'
import { suggest } from './client-list.ts'
import styles from './contact-picker.module.css'
import { ContactAvatar } from './photo/contact-avatar.tsx'
import { t } from './texts.ts'

type Contact<T extends 'client' | 'person'> = StoredRow<T>

interface ContactPickerProps<T extends 'client' | 'person'> {
  table: T
  replica: Replica
  onPick: (contact: Contact<T>) => void
  /** What is in the field at first. */
  typed?: string
  /** Id that is not offered. */
  except?: string
}

/** Suggestions that fit above a phone's keyboard. */
const shownAtOnce = 6

export const ContactPicker = <T extends 'client' | 'person'>({
  table,
  replica,
  onPick,
  typed: first = '',
  except,
}: ContactPickerProps<T>) => {
  const id = useId()
  const [typed, setTyped] = useState(first)
  const { found, active, walk, take } = useSuggestions<Contact<T>>(
    typed,
    async (words) =>
      (await suggest(replica.base, table, words, shownAtOnce)).filter(({ id }) => id !== except),
    [table, replica, except],
  )
  const pick = async () => {
    const chosen = await take()
    if (chosen) onPick(chosen)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') walk(1)
    else if (event.key === 'ArrowUp') walk(-1)
    // Never sends the form that the field may stand in.
    else if (event.key === 'Enter') void pick()
    else return
    event.preventDefault()
  }

  return (
    <div class={styles.picker}>
      <Input
        value={typed}
        onValue={setTyped}
        onKeyDown={onKeyDown}
        placeholder={t('picker.search')}
        aria-label={t('picker.search')}
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={found[active] ? `${id}-${active}` : undefined}
        autocomplete="off"
        autofocus
      />
      {found.length === 0 ? (
        <p class={styles.none}>{t('picker.none')}</p>
      ) : (
        <div role="listbox" id={`${id}-list`} aria-label={t('picker.search')} class={styles.list}>
          {found.map((contact, index) => (
            // The keyboard moves through the options from the field (aria-activedescendant).
            // biome-ignore lint/a11y/useKeyWithClickEvents: see above
            <div
              key={contact.id}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              class={styles.option}
              onClick={() => onPick(contact)}
            >
              <ContactAvatar contact={contact} size={24} />
              <span class={styles.words}>
                <span class="ellipsis">{contact.name}</span>
                <span class={styles.ways}>
                  {contact.emails[0]?.value ??
                    (contact.phones[0] ? formatPhone(contact.phones[0].value) : '')}
                </span>
              </span>
            </div>
          ))}
        </div>
      )}
    </div>
  )
}
