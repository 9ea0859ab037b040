/** Merged records at the relay: where a found one leads, and who goes when it is erased. */
import { resolve } from '../../shared/duplicates/resolve.ts'
import { mergedHere } from '../../shared/records/merged.ts'
import type { Pipeline } from '../commit/pipeline.ts'

type Read = Pipeline['read']

/** The record that `id` is merged into, by way of others too; itself where it is not merged. */
export const resolveAtRelay = async (read: Read, id: string): Promise<string> => {
  const into = new Map<string, string>()
  for (let one = id; !into.has(one); ) {
    const next = (await read(one))?.row.mergedInto
    if (typeof next !== 'string') break
    into.set(one, next)
    one = next
  }
  return resolve(id, (one) => into.get(one))
}

/** The record and all that are merged into it: erasing a client erases every card it had. */
export const mergedRecords = async (read: Read, id: string): Promise<string[]> => {
  const found = new Set([id])
  for (const one of found) {
    const document = await read(one)
    // A row of another type has no such field.
    for (const inner of document ? mergedHere(document.row) : [])
      if ((await read(inner))?.row.mergedInto === one) found.add(inner)
  }
  return [...found]
}
