import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openValueCache, type ValueCache } from '../../../client/lists/value-cache.ts'
import { followKeys } from '../../../client/replica/changed-keys.ts'
import { openBase, type ReplicaBase, type StoredRow } from '../../../client/replica/tables.ts'
import type { FieldInfo } from '../../../shared/fields/fields.ts'
import { newId } from '../../../shared/ids.ts'

const info = (key: string) => ({ key }) as FieldInfo // the cache asks for nothing else of it

describe('values of rows that are kept', () => {
  const id = newId()
  let base: ReplicaBase
  let cache: ValueCache
  /** Rows are read, and come when it is called. */
  let deliver: () => void
  /** They were read, and do not come yet. */
  let gated: boolean

  beforeEach(async () => {
    base = openBase(`values-${newId()}`)
    await base.open()
    cache = openValueCache(base, 'client')
    await put({ name: 'Первый' })
    gated = false
    const gate = new Promise<void>((resolve) => {
      deliver = resolve
    })
    const table = base.table('client')
    const read = table.bulkGet.bind(table)
    vi.spyOn(table, 'bulkGet').mockImplementationOnce((ids) =>
      read(ids).then(async (rows) => {
        gated = true
        await gate
        return rows
      }),
    )
  })
  afterEach(async () => {
    cache.close()
    await base.delete()
  })

  /** Resolves when the word of it has gone round. */
  const put = async (values: Record<string, string>) => {
    const heard = new Promise<void>((resolve) => {
      const stop = followKeys<string>(base, 'client', () => {
        stop()
        resolve()
      })
    })
    await base.client.put({ id, type: 'client', ...values } as StoredRow<'client'>)
    await heard
  }
  const valuesOf = async (...keys: string[]) => {
    const taken: unknown[] = []
    await cache.each([id], keys.map(info), (_, values) => taken.push(values))
    return taken[0]
  }

  it('are read again where the row changed while it was read', async () => {
    const early = valuesOf('name')
    await expect.poll(() => gated).toBe(true)
    await put({ name: 'Второй' })
    deliver()
    await early
    expect(await valuesOf('name')).toMatchObject({ name: 'Второй' })
  })

  it('have all fields, though who asked for fewer of them ends later', async () => {
    const early = valuesOf('name')
    await expect.poll(() => gated).toBe(true)
    const late = valuesOf('name', 'note')
    await put({ name: 'Первый', note: 'Заметка' })
    await late
    deliver()
    await early
    expect(await valuesOf('name', 'note')).toMatchObject({ name: 'Первый', note: 'Заметка' })
  })
})
