/** Folders as a tree. */
import type { Entry } from './use-directory.ts'

export interface PlacedEntry {
  entry: Entry
  /** 0 at the top. */
  depth: number
}

/**
 * Entries as a tree, each with how deep it lies. One whose parent is gone, or that is in a ring made
 * by two administrators while apart, stands at the top.
 */
export const treeOf = (entries: readonly Entry[]): PlacedEntry[] => {
  const placed = new Map<string, PlacedEntry>()
  const place = (entry: Entry, depth: number) => {
    if (placed.has(entry.id)) return
    placed.set(entry.id, { entry, depth })
    for (const child of entries) if (child.parent === entry.id) place(child, depth + 1)
  }
  const known = new Set(entries.map(({ id }) => id))
  for (const entry of entries)
    if (entry.parent === undefined || !known.has(entry.parent)) place(entry, 0)
  for (const entry of entries) place(entry, 0)
  return [...placed.values()]
}

/** A folder with all that lie in it, at any depth. */
export const withBelow = (id: string, entries: readonly Entry[]): Set<string> => {
  const found = new Set([id])
  for (const each of found)
    for (const child of entries) if (child.parent === each) found.add(child.id)
  return found
}

/** A name in a list of choices, moved in by its depth. */
export const indented = ({ entry, depth }: PlacedEntry): string =>
  `${'\u2003'.repeat(depth)}${entry.name}`
