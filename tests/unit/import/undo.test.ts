import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { csv, loadLab, me, subject, withoutIds } from './load-lab.ts'

const lab = loadLab()
const { change, clients, load, named } = lab

describe('undoing an import', () => {
  it('removes what it created and restores what it changed', async () => {
    await load(csv('Название;Телефон;Теги', 'Альфа;8 495 111-22-33;опт'))
    const before = await named('Альфа')
    const { run, id } = await load(
      csv(
        'Название;Телефон;Почта;ИНН;Теги',
        'Альфа+;84951112233;a@alfa.test;7707083893;vip',
        'Бета;84951112234;;;',
      ),
      { mode: 'overwrite' },
    )
    expect(await clients()).toHaveLength(2)
    expect(await run.undo(id, subject)).toEqual({ removed: 1, restored: 1, kept: 0, refused: 0 })
    const [after] = await clients()
    expect(after).toEqual({ ...before, imports: after?.imports })
    expect(withoutIds(after?.imports ?? [])).toEqual(withoutIds(before.imports))
    // A second time there is nothing left to undo.
    expect(await run.undo(id, subject)).toEqual({ removed: 0, restored: 0, kept: 0, refused: 0 })
  })

  it('keeps what people changed since, also in the fields beside', async () => {
    await load(csv('Название;Телефон', 'Альфа;8 495 111-22-33'))
    const { run, id } = await load(
      csv(
        'Название;Телефон;Почта;ИНН',
        'Альфа;84951112233;a@alfa.test;7707083893',
        'Бета;84951112234;;',
        'Гамма;84951112235;;',
      ),
    )
    const [alfa, beta] = [await named('Альфа'), await named('Бета')]
    await change('client', alfa.id, { inn: '7736050003' })
    await change('client', beta.id, { note: 'звонил, перезвонить' })
    expect(await run.undo(id, subject)).toEqual({ removed: 1, restored: 1, kept: 1, refused: 0 })
    expect((await clients()).map(({ name }) => name).sort()).toEqual(['Альфа', 'Бета'])
    expect(await named('Альфа')).toMatchObject({ inn: '7736050003', emails: [] })
  })

  it('keeps a client to whom somebody added a person, and takes its own persons along', async () => {
    const { run, id } = await load(
      csv(
        'Фамилия;Имя;Компания;Телефон',
        'Щукин;Олег;Первая;84950000011',
        'Белова;Анна;Вторая;84950000012',
      ),
    )
    const second = await named('Вторая')
    await change('person', newId(), { name: 'Новый человек', client: second.id, managers: [me] })
    expect(await run.undo(id, subject)).toEqual({ removed: 3, restored: 0, kept: 1, refused: 0 })
    expect((await clients()).map(({ name }) => name)).toEqual(['Вторая'])
  })

  it('takes back a change that two rows of the file made', async () => {
    await load(csv('Название;Телефон', 'Альфа;84951112233'))
    const { run, id } = await load(
      csv(
        'Название;Телефон;Почта;Сайт',
        'Альфа;84951112233;a@a.test;',
        'Альфа;84951112233;;a.test',
      ),
    )
    expect(await named('Альфа')).toMatchObject({ emails: [{}], links: [{}] })
    await run.undo(id, subject)
    expect(await named('Альфа')).toMatchObject({ emails: [], links: [], phones: [{}] })
  })

  it('leaves what a full device has no room to take back, and takes it once there is some', async () => {
    const { run, id } = await load(csv('Название;Телефон', 'Альфа;84951112233', 'Бета;84951112234'))
    const refuse = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    lab.base.outbox.hook('creating', refuse)
    expect(await run.undo(id, subject)).toMatchObject({ removed: 0, refused: 2 })
    lab.base.outbox.hook('creating').unsubscribe(refuse)
    expect(await clients()).toHaveLength(2)
    expect(await run.undo(id, subject)).toMatchObject({ removed: 2, refused: 0 })
    expect(await clients()).toHaveLength(0)
  })
})
