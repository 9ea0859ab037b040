// RxDB's server of its websocket replication. Its free storages for Node keep nothing on the disk, so
// it holds the records in memory: faster than it would be in earnest.
// argv: port, file with the documents as JSON.
import { readFileSync } from 'node:fs'
import { createRxDatabase } from 'rxdb'
import { startWebsocketServer } from 'rxdb/plugins/replication-websocket'
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'
import { schema } from './schema.mjs'

const [port, file] = process.argv.slice(2)
const database = await createRxDatabase({
  name: 'bench',
  storage: getRxStorageMemory(),
  multiInstance: false,
})
await database.addCollections({ record: { schema } })
await database.record.bulkInsert(JSON.parse(readFileSync(file, 'utf8')))
await startWebsocketServer({ database, port: Number(port), host: '127.0.0.1', path: '/sync' })
process.send?.('ready')
