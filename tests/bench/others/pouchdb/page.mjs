// PouchDB in a browser over IndexedDB, as the benchmarks drive it from outside.
import PouchDB from 'pouchdb-browser'

const local = new PouchDB('bench')
/** As many in a batch as our own feed has in a frame. */
const batch = 1_000

window.other = {
  firstSync: async (url) => {
    const started = performance.now()
    await local.replicate.from(url, { batch_size: batch })
    return performance.now() - started
  },
  /** Sets a field of each document, with nothing sent. */
  edit: async (ids, field, prefix) => {
    const { rows } = await local.allDocs({ keys: ids, include_docs: true })
    await local.bulkDocs(rows.map(({ doc }, i) => ({ ...doc, [field]: `${prefix} ${i}` })))
  },
  sync: (url) =>
    new Promise((resolve, reject) => {
      local
        .sync(url, { batch_size: batch })
        .on('complete', () => resolve(null))
        .on('error', reject)
    }),
  /** How many documents hold what was set. */
  held: async (ids, field, prefix) => {
    const { rows } = await local.allDocs({ keys: ids, include_docs: true })
    return rows.filter(({ doc }, i) => doc[field] === `${prefix} ${i}`).length
  },
}
