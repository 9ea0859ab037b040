/**
 * Notes every write and deletion of a searched row in the same transaction, whoever makes it: the
 * feed, an edit in any tab, something forgotten. What is noted once cannot be missed by the index,
 * even if the program ends right after. One note for all rows of one operation, since a note for
 * each row would cost the first sync as much again as the rows.
 */
import type { DBCore, DBCoreTransaction, Middleware } from 'dexie'
import { type Kind, kinds } from './kinds.ts'

/** Tables with an entry for each row; what is written of messages is noted by `message-store.ts`. */
const isKind = (table: string): table is Kind =>
  table !== 'message' && (kinds as readonly string[]).includes(table)

export const changelog: Middleware<DBCore> = {
  stack: 'dbcore',
  name: 'search-changelog',
  create: (core) => ({
    ...core,
    transaction: (stores, mode, options) =>
      core.transaction(
        mode === 'readwrite' && stores.some(isKind)
          ? [...new Set([...stores, 'searchLog'])]
          : stores,
        mode,
        options,
      ),
    table: (name) => {
      const table = core.table(name)
      if (!isKind(name)) return table
      const note = (trans: DBCoreTransaction, keys: unknown[], gone: boolean) =>
        core.table('searchLog').mutate({
          type: 'add',
          trans,
          values: [{ kind: name, keys, ...(gone && { gone: 1 }) }],
        })
      return {
        ...table,
        // No async functions here: Dexie follows its transaction through promises of its own only.
        mutate: (request) => {
          const { trans } = request
          if (request.type !== 'deleteRange') {
            const noted =
              request.type === 'delete'
                ? note(trans, request.keys, true)
                : note(
                    trans,
                    request.values.map(({ id }) => id),
                    false,
                  )
            return table.mutate(request).then((response) => noted.then(() => response))
          }
          const query = { index: table.schema.primaryKey, range: request.range }
          return table
            .query({ trans, values: false, query })
            .then(({ result }) =>
              result.length === 0
                ? { numFailures: 0, failures: {}, lastResult: undefined }
                : note(trans, result, true).then(() => table.mutate(request)),
            )
        },
      }
    },
  }),
}
