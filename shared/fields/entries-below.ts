/** What a filter by an entry of a directory means besides: the folders below it, tags joined into it. */
import { type DirectoryRow, resolveEntry } from '../records/directory.ts'

export const entriesBelow = (
  entries: ReadonlyMap<string, DirectoryRow>,
): ((entry: string) => string[]) => {
  const children = new Map<string, string[]>()
  // An entry that was joined into another means the other, wherever it still stands.
  for (const { id, parent, mergedInto } of entries.values())
    for (const above of [parent, mergedInto])
      if (above) children.set(above, [...(children.get(above) ?? []), id])
  return (entry) => {
    const meant = resolveEntry(entries, entry)?.id
    // A ring, which two administrators can make while apart, ends where it began.
    const found = new Set(meant === undefined || meant === entry ? [] : [meant])
    for (const id of [entry, ...found]) for (const child of children.get(id) ?? []) found.add(child)
    for (const id of found) for (const child of children.get(id) ?? []) found.add(child)
    return [...found]
  }
}
