/** A base that keeps its readers waiting: what a screen says meanwhile it says of nothing that was read. */
import Dexie, { type Table } from 'dexie'

/** Nobody reads these tables until what is returned is called, which waits for the end. */
export const holdTables = (base: Dexie, tables: readonly Table[]): (() => Promise<void>) => {
  let release = () => {}
  const over = new Promise<void>((resolve) => {
    release = resolve
  })
  const held = base.transaction('rw', [...tables], () => Dexie.waitFor(over))
  return async () => {
    release()
    await held
  }
}
