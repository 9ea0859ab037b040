/** The form of a new record, filled in with what another one holds (F64). */

import { fieldsOf } from '../../../shared/fields/fields.ts'
import { partsOf } from '../../../shared/human-names.ts'
import { seenFields } from '../../../shared/records/field.ts'
import { nameParts } from '../../../shared/records/name-parts.ts'
import { useNames } from '../../fields/use-fields.ts'
import { type Replica, useLive } from '../../replica/index.ts'
import { copyOf } from './copy.ts'
import { NewClientDialog } from './new-client-dialog.tsx'
import { NewPersonDialog } from './new-person-dialog.tsx'

interface CopyDialogProps {
  table: 'client' | 'person'
  /** Id of the record that is copied. */
  id: string
  replica: Replica
  onClose: () => void
  onCreated: (id: string) => void
}

export const CopyDialog = ({ table, id, replica, onClose, onCreated }: CopyDialogProps) => {
  const names = useNames(replica)
  const known = useLive(
    async () => {
      const definitions = await replica.base.field.where('recordType').equals(table).toArray()
      return {
        infos: fieldsOf(table, seenFields(replica.subject.peek(), definitions)),
        client: table === 'client' ? await replica.base.client.get(id) : undefined,
        person: table === 'person' ? await replica.base.person.get(id) : undefined,
      }
    },
    [table, id, replica],
    null,
  ).value
  if (!known) return null
  const { client, person } = known
  // Who may not change a field could not create a record that has it.
  const { closed } = replica.subject.value
  const infos = known.infos.filter(({ definition }) => !closed?.has(definition?.id ?? ''))
  const form = { replica, onClose, draft: `copy-${table}:${id}` }
  if (client) {
    const { name, kind, inn = '' } = client
    const copied = copyOf(client, infos, new Set(['name', ...nameParts, 'kind', 'inn']), names)
    return (
      <NewClientDialog
        {...form}
        initial={{ name, ...partsOf(client), kind, inn, ...copied }}
        onCreated={(made) => onCreated(made.id)}
      />
    )
  }
  if (!person) return null
  const { name, position = '', client: of = '' } = person
  const copied = copyOf(person, infos, new Set(['name', ...nameParts, 'position', 'client']), names)
  return (
    <NewPersonDialog
      {...form}
      client={null}
      initial={{ name, ...partsOf(person), position, client: of, ...copied }}
      onCreated={onCreated}
    />
  )
}
