import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { movePatch } from '../../../shared/interests/moves.ts'
import { entryId } from '../../../shared/records/directory.ts'
import { defaultEntries } from '../../../shared/records/first-entries.ts'
import type { InterestRow } from '../../../shared/records/interest.ts'
import { type ScenarioRow, simpleScenario, simpleStage } from '../../../shared/records/scenario.ts'
import { openLab, type Person } from './lab.ts'

const stored = { seq: expect.any(Number) }

const openCompany = async () => {
  const lab = await openLab({ firstEntries: defaultEntries })
  const { relay, anna } = lab
  const read = async <T>(id: string): Promise<T> => {
    const document = await relay.workspace?.pipeline.read(id)
    if (!document) throw new Error('no such record')
    return document.row as unknown as T // of the type that the test knows
  }
  /** Lets a device have what the relay has of a record. */
  const give = async (who: Person, id: string) => {
    const document = await relay.workspace?.pipeline.read(id)
    if (document) who.hold(id, document.state)
  }
  await give(anna, simpleScenario)
  const scenario = await read<ScenarioRow>(simpleScenario)
  const moveTo = (who: Person, key: string, reason?: string) => {
    const stage = scenario.stages.find(({ id }) => id === simpleStage(key))
    if (!stage) throw new Error(`no stage ${key}`)
    return movePatch(scenario, stage, { at: 10, by: who.id, ...(reason && { reason }) })
  }
  const create = async (who: Person, more: object = {}) => {
    const id = newId()
    const patch = { name: 'Поставка', createdBy: who.id, ...moveTo(who, 'talks'), ...more }
    expect(await who.write('interest', id, patch)).toMatchObject(stored)
    return id
  }
  return { ...lab, scenario, read, give, moveTo, create }
}

describe('the first scenario', () => {
  it('leads from talks over the invoice to the shipment, and ends won or lost (F104)', async () => {
    const { scenario } = await openCompany()
    expect(scenario.name).toBe('Простой сценарий')
    expect(scenario.stages.map(({ name, kind }) => `${name}: ${kind}`)).toEqual([
      'Переговоры: open',
      'Счет: open',
      'Отгрузка: open',
      'Выигран: won',
      'Проигран: lost',
    ])
  })
})

describe('a stage', () => {
  const withoutInvoice = { stages: { [simpleStage('invoice')]: null } }

  it('goes when nothing stands on it, also where something passed it', async () => {
    const { anna, create, moveTo } = await openCompany()
    const id = await create(anna, {})
    await anna.write('interest', id, moveTo(anna, 'invoice'))
    await anna.write('interest', id, moveTo(anna, 'shipment'))
    expect(await anna.write('scenario', simpleScenario, withoutInvoice)).toMatchObject(stored)
  })

  it('stays while an Interest stands on it, and says how many (F116)', async () => {
    const { anna, create, moveTo } = await openCompany()
    await create(anna, moveTo(anna, 'invoice'))
    await create(anna, moveTo(anna, 'invoice'))
    await create(anna, { ...moveTo(anna, 'invoice'), deletedAt: 1, deletedBy: anna.id })
    expect(await anna.write('scenario', simpleScenario, withoutInvoice)).toMatchObject({
      reason: 'inUse',
      field: 'interest:2',
    })
  })

  it('stays also where the Interest came in the same moment', async () => {
    const { anna, moveTo } = await openCompany()
    const id = newId()
    const [made, taken] = await anna.push(
      {
        id,
        type: 'interest',
        update: anna.make('interest', id, { name: 'Поставка', ...moveTo(anna, 'invoice') }),
      },
      {
        id: simpleScenario,
        type: 'scenario',
        update: anna.make('scenario', simpleScenario, withoutInvoice),
      },
    )
    expect(made).toMatchObject(stored)
    expect(taken).toMatchObject({ reason: 'inUse' })
  })

  it('in use may get another name, but not another meaning', async () => {
    const { anna, create, scenario } = await openCompany()
    await create(anna)
    const talks = scenario.stages[0]
    if (!talks) throw new Error('no stage')
    const { id, ...value } = talks
    const renamed = { stages: { [id]: { ...value, name: 'Первый разговор' } } }
    expect(await anna.write('scenario', simpleScenario, renamed)).toMatchObject(stored)
    const won = { stages: { [id]: { ...value, kind: 'won' } } }
    expect(await anna.write('scenario', simpleScenario, won)).toMatchObject({ reason: 'inUse' })
  })

  it('is the administrators’ to change, and its scenario is not deleted while it is used', async () => {
    const { anna, join, give, create } = await openCompany()
    const oleg = await join('oleg@romashka.ru')
    await give(oleg, simpleScenario)
    expect(await oleg.write('scenario', simpleScenario, { name: 'Мой' })).toMatchObject({
      reason: 'forbidden',
    })
    await create(anna)
    const deleted = { deletedAt: 1, deletedBy: anna.id }
    expect(await anna.write('scenario', simpleScenario, deleted)).toMatchObject({ reason: 'inUse' })
  })
})

