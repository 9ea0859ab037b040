import { describe, expect, test } from 'vitest'
import {
  isTyped,
  noName,
  parseNames,
  typedOf,
} from '../../../client/screens/clients/name-fields.tsx'
import {
  type Card,
  differencesOf,
  fillPatch,
} from '../../../client/screens/companies/differences.ts'
import { headWrite } from '../../../client/screens/companies/head.ts'
import { newId } from '../../../shared/ids.ts'

describe('a name in a form', () => {
  test('lacks a surname and a first name, and needs no patronymic (F49)', () => {
    expect(parseNames(noName).errors).toEqual({
      lastName: 'client.error.lastName',
      firstName: 'client.error.person',
    })
    const typed = { lastName: ' Соколов ', firstName: 'Анна  Мария', middleName: ' ' }
    expect(parseNames(typed)).toEqual({
      names: { lastName: 'Соколов', firstName: 'Анна Мария' },
      errors: {},
    })
    const long = { ...typed, lastName: 'я'.repeat(100) }
    expect(parseNames(long).errors).toEqual({ lastName: 'client.error.value' })
  })

  test('of who wrote a letter is guessed there', () => {
    expect(typedOf('Мария Иванова')).toEqual({
      lastName: 'Иванова',
      firstName: 'Мария',
      middleName: '',
    })
    expect(isTyped(typedOf(''))).toBe(false)
  })
})

describe('what the register says of an entrepreneur', () => {
  const company = {
    kind: 'entrepreneur',
    inn: '500100732259',
    name: 'ИП Ветров Олег Иванович',
    branch: false,
  } as const
  const parts = { lastName: 'Ветров', firstName: 'Олег', middleName: 'Иванович' }
  const card: Card = { kind: 'entrepreneur', name: '', addresses: [] }

  test('fills the parts of the name, given or sure by the patronymic', () => {
    const person = { ...parts, middleName: 'Иванович-Младший' }
    expect(fillPatch(card, company, new Set(['name']), 1)).toMatchObject(parts)
    expect(fillPatch(card, { ...company, person }, new Set(['name']), 1)).toMatchObject(person)
  })

  test('takes a name apart that is the same, and leaves another one that was not chosen', () => {
    const same = { ...card, name: 'ИП Ветров Олег Иванович' }
    expect(differencesOf(same, company)).toEqual([])
    expect(fillPatch(same, company, new Set(), 1)).toEqual(parts)
    const other = { ...card, name: 'Лавка у моста' }
    expect(fillPatch(other, company, new Set(), 1)).toEqual({})
  })
})

test('the head of a company becomes a person whose name is in parts', () => {
  const of = { id: newId(), managers: [], open: 'closed' } as const
  const { patch } = headWrite({ name: 'Скворцов Пётр Ильич' }, { ...of, managers: [] }, newId())
  expect(patch).toMatchObject({ lastName: 'Скворцов', firstName: 'Пётр', middleName: 'Ильич' })
  const foreign = headWrite({ name: 'John Smith' }, { ...of, managers: [] }, newId())
  expect(foreign.patch).toMatchObject({ name: 'John Smith' })
  expect(foreign.patch).not.toHaveProperty('lastName')
})
