import { describe, expect, test } from 'vitest'
import { undone, writeInBulk } from '../../../client/lists/bulk.ts'
import { groupPatch, isGroupField } from '../../../client/lists/group-patch.ts'
import {
  changed,
  choosePreset,
  chooseView,
  initialState,
  isChangedFrom,
  lookOf,
  movedColumn,
  nextSort,
  resizedColumn,
  shownColumns,
  stateOf,
  withoutView,
} from '../../../client/lists/list-state.ts'
import { splitFilter } from '../../../client/lists/query.ts'
import { fieldsOf } from '../../../shared/fields/fields.ts'
import { type Condition, type FilterContext, me } from '../../../shared/fields/filter.ts'
import type { Result } from '../../../shared/reasons.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import type { ViewRow } from '../../../shared/records/view.ts'

const infos = fieldsOf('client', [])
const context: FilterContext = {
  user: 'anna',
  today: new Date(2026, 10, 22),
  below: (entry) => (entry === 'top' ? ['low'] : []),
}

describe('a filter is split into', () => {
  const mine: Condition = { field: 'managers', op: 'is', value: [me] }
  const folder: Condition = { field: 'folder', op: 'is', value: ['top'] }
  const name: Condition = { field: 'name', op: 'contains', value: 'ё' }
  const cold: Condition = { field: 'heat', op: 'isNot', value: ['hot'] }
  test('facets, which an index answers, and the rest', () => {
    expect(splitFilter({ join: 'all', of: [mine, name, folder, cold] }, context)).toEqual({
      facets: [['manager:anna'], ['folder:top', 'folder:low']],
      rest: { join: 'all', of: [name, cold] },
    })
  })
  test('nothing but rest where one condition is enough', () => {
    const any = { join: 'any' as const, of: [mine, name] }
    expect(splitFilter(any, context)).toEqual({ facets: [], rest: any })
    expect(splitFilter({ join: 'any', of: [mine] }, context).facets).toEqual([['manager:anna']])
  })
})

describe('how one looks at a list', () => {
  const first = initialState('client')
  const view: ViewRow = {
    id: 'v',
    type: 'view',
    recordType: 'client',
    name: 'Горячие',
    owner: 'anna',
    filter: { join: 'all', of: [{ field: 'heat', op: 'is', value: ['hot'] }] },
    columns: [{ field: 'inn', width: 120 }],
    sort: { field: 'inn', direction: -1 },
  }

  test('keeps one’s own columns while a saved view brings its own', () => {
    const own = changed(first, { columns: [{ field: 'kpp', width: 90 }] })
    const inView = chooseView('client', own, view)
    expect(inView).toMatchObject({ view: 'v', columns: [{ field: 'inn', width: 120 }] })
    expect(choosePreset('client', inView, 'mine').columns).toEqual([{ field: 'kpp', width: 90 }])
  })

  test('is changed from a view by anything, from a preset by its filter alone', () => {
    const inView = chooseView('client', first, view)
    const kept = lookOf('client', view)
    expect(isChangedFrom('client', inView, kept)).toBe(false)
    expect(isChangedFrom('client', changed(inView, { sort: null }), kept)).toBe(true)
    expect(
      isChangedFrom('client', changed(first, { sort: { field: 'inn', direction: 1 } }), null),
    ).toBe(false)
    expect(isChangedFrom('client', changed(first, { filter: kept.filter }), null)).toBe(true)
    expect(isChangedFrom('client', choosePreset('client', first, 'mine'), null)).toBe(false)
  })

  test('goes back to all once its view is deleted, and stays with another chosen meanwhile', () => {
    const inView = chooseView('client', first, view)
    expect(withoutView('client', inView, 'v').view).toBe('all')
    const elsewhere = changed(choosePreset('client', inView, 'mine'), { quick: null })
    expect(withoutView('client', elsewhere, 'v')).toBe(elsewhere)
  })

  test('survives what another version kept', () => {
    expect(
      stateOf('client', {
        view: 'v',
        filter: { join: 'xor', of: [] },
        columns: [{ field: 'inn' }],
        sort: { field: 'inn', direction: 2 },
      } as never), // another program's
    ).toEqual({ ...first, view: 'v' })
  })

  test('shows the name first, and no column whose field is gone', () => {
    const shown = shownColumns(
      [
        { field: 'custom/gone', width: 100 },
        { field: 'inn', width: 100 },
      ],
      infos,
    )
    expect(shown.map(({ field }) => field)).toEqual(['name', 'inn'])
  })

  test('moves columns within their list, and the name stays first', () => {
    const columns = ['name', 'inn', 'kpp'].map((field) => ({ field, width: 100 }))
    const order = (list: { field: string }[]) => list.map(({ field }) => field)
    expect(order(movedColumn(columns, 'kpp', -1))).toEqual(['name', 'kpp', 'inn'])
    expect(order(movedColumn(columns, 'kpp', -5))).toEqual(['name', 'kpp', 'inn'])
    expect(order(movedColumn(columns, 'inn', 9))).toEqual(['name', 'kpp', 'inn'])
  })

  test('keeps widths readable, and sorts up, down, not at all', () => {
    expect(resizedColumn([{ field: 'inn', width: 100 }], 'inn', 3)[0]?.width).toBe(60)
    const up = nextSort(null, 'inn')
    const down = nextSort(up, 'inn')
    expect([up, down, nextSort(down, 'inn'), nextSort(down, 'kpp')]).toEqual([
      { field: 'inn', direction: 1 },
      { field: 'inn', direction: -1 },
      null,
      { field: 'kpp', direction: 1 },
    ])
  })
})