describe('moving an Interest', () => {
  it('sets its status, and when it was closed', async () => {
    const { anna, create, moveTo, read } = await openCompany()
    const id = await create(anna)
    expect(await read<InterestRow>(id)).toMatchObject({ status: 'open', scenario: simpleScenario })
    await anna.write('interest', id, moveTo(anna, 'won'))
    expect(await read<InterestRow>(id)).toMatchObject({ status: 'won', closedAt: 10 })
  })

  it('onto a stage that is no more, or with another meaning, is refused', async () => {
    const { anna, create, moveTo } = await openCompany()
    const id = await create(anna)
    const { position, entered } = moveTo(anna, 'invoice')
    const claimed = { position: { ...(position as object), kind: 'won' }, entered }
    expect(await anna.write('interest', id, claimed)).toMatchObject({ reason: 'invalidValue' })
    const { anna: other, ...second } = await openCompany()
    const moved = await second.create(other)
    const gone = { stages: { [simpleStage('invoice')]: null } }
    await other.write('scenario', simpleScenario, gone)
    expect(await other.write('interest', moved, second.moveTo(other, 'invoice'))).toMatchObject({
      reason: 'gone',
    })
  })

  it('to lost needs a reason where the scenario says so, on every route (decision 7)', async () => {
    const { anna, join, give, create, moveTo } = await openCompany()
    const oleg = await join('oleg@romashka.ru')
    const id = await create(anna)
    const before = await create(anna)
    await give(oleg, id)
    expect(await anna.write('interest', before, moveTo(anna, 'lost'))).toMatchObject(stored)
    await anna.write('scenario', simpleScenario, { reasonRequired: true })
    expect(await oleg.write('interest', id, moveTo(oleg, 'lost'))).toMatchObject({
      reason: 'reasonRequired',
    })
    const reason = entryId('lossReason', 'price')
    await give(anna, id)
    expect(await anna.write('interest', id, moveTo(anna, 'lost', reason))).toMatchObject(stored)
    expect(await anna.write('interest', id, moveTo(anna, 'lost'))).toMatchObject({
      reason: 'reasonRequired',
    })
    // What was lost before the switch can be worked with as it is.
    expect(await anna.write('interest', before, { name: 'Старое' })).toMatchObject(stored)
  })

  it('by two who are apart ends on one stage, whole, and its history has both', async () => {
    const { relay, anna, join, give, create, moveTo, read } = await openCompany()
    const oleg = await join('oleg@romashka.ru')
    const id = await create(anna)
    await give(oleg, id)
    const reason = entryId('lossReason', 'price')
    expect(await anna.write('interest', id, moveTo(anna, 'won'))).toMatchObject(stored)
    expect(await oleg.write('interest', id, moveTo(oleg, 'lost', reason))).toMatchObject(stored)
    const { status, stage, lossReason, entered } = await read<InterestRow>(id)
    const wonWhole = status === 'won' && stage === simpleStage('won') && lossReason === undefined
    const lostWhole = status === 'lost' && stage === simpleStage('lost') && lossReason === reason
    expect(wonWhole || lostWhole).toBe(true)
    expect(new Set(entered.map(({ id: each }) => each))).toEqual(
      new Set(['talks', 'won', 'lost'].map(simpleStage)),
    )
    const history = await relay.workspace?.store.history(id, 10)
    expect(history?.map(({ user }) => user)).toEqual([oleg.id, anna.id, anna.id])
  })
})

describe('an Interest', () => {
  it('is everybody’s until restricted, then its people’s alone (F115)', async () => {
    const { anna, join, give, create } = await openCompany()
    const [oleg, vera] = [await join('oleg@romashka.ru'), await join('vera@romashka.ru')]
    const id = await create(anna)
    for (const who of [oleg, vera]) await give(who, id)
    expect(await oleg.write('interest', id, { name: 'Поставка труб' })).toMatchObject(stored)
    await give(anna, id)
    const restricted = { restricted: true, members: [vera.id] }
    expect(await anna.write('interest', id, restricted)).toMatchObject(stored)
    expect(await oleg.write('interest', id, { name: 'Чужое' })).toMatchObject({
      reason: 'forbidden',
    })
    expect(await vera.write('interest', id, { name: 'Поставка кабеля' })).toMatchObject(stored)
  })
})
