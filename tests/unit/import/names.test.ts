import { describe, expect, it } from 'vitest'
import { csv, loadLab, subject } from './load-lab.ts'

const lab = loadLab()
const { clients, load, named } = lab

describe('names of people in a file', () => {
  const parts = { lastName: 'Щукин', firstName: 'Олег', middleName: 'Игоревич' }

  it('stand in parts of their own under whatever heading a program gives them', async () => {
    for (const header of [
      'Фамилия;Имя;Отчество;Телефон',
      'Last Name;First Name;Middle Name;Phone',
      'Family Name;Given Name;Additional Name;Phone',
      'Фамилия клиента;Имя клиента;Отчество клиента;Телефон',
    ]) {
      await load(csv(header, 'Щукин;Олег;Игоревич;89161234567'), { mode: 'anyway' })
      const made = (await clients()).at(-1)
      expect({ header, made }).toMatchObject({ header, made: { kind: 'person', ...parts } })
    }
    const card = ['BEGIN:VCARD', 'N:Щукин;Олег;Игоревич;;', 'FN:Олег Щукин', 'END:VCARD']
    await load(csv(...card), { mode: 'anyway' })
    expect((await clients()).filter((made) => made.middleName === 'Игоревич')).toHaveLength(5)
  })

  it('in one column are taken apart where a patronymic makes it sure, and stay whole elsewhere', async () => {
    await load(
      csv(
        'Компания;Контактное лицо',
        'ООО Ландыш;Олег Игоревич Щукин',
        'ООО Лютик;Щукин Олег',
        'ИП Белова Анна Ильинична;',
        'ИП Белов (ларёк);',
      ),
    )
    const persons = await lab.base.person.toArray()
    expect(persons.map(({ name }) => name).sort()).toEqual(['Щукин Олег', 'Щукин Олег Игоревич'])
    expect(persons.find(({ middleName }) => middleName)).toMatchObject(parts)
    expect(persons.find(({ middleName }) => !middleName)).not.toHaveProperty('lastName')
    expect(await named('ИП Белова Анна Ильинична')).toMatchObject({
      kind: 'entrepreneur',
      lastName: 'Белова',
    })
    expect(await named('ИП Белов (ларёк)')).not.toHaveProperty('lastName')
  })

  it('fill what agrees, overwrite together, and go back together', async () => {
    const header = 'Фамилия;Имя;Отчество;Телефон'
    await load(csv('ФИО;Телефон', 'Щукин Олег;89161234567'))
    const whole = await named('Щукин Олег')
    await load(csv(header, 'Щукин;Олег;;89161234567'))
    await load(csv(header, 'Карпов;Пётр;Ильич;89161234567'))
    expect(await lab.base.client.get(whole.id)).toMatchObject({
      name: 'Щукин Олег',
      firstName: 'Олег',
    })
    const { run, id } = await load(csv(header, 'Карпов;Пётр;Ильич;89161234567'), {
      mode: 'overwrite',
    })
    expect(await lab.base.client.get(whole.id)).toMatchObject({ name: 'Карпов Пётр Ильич' })
    await run.undo(id, subject)
    const back = await lab.base.client.get(whole.id)
    expect(back).toMatchObject({ name: 'Щукин Олег', lastName: 'Щукин' })
    expect(back).not.toHaveProperty('middleName')
  })

  it('that it created itself are undone, in parts or whole', async () => {
    const rows = ['Щукин;Олег;;89161234567', 'Щукин;Олег;Игоревич;89161234567', 'Лин;;;']
    const { run, id } = await load(csv('Фамилия;Имя;Отчество;Телефон', ...rows))
    expect(await named('Щукин Олег Игоревич')).toMatchObject(parts)
    expect(await run.undo(id, subject)).toMatchObject({ removed: 2, kept: 0 })
  })
})
