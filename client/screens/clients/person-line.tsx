/** A contact person where one looks at a client or an Interest: the role, and of a key person what one has to know (F75). */
import { Star } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { Link } from 'wouter-preact'
import { formatPhone } from '../../../shared/phones.ts'
import { resolveEntry } from '../../../shared/records/directory.ts'
import { influences, type PersonRow, person as personType } from '../../../shared/records/person.ts'
import { Icon } from '../../design/index.ts'
import type { Entries } from '../../fields/use-directory.ts'
import { labelOf } from '../../i18n/index.ts'
import { ContactAvatar } from './photo/contact-avatar.tsx'
import styles from './related.module.css'

interface PersonLineProps {
  person: PersonRow
  /** Of the directories: the role is one. */
  entries: Entries
  /** What can be done with the line. */
  children?: ComponentChildren
}

const keyPerson = personType.fields.keyPerson.label

export const PersonLine = ({ person, entries, children }: PersonLineProps) => {
  const { role, position, phones, emails, influence, matters, note } = person
  const way = phones[0] ? formatPhone(phones[0].value) : emails[0]?.value
  const known = person.keyPerson
    ? [influence && labelOf(influences[influence]), matters, note].filter(Boolean).join(' · ')
    : ''
  return (
    <li class={styles.person}>
      <Link href={`/persons/${person.id}`} class={styles.personLink}>
        <ContactAvatar contact={person} size={32} />
        <span class={styles.words}>
          <span class={styles.name}>
            {person.name}
            {person.keyPerson && (
              <span class={styles.key} title={labelOf(keyPerson)}>
                <Icon of={Star} />
                <span class="visually-hidden">{labelOf(keyPerson)}</span>
              </span>
            )}
          </span>
          <span class="meta">
            {[resolveEntry(entries, role)?.name, position, way].filter(Boolean).join(' · ')}
          </span>
          {known && <span class={styles.known}>{known}</span>}
        </span>
      </Link>
      {children}
    </li>
  )
}
