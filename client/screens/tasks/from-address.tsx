/** `/tasks/new`: a task that is begun by an address, about whom and like which other one it says. */
import { fieldsOf } from '../../../shared/fields/fields.ts'
import { seenFields } from '../../../shared/records/field.ts'
import { useNames } from '../../fields/use-fields.ts'
import { useReplica } from '../../frame/app-context.ts'
import { useLive } from '../../replica/index.ts'
import { ownCopies } from '../clients/copy.ts'
import { aboutOf } from './about.ts'
import { copyOfTask } from './new-task.ts'
import { NewTaskDialog } from './new-task-dialog.tsx'
import { withContacts } from './task-queries.ts'

/** `/tasks/new?client=<id>`: what it is about is read first. */
export const FromAddress = ({ onClose }: { onClose: () => void }) => {
  const replica = useReplica()
  const names = useNames(replica)
  const { value: subject } = replica.subject
  const copy = useLive(
    async () => {
      const id = new URLSearchParams(location.search).get('copy') ?? ''
      const task = await replica.base.task.get(id)
      return {
        entry: task ? (await withContacts(replica.base, [task]))[0] : undefined,
        definitions: await replica.base.field.where('recordType').equals('task').toArray(),
        entries: new Map((await replica.base.directory.toArray()).map((row) => [row.id, row])),
      }
    },
    [replica],
    null,
  ).value
  const about = useLive(
    () => aboutOf(replica.base, new URLSearchParams(location.search)),
    [replica],
    null,
  ).value
  if (!about || !copy) return null
  if (!copy.entry) return <NewTaskDialog replica={replica} about={about} onClose={onClose} />
  const { task, client, person } = copy.entry
  // Who may not change a field could not create a record that has it.
  const own = fieldsOf(
    'task',
    seenFields(subject, copy.definitions).filter(({ id }) => !subject.closed?.has(id)),
  )
  const form = copyOfTask(
    task,
    copy.entries,
    client ? { id: client.id, name: client.name } : null,
    person ? { id: person.id, name: person.name } : null,
    ownCopies(task, own, names),
  )
  return <NewTaskDialog replica={replica} copied={{ id: task.id, form }} onClose={onClose} />
}
