// RxDB in a browser over its Dexie storage, as the benchmarks drive it from outside.
import { createRxDatabase } from 'rxdb'
import { replicateWithWebsocketServer } from 'rxdb/plugins/replication-websocket'
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'
import { schema } from './schema.mjs'

window.other = {
  firstSync: async (url) => {
    const started = performance.now()
    const database = await createRxDatabase({
      name: 'bench',
      storage: getRxStorageDexie(),
      multiInstance: false,
    })
    await database.addCollections({ record: { schema } })
    const replication = await replicateWithWebsocketServer({
      collection: database.record,
      url,
      // As many in a batch as our own feed has in a frame.
      batchSize: 1_000,
    })
    replication.error$.subscribe((error) => console.error(error))
    await replication.awaitInitialReplication()
    const taken = performance.now() - started
    const count = await database.record.count().exec()
    return count > 0 ? taken : Number.NaN
  },
}
