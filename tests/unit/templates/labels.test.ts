import { describe, expect, it } from 'vitest'
import { labelsOf } from '../../../client/screens/templates/labels.ts'
import { newId } from '../../../shared/ids.ts'
import type { FieldRow } from '../../../shared/records/field.ts'
import { variablesOf } from '../../../shared/templates/variables.ts'

const fieldOf = (name: string, more: Partial<FieldRow> = {}): FieldRow => ({
  id: newId(),
  type: 'field',
  recordType: 'client',
  kind: 'text',
  name,
  options: [],
  ...more,
})

const labelsWith = (...definitions: FieldRow[]) =>
  labelsOf(variablesOf('contract', definitions, { tokens: new Set() }), 'ru')

describe('the text of a template as it is edited', () => {
  it('has labels for paths, and gives the paths back', () => {
    const labels = labelsWith()
    const source = '№ {contract.number}: {contract.amount|words}, {client.kpp?} \\{client.inn}'
    const shown = '№ {Договор: Номер}: {Договор: Сумма, прописью}, {Клиент: КПП?} \\{client.inn}'
    expect(labels.toLabels(source)).toBe(shown)
    expect(labels.toPaths(shown)).toBe(source)
  })

  it('keeps a field of one’s own by its id: another name shows, the text is the same', () => {
    const field = fieldOf('Скидка')
    const source = `{client.custom/${field.id}}`
    expect(labelsWith(field).toLabels(source)).toBe('{Клиент: Скидка}')
    const renamed = labelsWith({ ...field, name: 'Наценка {%}' })
    expect(renamed.toLabels(source)).toBe('{Клиент: Наценка  %}')
    expect(renamed.toPaths(renamed.toLabels(source))).toBe(source)
  })

  it('tells two fields of one name apart', () => {
    const [one, two] = [fieldOf('Класс'), fieldOf('Класс')]
    const labels = labelsWith(one, two)
    const source = `{client.custom/${one.id}} {client.custom/${two.id}?}`
    expect(labels.toLabels(source)).toBe('{Клиент: Класс} {Клиент: Класс (2)?}')
    expect(labels.toPaths(labels.toLabels(source))).toBe(source)
  })

  it('knows a deleted field by name, and does not offer it', () => {
    const gone = fieldOf('Скидка', { deletedAt: 1 })
    const labels = labelsWith(gone)
    expect(labels.toLabels(`{client.custom/${gone.id}}`)).toBe('{Клиент: Скидка}')
    expect(labels.isKnown('Клиент: Скидка')).toBe(false)
    expect(labels.offered.some(({ label }) => label === 'Клиент: Скидка')).toBe(false)
  })

  it('leaves what nobody knows as it was typed', () => {
    const labels = labelsWith()
    expect(labels.toPaths('{Клиент: Рост} {')).toBe('{Клиент: Рост} {')
    expect(labels.isKnown('Клиент: Рост')).toBe(false)
    expect(labels.isKnown('Клиент: ИНН?')).toBe(true)
  })
})
