/** A field where one picks a client, a contact person or an Interest by the beginning of a name, phone or e-mail. */
import { Handshake } from 'lucide-preact'
import { useId, useState } from 'preact/hooks'
import type { ReferenceKind } from '../../../shared/fields/fields.ts'
import { formatPhone } from '../../../shared/phones.ts'
import { Icon, Input } from '../../design/index.ts'
import {
  type Replica,
  type ReplicaBase,
  resolveRows,
  type StoredRow,
  useSuggestions,
} from '../../replica/index.ts'
import { suggest } from './client-list.ts'
import styles from './contact-picker.module.css'
import { ContactAvatar } from './photo/contact-avatar.tsx'
import { t } from './texts.ts'

interface ContactPickerProps<T extends ReferenceKind> {
  table: T
  replica: Replica
  onPick: (picked: StoredRow<T>) => void
  /** What is in the field at first. */
  typed?: string
  /** Id that is not offered. */
  except?: string
}

/** Suggestions that fit above a phone's keyboard. */
const shownAtOnce = 6

type Target = { [T in ReferenceKind]: StoredRow<T> }[ReferenceKind]

interface Offered {
  id: string
  row: Target
  detail: string
}

/** By what two of one name are told apart: a phone or an address, of an Interest its client. */
const detailsOf = async (base: ReplicaBase, found: readonly Target[]): Promise<string[]> => {
  const clients = await resolveRows(
    base,
    'client',
    found.flatMap((row) => ('phones' in row ? [] : (row.client ?? []))),
  )
  return found.map((row) =>
    'phones' in row
      ? (row.emails[0]?.value ?? (row.phones[0] ? formatPhone(row.phones[0].value) : ''))
      : (clients.get(row.client ?? '')?.name ?? ''),
  )
}

export const ContactPicker = <T extends ReferenceKind>({
  table,
  replica,
  onPick,
  typed: first = '',
  except,
}: ContactPickerProps<T>) => {
  const id = useId()
  const [typed, setTyped] = useState(first)
  const { found, active, walk, take } = useSuggestions<Offered>(
    typed,
    async (words) => {
      // Rows of a union of tables are of one of them.
      const rows = (await suggest(replica.base, table, words, shownAtOnce)) as Target[]
      const offered = rows.filter((row) => row.id !== except)
      const details = await detailsOf(replica.base, offered)
      return offered.map((row, index) => ({ id: row.id, row, detail: details[index] ?? '' }))
    },
    [table, replica, except],
  )
  const pick = (chosen: Offered | undefined) => {
    if (chosen) onPick(chosen.row as StoredRow<T>) // of the table
  }
  const words = table === 'interest' ? ('picker.title' as const) : ('picker.search' as const)

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') walk(1)
    else if (event.key === 'ArrowUp') walk(-1)
    // Never sends the form that the field may stand in.
    else if (event.key === 'Enter') void take().then(pick)
    else return
    event.preventDefault()
  }

  return (
    <div class={styles.picker}>
      <Input
        value={typed}
        onValue={setTyped}
        onKeyDown={onKeyDown}
        placeholder={t(words)}
        aria-label={t(words)}
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={found[active] ? `${id}-${active}` : undefined}
        autocomplete="off"
        autofocus
      />
      {found.length === 0 ? (
        <p class={styles.none}>{t(table === 'interest' ? 'picker.nothing' : 'picker.none')}</p>
      ) : (
        <div role="listbox" id={`${id}-list`} aria-label={t(words)} class={styles.list}>
          {found.map((offered, index) => (
            // The keyboard moves through the options from the field (aria-activedescendant).
            // biome-ignore lint/a11y/useKeyWithClickEvents: see above
            <div
              key={offered.id}
              id={`${id}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              class={styles.option}
              onClick={() => pick(offered)}
            >
              <Picture row={offered.row} />
              <span class={styles.words}>
                <span class="ellipsis">{offered.row.name}</span>
                <span class={styles.ways}>{offered.detail}</span>
              </span>
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

const Picture = ({ row }: { row: Target }) =>
  'phones' in row ? <ContactAvatar contact={row} size={24} /> : <Icon of={Handshake} size={20} />