describe('an act on many', () => {
  const row = { id: 'r', type: 'client', name: 'Ромашка', managers: ['a'], tags: ['t'] }
  const inn = infos.find(({ key }) => key === 'inn')

  test('has a change and its way back, and leaves alone what is so already', () => {
    expect(
      groupPatch(row, { kind: 'list', field: 'managers', act: 'replace', ids: ['b'] }),
    ).toEqual({
      patch: { managers: { b: true, a: false } },
      undo: { managers: { a: true, b: false } },
    })
    expect(groupPatch(row, { kind: 'list', field: 'tags', act: 'add', ids: ['t'] })).toBeNull()
    expect(groupPatch(row, { kind: 'list', field: 'tags', act: 'take', ids: ['t'] })).toEqual({
      patch: { tags: { t: false } },
      undo: { tags: { t: true } },
    })
    if (!inn) throw new Error('no field')
    expect(groupPatch(row, { kind: 'value', info: inn, value: '7736050003' })).toEqual({
      patch: { inn: '7736050003' },
      undo: { inn: null },
    })
    expect(groupPatch(row, { kind: 'value', info: inn, value: undefined })).toBeNull()
    expect(groupPatch({ ...row, deletedAt: 1 }, { kind: 'delete', at: 2, user: 'a' })).toBeNull()
  })

  test('sets no names, kinds or lists of phones', () => {
    const offered = infos.filter(isGroupField).map(({ key }) => key)
    expect(offered).toContain('heat')
    for (const key of ['name', 'kind', 'phones', 'createdAt', 'note'])
      expect(offered).not.toContain(key)
  })

  test('leaves records that may not be changed and does the others', async () => {
    const written: string[] = []
    const replica = {
      writeAll: async (writes: readonly { id: string }[]): Promise<Result<Row[]>> => {
        if (writes.some(({ id }) => id === 'no')) return { ok: false, reason: 'forbidden' }
        written.push(...writes.map(({ id }) => id))
        return { ok: true, value: [] }
      },
    }
    const changes = ['a', 'no', 'b'].map((id) => ({ id, patch: { x: 1 }, undo: { x: 0 } }))
    const outcome = await writeInBulk(replica, 'client', changes)
    expect(written).toEqual(['a', 'b'])
    expect([...outcome.refused]).toEqual([['forbidden', 1]])
    expect(undone(outcome.done)[0]).toEqual({ id: 'a', patch: { x: 0 }, undo: { x: 1 } })
  })
})
