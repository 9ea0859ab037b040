import { expect, test } from 'vitest'
import { startAttaching } from '../../../client/screens/dialogs/attaching.ts'

const file = (name: string) => new File(['x'], name)

/** Takes files into a list as a draft does; each is kept when the test says so. */
const slowDraft = () => {
  let files: string[] = []
  const keeping: (() => void)[] = []
  const attaching = startAttaching(async (added) => {
    const before = files
    await new Promise<void>((resolve) => keeping.push(resolve))
    files = [...before, ...added.map(({ name }) => name)]
  })
  const keepNext = async () => {
    await expect.poll(() => keeping.length).toBeGreaterThan(0)
    keeping.shift()?.()
  }
  return { attaching, keepNext, files: () => files, read: (kept: string[]) => (files = kept) }
}

test('what is sent while a file is being kept waits for it', async () => {
  const { attaching, keepNext, files } = slowDraft()
  attaching.open()
  void attaching.add([file('смета.pdf')])
  const sent = attaching.settled().then(files)
  await keepNext()
  expect(await sent).toEqual(['смета.pdf'])
})

test('a file that comes before the draft is read joins what is in the draft', async () => {
  const { attaching, keepNext, files, read } = slowDraft()
  const added = attaching.add([file('смета.pdf')])
  read(['договор.docx'])
  attaching.open()
  await keepNext()
  await added
  expect(files()).toEqual(['договор.docx', 'смета.pdf'])
})

test('files added one after another are all there, though the first is kept last', async () => {
  const { attaching, keepNext, files } = slowDraft()
  attaching.open()
  void attaching.add([file('первый')])
  void attaching.add([file('второй')])
  await keepNext()
  await keepNext()
  await attaching.settled()
  expect(files()).toEqual(['первый', 'второй'])
})

test('one that cannot be taken in is told of, and keeps nobody from sending the rest', async () => {
  const taken: string[] = []
  const attaching = startAttaching(async ([one]) => {
    if (one?.name === 'кривой') throw new Error('no such file')
    taken.push(one?.name ?? '')
  })
  attaching.open()
  const wrong = attaching.add([file('кривой')])
  void attaching.add([file('ровный')])
  await expect(wrong).rejects.toThrow('no such file')
  await attaching.settled()
  expect(taken).toEqual(['ровный'])
})
