import { type ReplicaBase, resolveRow } from '../../replica/index.ts'
import type { NewTaskDialogProps } from './new-task-dialog.tsx'

type About = NonNullable<NewTaskDialogProps['about']>

/** What an address says that a new task is about, as far as this user may read it. */
export const aboutOf = async (base: ReplicaBase, query: URLSearchParams): Promise<About> => {
  const [person, interest, dialog] = await Promise.all([
    resolveRow(base, 'person', query.get('person') ?? undefined),
    base.interest.get(query.get('interest') ?? ''),
    base.dialog.get(query.get('dialog') ?? ''),
  ])
  const of = query.get('client') ?? person?.client ?? interest?.client ?? dialog?.client
  const client = await resolveRow(base, 'client', of)
  return {
    client: client ? { id: client.id, name: client.name } : null,
    person: person ? { id: person.id, name: person.name } : null,
    ...(interest && { interest: interest.id }),
    ...(dialog && { dialog: dialog.id }),
  }
}
