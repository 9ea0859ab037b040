import { toChildArray, type VNode } from 'preact'
import { expect, test } from 'vitest'
import { Select } from '../../../client/design/inputs.tsx'

type Element = VNode<{ children?: VNode[]; value?: string; hidden?: boolean }>

/** The options of the list, in their order: their value, and whether one can choose it. */
const optionsOf = (value: string, options: { value: string; label: string }[]) => {
  const select = toChildArray(Select({ value, options, onValue: () => {} }).props.children)[0]
  return toChildArray((select as Element).props.children)
    .map((option) => (option as Element).props)
    .map((option) => ({ value: option.value, offered: !option.hidden }))
}

const skip = { value: '', label: 'Не импортировать' }

test('what is chosen stands in the list before the others have been read, and is no choice of its own', () => {
  expect(optionsOf('phone.work', [skip])).toEqual([
    { value: 'phone.work', offered: false },
    { value: '', offered: true },
  ])
})

test('what is among the options stands there once', () => {
  const phone = { value: 'phone.work', label: 'Телефон' }
  expect(optionsOf('phone.work', [skip, phone])).toEqual([
    { value: '', offered: true },
    { value: 'phone.work', offered: true },
  ])
})
