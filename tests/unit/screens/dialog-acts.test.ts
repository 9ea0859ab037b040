import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openBase, putRows, type ReplicaBase } from '../../../client/replica/tables.ts'
import type { Write } from '../../../client/replica/writes.ts'
import { type Act, actPatch, changeDialogs } from '../../../client/screens/dialogs/acts.ts'
import { newId } from '../../../shared/ids.ts'
import { fail, ok } from '../../../shared/reasons.ts'
import type { Row } from '../../../shared/records/declaration.ts'

describe('an act on a dialog', () => {
  it.each<[string, Parameters<typeof actPatch>[0], Act, ReturnType<typeof actPatch>]>([
    [
      'reads what came',
      { seenAt: 3 },
      { kind: 'read', at: 5 },
      { patch: { seenAt: 5 }, undo: { seenAt: 3 } },
    ],
    ['reads nothing twice', { seenAt: 5 }, { kind: 'read', at: 5 }, null],
    [
      'makes it unread',
      { seenAt: 3 },
      { kind: 'unread' },
      { patch: { seenAt: null }, undo: { seenAt: 3 } },
    ],
    ['closes', {}, { kind: 'close' }, { patch: { state: 'closed' }, undo: { state: null } }],
    [
      'reopens',
      { state: 'closed' },
      { kind: 'reopen' },
      { patch: { state: 'open' }, undo: { state: 'closed' } },
    ],
    ['leaves an open one open', { state: 'open' }, { kind: 'reopen' }, null],
    [
      'takes it off somebody',
      { responsible: 'anna' },
      { kind: 'assign', to: null },
      { patch: { responsible: null }, undo: { responsible: 'anna' } },
    ],
    ['leaves it with whom it is', { responsible: 'anna' }, { kind: 'assign', to: 'anna' }, null],
  ])('%s', (_, dialog, act, change) => expect(actPatch(dialog, act)).toEqual(change))
})

describe('an act on many dialogs', () => {
  let base: ReplicaBase
  let written: Write[]
  const foreign = newId()
  beforeEach(async () => {
    base = openBase(`interes-${newId()}`)
    await base.open()
    written = []
  })
  afterEach(() => base.delete())

  /** Refuses what is somebody else's, and a whole step that has it. */
  const writeAll = async (writes: readonly Write[]) => {
    if (writes.some(({ id }) => id === foreign)) return fail('forbidden')
    written.push(...writes)
    return ok([])
  }
  const put = async (type: 'dialog' | 'appeal', row: object) =>
    Promise.all(putRows(base, [{ type, ...row } as unknown as Row])) // as projected
  const dialogs = async (count: number): Promise<string[]> => {
    const ids = Array.from({ length: count }, newId)
    for (const id of ids) await put('dialog', { id, account: 'a', peer: { address: 'x@y.test' } })
    return ids
  }

  it('leaves out what may not be changed, and takes back the rest', async () => {
    const ids = [...(await dialogs(3)), foreign]
    await put('dialog', { id: foreign, account: 'a', peer: { address: 'x@y.test' } })
    const steps: number[] = []
    const acted = await changeDialogs({ base, writeAll }, ids, { kind: 'close' }, (done) =>
      steps.push(done),
    )
    expect(acted?.dialogs.done).toHaveLength(3)
    expect([...(acted?.dialogs.refused ?? [])]).toEqual([['forbidden', 1]])
    expect(steps).toEqual([4])
    written = []
    await acted?.undo()
    expect(written.map(({ patch }) => patch)).toEqual(Array(3).fill({ state: null }))
  })

  it('says so where there is nothing to change', async () => {
    const ids = await dialogs(1)
    expect(await changeDialogs({ base, writeAll }, ids, { kind: 'unread' })).toBeNull()
  })

  it('gives the undecided appeal along with its dialog, and back', async () => {
    const [first = '', second = ''] = await dialogs(2)
    const appeal = newId()
    await put('appeal', { id: appeal, dialog: first, state: 'new', at: 1, who: {} })
    await put('appeal', { id: newId(), dialog: second, state: 'rejected', at: 1, who: {} })
    const act: Act = { kind: 'assign', to: 'boris' }
    const acted = await changeDialogs({ base, writeAll }, [first, second], act)
    expect(written.filter(({ type }) => type === 'appeal')).toEqual([
      { type: 'appeal', id: appeal, patch: { responsible: 'boris' } },
    ])
    written = []
    await acted?.undo()
    expect(written.filter(({ type }) => type === 'appeal')).toEqual([
      { type: 'appeal', id: appeal, patch: { responsible: null } },
    ])
  })
})
