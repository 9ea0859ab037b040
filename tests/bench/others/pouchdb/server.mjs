// PouchDB's server over LevelDB, as its documentation shows: one process, one folder.
// argv: port, folder.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import expressPouchdb from 'express-pouchdb'
import PouchDB from 'pouchdb-node'

const [port, folder] = process.argv.slice(2)
mkdirSync(folder, { recursive: true })
const server = expressPouchdb(PouchDB.defaults({ prefix: `${folder}/` }), {
  mode: 'minimumForPouchDB',
  inMemoryConfig: true,
  logPath: join(folder, 'log.txt'),
})
server.listen(Number(port), '127.0.0.1', () => process.send?.('ready'))
