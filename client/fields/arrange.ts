/** Which fields a card shows, under which headings, in which order (F10). No I/O. */
import type { FieldInfo } from '../../shared/fields/fields.ts'
import type { Arrangement, LayoutRow } from '../../shared/records/layout.ts'

export interface Block {
  /** Empty: no heading. */
  title: string
  fields: FieldInfo[]
}

/** What stands where nobody arranged it: built-in fields, then custom ones by their section. */
const usual = (infos: readonly FieldInfo[]): Block[] => {
  const blocks = new Map<string, FieldInfo[]>([['', []]])
  for (const info of infos) {
    const title = info.definition?.section?.trim() ?? ''
    blocks.set(title, [...(blocks.get(title) ?? []), info])
  }
  return [...blocks].map(([title, fields]) => ({ title, fields }))
}

/** Blocks of a card. A field that the arrangement does not know, being newer, comes where it usually is. */
export const arranged = (
  infos: readonly FieldInfo[],
  arrangement: Arrangement | undefined,
): Block[] => {
  if (!arrangement) return usual(infos).filter(({ fields }) => fields.length > 0)
  const byKey = new Map(infos.map((info) => [info.key, info]))
  const known = new Set([
    ...arrangement.blocks.flatMap(({ fields }) => fields),
    ...arrangement.hidden,
  ])
  const blocks = arrangement.blocks.map(({ title, fields }) => ({
    title,
    fields: fields.flatMap((key) => byKey.get(key) ?? []),
  }))
  for (const block of usual(infos.filter(({ key }) => !known.has(key)))) {
    const place = blocks.find(({ title }) => title === block.title)
    if (place) place.fields.push(...block.fields)
    else blocks.push(block)
  }
  // What must be filled in cannot be hidden away.
  const forced = arrangement.hidden.flatMap((key) => {
    const info = byKey.get(key)
    return info?.required ? [info] : []
  })
  if (forced.length > 0) blocks.unshift({ title: '', fields: forced })
  return blocks.filter(({ fields }) => fields.length > 0)
}

/** The layout that holds for an employee: their own, then a role's, then everyone's. */
export const layoutFor = (
  layouts: readonly LayoutRow[],
  recordType: string,
  user: { id: string; roles?: readonly string[] },
): LayoutRow | undefined => {
  const of = layouts.filter(
    (row) => row.recordType === recordType && row.arrangement && row.deletedAt === undefined,
  )
  return (
    of.find(({ scope, owner }) => scope === 'user' && owner === user.id) ??
    of.find(({ scope, owner }) => scope === 'role' && user.roles?.includes(owner ?? '')) ??
    of.find(({ scope }) => scope === 'everyone')
  )
}
