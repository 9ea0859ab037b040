/**
 * What may happen to an open base from outside: the browser or another tab empties it, closes it, or
 * a newer version of the program wants to rebuild it.
 */
import type Dexie from 'dexie'
import { drawClientId } from './writer.ts'

/** The base was rebuilt by a newer version of the program: this one may not touch it any more. */
export class OutdatedProgram extends Error {
  override readonly name = 'OutdatedProgram'
}

export const isOutdated = (error: unknown): boolean =>
  error instanceof Error && error.name === 'OutdatedProgram'

/** Dexie opens version n as 10 n, and adds 1 where it repairs a schema. */
const dexieStep = 10

/**
 * What Dexie opens bases with: one of a newer program is never changed, which Dexie would do where
 * something this program knows is gone from it.
 */
export const openingUpTo = (version: number, factory: IDBFactory = indexedDB): IDBFactory => ({
  open: (name, asked) => {
    if (asked !== undefined && asked >= (version + 1) * dexieStep)
      throw new OutdatedProgram(`schema ${asked / dexieStep}, not ${version}`)
    return asked === undefined ? factory.open(name) : factory.open(name, asked)
  },
  deleteDatabase: (name) => factory.deleteDatabase(name),
  databases: () => factory.databases(),
  cmp: (a, b) => factory.cmp(a, b),
})

/**
 * `version` is the schema of this program. An emptied base gets another generation than the one
 * before it, so that pages that write on draw a new Yjs client id (see `writer.ts`): what the relay
 * has under the old one begins where an empty record would begin to count again.
 */
export const guardBase = (base: Dexie, version: number): void => {
  base.on('populate', (transaction) => transaction.table('meta').add(drawClientId(), 'generation'))
  base.on(
    'ready',
    () => {
      const found = Math.floor((base.backendDB()?.version ?? 0) / dexieStep)
      if (found > version) throw new OutdatedProgram(`schema ${found}, not ${version}`)
    },
    true,
  )
  // Subscribed later than Dexie's own handler and so asked first.
  base.on('versionchange', ({ newVersion }) => {
    // Deleted: Dexie's own handler closes it, and whatever is done next opens an empty one.
    if (!newVersion) return true
    // Closed for good, or it would be opened again as the newer one.
    base.close()
    return false
  })
}
