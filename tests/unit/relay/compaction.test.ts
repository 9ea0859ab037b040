/** Why there is no job that compacts documents: see the relay's README, Decisions. */
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { newId } from '../../../shared/ids.ts'
import { openDoc } from '../../../shared/records/projection.ts'
import { type Lab, openLab } from './lab.ts'

const stored = async ({ relay }: Lab, id: string) => {
  const document = (await relay.workspace?.store.documents([id]))?.get(id)
  if (!document) throw new Error('the record is not there')
  return document
}

test('what was overwritten and typed away is not stored', async () => {
  const lab = await openLab()
  const { anna } = lab
  const id = newId()
  const long = 'очень длинная заметка '.repeat(100)
  await anna.write('client', id, { kind: 'person', name: 'Ромашка', managers: [anna.id] })
  const before = (await stored(lab, id)).state.length
  for (let i = 0; i < 50; i++) {
    await anna.write('client', id, { name: `Ромашка ${i} ${long.slice(0, 200)}`, note: long })
    await anna.write('client', id, { name: 'Ромашка', note: '' })
  }
  const { state } = await stored(lab, id)
  // 400 KB were written. What stays is where each run of them was.
  expect(state.length).toBeLessThan(before + 100 * 30)
  expect(state.length).toBe(Y.encodeStateAsUpdate(openDoc(id, state)).length)
})

test('a device that knew only an old value still writes over it', async () => {
  const lab = await openLab()
  const { anna } = lab
  const boris = await lab.join('boris@romashka.ru', 'administrator')
  const id = newId()
  const created = { kind: 'person', name: 'Ромашка', note: 'Не звонить', managers: [anna.id] }
  await anna.write('client', id, created)
  boris.hold(id, (await stored(lab, id)).state)
  for (let i = 0; i < 50; i++) {
    await anna.write('client', id, { note: 'слово '.repeat(i + 1) })
    await anna.write('client', id, { note: '' })
  }
  const offline = boris.make('client', id, { note: 'Не звонить: в отпуске' })
  const [outcome] = await boris.push({ n: 1, id, type: 'client', update: offline })
  expect(outcome?.ok).toBe(true)
  expect(JSON.parse((await stored(lab, id)).rowJson).note).toBe(': в отпуске')
})
