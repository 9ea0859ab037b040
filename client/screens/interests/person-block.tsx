/** The contact person of an Interest or a document: chosen, looked at, taken off. */
import { X } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { Result } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { Avatar, Button, Dialog, IconButton } from '../../design/index.ts'
import { type Replica, resolveRow, useAnswer } from '../../replica/index.ts'
import { ContactPicker } from '../clients/contact-picker.tsx'
import block from '../clients/related.module.css'
import { useRemoval } from '../clients/use-removal.ts'

interface PersonBlockProps {
  words: { title: string; choose: string; remove: string }
  /** Id of the contact person. */
  person: string | undefined
  save: (patch: Patch) => Promise<Result<unknown>>
  replica: Replica
  readOnly: boolean
}

export const PersonBlock = ({ words, person: id, save, replica, readOnly }: PersonBlockProps) => {
  const [choosing, setChoosing] = useState(false)
  const removal = useRemoval()
  const read = useAnswer(id, () => resolveRow(replica.base, 'person', id), [replica])
  const person = read?.answer
  return (
    <section class={block.block}>
      <h2 class={block.title}>{words.title}</h2>
      {person ? (
        <div class={block.person}>
          <Link href={`/persons/${person.id}`} class={block.personLink}>
            <Avatar name={person.name} size={32} />
            <span class={block.words}>
              <span class={block.name}>{person.name}</span>
              <span class="meta">{person.position}</span>
            </span>
          </Link>
          {!readOnly && (
            <IconButton
              icon={X}
              label={words.remove}
              onClick={() =>
                removal(
                  person.name,
                  () => save({ person: null }),
                  // Whom the record named, not whom that one was merged into.
                  () => save({ person: id ?? null }),
                )
              }
            />
          )}
        </div>
      ) : (
        !readOnly &&
        read && (
          <div class={block.buttons}>
            <Button onClick={() => setChoosing(true)}>{words.choose}</Button>
          </div>
        )
      )}
      {choosing && (
        <Dialog title={words.choose} onClose={() => setChoosing(false)}>
          <ContactPicker
            table="person"
            replica={replica}
            onPick={(picked) => {
              setChoosing(false)
              void save({ person: picked.id })
            }}
          />
        </Dialog>
      )}
    </section>
  )
}
