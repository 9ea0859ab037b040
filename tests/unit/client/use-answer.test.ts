import Dexie, { type Table } from 'dexie'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useAnswer } from '../../../client/replica/use-live.ts'
import { newId } from '../../../shared/ids.ts'
import { holdTables } from './held.ts'
import { renderIn, stubDocument } from './no-dom.ts'

class Base extends Dexie {
  declare contact: Table<{ address: string; name: string }, string>
}

const openBase = async () => {
  const base = new Base(`answer-${newId()}`)
  base.version(1).stores({ contact: 'address' })
  await base.open()
  await base.contact.bulkAdd([
    { address: 'anna@romashka.ru', name: 'Анна' },
    { address: 'boris@vasilek.ru', name: 'Борис' },
  ])
  return base
}

let base: Base
beforeEach(async () => {
  stubDocument()
  base = await openBase()
})
afterEach(async () => {
  await base.delete()
  vi.unstubAllGlobals()
})

/** What a form says of the address that is typed; null where it says nothing. */
const recipient = () => {
  const said: (string | null | undefined)[] = []
  const Recipient = ({ address }: { address: string }) => {
    const read = useAnswer(address, () => base.contact.get(address), [])
    said.push(read === null ? null : read.answer?.name)
    return null
  }
  return { said, ...renderIn(Recipient) }
}

test('nothing is said of one thing by what was read of another', async () => {
  const { said, show, end } = recipient()
  show({ address: 'anna@romashka.ru' })
  await expect.poll(() => said).toEqual([null, 'Анна'])
  said.length = 0
  const release = holdTables(base, [base.contact])
  show({ address: 'boris@vasilek.ru' })
  expect(said).toEqual([null])
  await release()
  await expect.poll(() => said.at(-1)).toBe('Борис')
  expect(said).not.toContain('Анна')
  end()
})

test('that there is none is an answer too', async () => {
  const { said, show, end } = recipient()
  show({ address: 'nobody@nowhere.ru' })
  await expect.poll(() => said).toEqual([null, undefined])
  end()
})
