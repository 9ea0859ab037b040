import { describe, expect, it } from 'vitest'
import { csv, loadLab, subject } from './load-lab.ts'
import { xlsx } from './spreadsheet.ts'

const lab = loadLab()
const { clients, load, optionsOf, session, sessionWith } = lab

describe('a session of an import', () => {
  it('goes on after an interruption without a second record', async () => {
    const rows = Array.from({ length: 450 }, (_, n) => `Фирма без всего ${n};`)
    const file = csv('Название;Телефон', ...rows)
    const run = session()
    const read = await run.read(file, {}, 'Столбец')
    if (!read.ok) throw new Error(read.reason)
    const options = optionsOf({ mapping: read.value.mapping, mode: 'anyway' })
    let seen = 0
    const stopping = sessionWith((progress) => {
      if (progress.kind === 'load' && ++seen === 1) void stopping.cancel()
    })
    await stopping.read(file, {}, 'Столбец')
    expect(await stopping.load(options, subject)).toMatchObject({
      kind: 'cancelled',
      counts: { create: 200 },
    })
    expect(await clients()).toHaveLength(200)
    expect((await run.load(options, subject)).counts).toMatchObject({ create: 450, same: 0 })
    expect(await clients()).toHaveLength(450)
  })

  it('comes to a halt where the device is full, and goes on once there is room', async () => {
    const file = csv(
      'Название;Телефон',
      ...Array.from({ length: 230 }, (_, n) => `Фирма без всего ${n};`),
    )
    const run = session()
    const read = await run.read(file, {}, 'Столбец')
    if (!read.ok) throw new Error(read.reason)
    const options = optionsOf({ mapping: read.value.mapping, mode: 'anyway' })
    let room = 200
    const refuse = () => {
      if (room-- <= 0) throw new DOMException('full', 'QuotaExceededError')
    }
    lab.base.client.hook('creating', refuse)
    expect(await run.load(options, subject)).toMatchObject({
      kind: 'failed',
      reason: 'deviceFull',
      counts: { create: 200, refused: 0 },
      failed: [],
    })
    lab.base.client.hook('creating').unsubscribe(refuse)
    expect(await run.load(options, subject)).toMatchObject({
      kind: 'done',
      counts: { create: 230, refused: 0 },
    })
    expect(await clients()).toHaveLength(230)
  })

  it('shows what was chosen last where a check is asked for while another runs', async () => {
    const file = csv('Название;Телефон', ...new Array<string>(1100).fill('Альфа;84951112233'))
    const run = session()
    const read = await run.read(file, {}, 'Столбец')
    if (!read.ok) throw new Error(read.reason)
    const { mapping } = read.value
    const [earlier, later] = await Promise.all([
      run.check(optionsOf({ mapping, mode: 'anyway' })),
      run.check(optionsOf({ mapping })),
    ])
    expect({ earlier, later }).toMatchObject({
      earlier: null,
      later: { counts: { create: 1, same: 1099 } },
    })
    expect(await run.rows('all', 1, 1)).toMatchObject([{ outcome: 'same' }])
  })

  it('tells that who is there already may not have come to this device yet', async () => {
    const run = session()
    const read = await run.read(csv('Название;Телефон', 'Альфа;84951112233'), {}, 'Столбец')
    if (!read.ok) throw new Error(read.reason)
    const { mapping } = read.value
    expect(await run.check(optionsOf({ mapping }))).toMatchObject({ isPart: true })
    // Every row becomes a card of its own: nobody is looked for.
    expect(await run.check(optionsOf({ mapping, mode: 'anyway' }))).toMatchObject({ isPart: false })
    await lab.base.meta.put(true, 'complete')
    expect(await run.check(optionsOf({ mapping }))).toMatchObject({ isPart: false })
  })

  it('keeps the file that was read where another sheet shows nothing', async () => {
    const book = xlsx({ rows: [['Название'], ['ООО «Кит»']] }, undefined, [{ rows: [] }])
    const run = session()
    const file = new Blob([book as Uint8Array<ArrayBuffer>])
    expect(await run.read(file, {}, 'Столбец')).toMatchObject({ ok: true })
    expect(await run.read(file, { sheet: 1 }, 'Столбец')).toEqual({
      ok: false,
      reason: 'emptyFile',
    })
    expect(await run.headed(0, 'Столбец')).toMatchObject({ headings: ['Название'], count: 1 })
  })

  it('refuses by its size what would not fit into the memory, and says of a file that went away', async () => {
    const huge = new Blob(['Название\r\nКит'])
    Object.defineProperty(huge, 'size', { value: 3 * 1024 ** 3 })
    expect(await session().read(huge, {}, 'Столбец')).toEqual({ ok: false, reason: 'tooLarge' })
    const gone = new Blob(['Название\r\nКит'])
    gone.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotReadableError'))
    expect(await session().read(gone, {}, 'Столбец')).toEqual({
      ok: false,
      reason: 'unreadableFile',
    })
  })

  it('counts what it changed before an interruption once, with what it changes after', async () => {
    await load(csv('Название;Телефон', 'Альфа;', 'Бета;', 'Гамма;'))
    const nameless = Array.from({ length: 198 }, () => ';info@firma.test')
    const rows = ['Альфа;a@a.test', 'Бета;b@b.test', ...nameless, 'Гамма;c@c.test']
    const file = csv('Название;Почта', ...rows, 'Альфа;a@a.test')
    const options = optionsOf({ mapping: ['name', 'email.work'], mode: 'overwrite' })
    let seen = 0
    const stopping = sessionWith((progress) => {
      if (progress.kind === 'load' && ++seen === 1) void stopping.cancel()
    })
    await stopping.read(file, {}, 'Столбец')
    expect((await stopping.load(options, subject)).counts).toMatchObject({ change: 2 })
    const run = session()
    await run.read(file, {}, 'Столбец')
    expect((await run.load(options, subject)).counts).toMatchObject({ change: 3, same: 1 })
  })
})
