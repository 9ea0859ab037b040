import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { csv, loadLab, subject } from './load-lab.ts'

const lab = loadLab()
const { change, load, named } = lab

describe('a field of one’s own with a default', () => {
  const field = async (recordType: string, kind: string, value: unknown) => {
    const id = newId()
    const patch = { recordType, kind, name: `Поле ${kind}`, default: value }
    await change('field', id, patch, { ...subject, administrator: true })
    return id
  }

  it('begins with it in what an import creates, where the file has no column for it', async () => {
    const [score, city, day, role] = [
      await field('client', 'number', 7),
      await field('client', 'text', 'Москва'),
      await field('client', 'date', 'today'),
      await field('person', 'yesNo', false),
    ]
    await load(
      csv('Название;Поле text;Контактное лицо', 'Альфа;;Щукин Олег', 'Бета;Тверь;'),
      {},
      { ...subject, closed: new Set() },
    )
    const today = new Date(lab.now)
    const made = `${today.getFullYear()}-${String(today.getMonth() + 1).padStart(2, '0')}-${String(today.getDate()).padStart(2, '0')}`
    expect((await named('Альфа')).custom).toEqual({ [score]: 7, [day]: made })
    expect((await named('Бета')).custom).toEqual({ [score]: 7, [city]: 'Тверь', [day]: made })
    expect(await lab.base.person.toArray()).toMatchObject([{ custom: { [role]: false } }])
  })

  it('is left alone in what is there, and where who loads may not fill it in', async () => {
    await load(csv('Название;Телефон', 'Альфа;84951112233'))
    const score = await field('client', 'number', 7)
    await load(csv('Название;Телефон;Почта', 'Альфа;84951112233;a@a.test'))
    expect(await named('Альфа')).toMatchObject({ emails: [{}] })
    expect((await named('Альфа')).custom ?? {}).toEqual({})
    await load(csv('Название', 'Бета'), {}, { ...subject, closed: new Set([score]) })
    expect((await named('Бета')).custom ?? {}).toEqual({})
    const { run, id } = await load(csv('Название', 'Гамма'))
    expect((await named('Гамма')).custom).toEqual({ [score]: 7 })
    expect(await run.undo(id, subject)).toMatchObject({ removed: 1, kept: 0 })
  })
})
