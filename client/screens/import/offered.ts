/** The fields that columns of a file can become, of what the file holds, as far as this user sees them. */
import type { Label } from '../../../shared/records/declaration.ts'
import { seenFields } from '../../../shared/records/field.ts'
import { type AnyMapping, takesSeveral } from '../../import/mapping.ts'
import type { Content } from '../../import/session.ts'
import { importedFieldsOf, offeredTargets, type Target } from '../../import/targets.ts'
import { takesSeveralWork, type WorkTarget, workColumnsOf } from '../../import/work/columns.ts'
import type { Replica } from '../../replica/index.ts'

export type AnyTarget = NonNullable<AnyMapping[number]>

export const offeredNow = async (
  { base, subject }: Replica,
  content: Content,
): Promise<[AnyTarget, Label][]> => {
  const definitions = seenFields(subject.peek(), await base.field.toArray())
  return content === 'contact'
    ? offeredTargets(importedFieldsOf(definitions, await base.directory.toArray()))
    : workColumnsOf(content, definitions).map(({ target, label }) => [target, label])
}

/** Of each list one must be chosen: no record is made without. */
const needed: Readonly<Record<Content, readonly (readonly AnyTarget[])[]>> = {
  contact: [['name', 'fullName', 'person.name', 'person.last', 'person.first']],
  interest: [['field:name']],
  task: [['field:title']],
  product: [['field:name']],
  interaction: [
    ['at'],
    ['client', 'client.inn', 'phone', 'email', 'person', 'client.id', 'person.id'],
  ],
}

export const hasNeeded = (content: Content, mapping: AnyMapping): boolean =>
  needed[content].every((list) =>
    mapping.some((target) => target !== null && list.includes(target)),
  )

/** A field that two columns would fill, and that holds one value. */
export const chosenTwice = (content: Content, mapping: AnyMapping): AnyTarget | undefined => {
  const isSingle = (target: AnyTarget): boolean =>
    // Targets are of this content.
    content === 'contact'
      ? !takesSeveral(target as Target)
      : !takesSeveralWork(target as WorkTarget)
  const repeated = mapping.find(
    (target, at) => target !== null && isSingle(target) && mapping.indexOf(target) !== at,
  )
  return repeated ?? undefined
}
