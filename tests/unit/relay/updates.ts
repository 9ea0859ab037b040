/** Updates that no replica of ours makes, and what the relay says to them. */
import * as Y from 'yjs'
import { newId } from '../../../shared/ids.ts'
import type { Person } from './lab.ts'

/** An update made by plain Yjs, with no regard to our records. */
export const updateBy = (writer: number, edit: (doc: Y.Doc) => void): Uint8Array => {
  const doc = new Y.Doc({ guid: 'hostile' })
  doc.clientID = writer
  edit(doc)
  return Y.encodeStateAsUpdate(doc)
}

export const pushed = async (who: Person, update: Uint8Array, id = newId(), type = 'client') => {
  const [outcome] = await who.push({ id, type, update })
  if (!outcome) throw new Error('no outcome')
  const { n: _, ...rest } = outcome
  return rest
}
