/** The first sync of other products: the same records as documents, from a server on this machine. */
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withBrowser } from './browser.ts'
import type { Size } from './data.ts'
import { documentsOf, fillPouch, openOther, startOther } from './other-pages.ts'

/** Milliseconds of PouchDB and RxDB, messages included. */
export const otherFirstSyncs = async (size: Size): Promise<{ pouch: number; rx: number }> => {
  const documents = documentsOf(size, true)
  return { pouch: await pouchFirstSync(documents), rx: await rxFirstSync(documents) }
}

type Documents = ReturnType<typeof documentsOf>

const pouchFirstSync = async (documents: Documents): Promise<number> => {
  const { port, server } = await startOther('pouchdb')
  try {
    const url = `http://127.0.0.1:${port}/bench`
    await fillPouch(url, documents)
    return await withBrowser(async (browser) => {
      const page = await openOther(browser, 'pouchdb', port)
      return page.evaluate((url) => window.other.firstSync(url), url)
    })
  } finally {
    server.kill('SIGKILL')
  }
}

const rxFirstSync = async (documents: Documents): Promise<number> => {
  const file = join(tmpdir(), 'documents.json')
  const wrapped = documents.map((row) => ({ id: row.id, type: row.type, row }))
  await writeFile(file, JSON.stringify(wrapped))
  const { port, server } = await startOther('rxdb', file)
  try {
    return await withBrowser(async (browser) => {
      const page = await openOther(browser, 'rxdb', port)
      return page.evaluate((url) => window.other.firstSync(url), `ws://127.0.0.1:${port}/sync`)
    })
  } finally {
    server.kill('SIGKILL')
  }
}
