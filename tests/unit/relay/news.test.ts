import { describe, expect, test } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { joinLines, type News, type NewsLine, oneGo } from '../../../shared/protocol/news.ts'
import { type Lab, openLab, type Person } from './lab.ts'

const newsOf = async ({ app }: Lab, who: Person, query = ''): Promise<News> => {
  const answer = await app.request(`/api/history${query}`, { headers: who.headers })
  expect(answer.status).toBe(200)
  return (await answer.json()) as News
}

const said = ({ lines }: News) =>
  lines.map(({ user, deed, type, count, records, fields }) => ({
    user,
    deed,
    type,
    count,
    names: records.map(({ name }) => name),
    fields,
  }))

describe('the firm’s feed', () => {
  test('says who created, changed and deleted what, newest first', async () => {
    let now = 1_000_000_000_000
    const lab = await openLab({ clock: () => now })
    const { anna } = lab
    const id = newId()
    await anna.write('client', id, { kind: 'organisation', name: 'Ромашка', managers: [anna.id] })
    await anna.write('client', id, { inn: '7736050003' })
    await anna.write('client', id, { relation: 'buyer' })
    now += oneGo + 1
    await anna.write('client', id, { relation: 'supplier' })
    await anna.write('client', id, { deletedAt: now, deletedBy: anna.id })
    await anna.write('client', id, { deletedAt: null, deletedBy: null })
    const common = { user: anna.id, type: 'client', names: ['Ромашка'] }
    expect(said(await newsOf(lab, anna))).toEqual([
      { ...common, deed: 'restored', count: 1, fields: [] },
      { ...common, deed: 'deleted', count: 1, fields: [] },
      { ...common, deed: 'changed', count: 1, fields: ['relation'] },
      { ...common, deed: 'changed', count: 2, fields: ['relation', 'inn'] },
      { ...common, deed: 'created', count: 1, fields: [] },
    ])
  })

  test('tells of one client with its persons, and of nobody else', async () => {
    const lab = await openLab()
    const { anna } = lab
    const [client, other, person] = [newId(), newId(), newId()]
    const managers = [anna.id]
    await anna.write('client', client, { kind: 'organisation', name: 'Ромашка', managers })
    await anna.write('client', other, { kind: 'organisation', name: 'Лютик', managers })
    await anna.write('person', person, { name: 'Иван Лугов', client, managers })
    const names = said(await newsOf(lab, anna, `?client=${client}`)).flatMap((line) => line.names)
    expect(names).toEqual(['Иван Лугов', 'Ромашка'])
  })

  test('tells nobody of a record that they may not read, and forgets with the right', async () => {
    const lab = await openLab()
    const { anna } = lab
    const ivan = await lab.join('ivan@romashka.ru')
    const [secret, shared] = [newId(), newId()]
    await anna.write('client', secret, { kind: 'person', name: 'Тайный', managers: [anna.id] })
    await anna.write('client', shared, {
      kind: 'person',
      name: 'Общий',
      managers: [anna.id, ivan.id],
    })
    expect(said(await newsOf(lab, ivan)).flatMap(({ names }) => names)).toEqual(['Общий'])
    expect(JSON.stringify(await newsOf(lab, ivan))).not.toContain('Тайный')
    await anna.write('client', shared, { managers: [anna.id] })
    expect((await newsOf(lab, ivan)).lines).toEqual([])
  })

  test('is one line for what one person loaded in one go, and names a few of it', async () => {
    const lab = await openLab({ clock: () => 1_000_000_000_000 })
    const { anna } = lab
    const load = (from: number, to: number) =>
      anna.push(
        ...Array.from({ length: to - from }, (_, index) => {
          const id = newId()
          const patch = { kind: 'person', name: `Клиент ${from + index}`, managers: [anna.id] }
          return { id, update: anna.make('client', id, patch) }
        }),
      )
    await load(0, 350)
    await load(350, 700)
    const { lines, next } = await newsOf(lab, anna)
    expect(next).toBeNull()
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatchObject({ deed: 'created', count: 700 })
    expect(lines[0]?.records.map(({ name }) => name)).toEqual([
      'Клиент 699',
      'Клиент 698',
      'Клиент 697',
    ])
  })

  test('goes on where a page ended, and shows one person’s part when asked', async () => {
    let now = 1_000_000_000_000
    const lab = await openLab({ clock: () => now })
    const { anna } = lab
    const ivan = await lab.join('ivan@romashka.ru')
    const by = async (who: Person, name: string) => {
      now += oneGo + 1
      await who.write('client', newId(), { kind: 'person', name, managers: [anna.id, who.id] })
    }
    for (let n = 0; n < 30; n++) {
      await by(anna, `А${n}`)
      await by(ivan, `И${n}`)
    }
    const names = ({ lines }: News) => lines.flatMap(({ records }) => records.map((r) => r.name))
    const whole = await newsOf(lab, anna)
    expect(names(whole)).toHaveLength(60)
    const from = whole.lines[10]?.seq
    expect(names(await newsOf(lab, anna, `?before=${from}`))).toEqual(names(whole).slice(11))
    expect(names(await newsOf(lab, anna, `?user=${ivan.id}`))).toEqual(
      names(whole).filter((name) => name.startsWith('И')),
    )
  })

  test('refuses a place that is none', async () => {
    const lab = await openLab()
    const answer = await lab.app.request('/api/history?before=x', { headers: lab.anna.headers })
    expect(answer.status).toBe(400)
    expect((await lab.app.request('/api/history')).status).toBe(401)
  })
})

describe('lines of two pages', () => {
  const line = (seq: number, more: Partial<NewsLine> = {}): NewsLine => ({
    seq,
    user: 'u',
    type: 'client',
    deed: 'created',
    at: seq * 1000,
    since: seq * 1000,
    count: 1,
    records: [{ id: `r${seq}`, name: '' }],
    fields: [],
    ...more,
  })
  test('are joined where the deed goes on', () => {
    expect(joinLines([line(9), line(8, { count: 40 })])).toMatchObject([
      { seq: 9, count: 41, since: 8000, records: [{ id: 'r9' }, { id: 'r8' }] },
    ])
  })
  test.each([
    ['of another person', { user: 'v' }],
    ['of another kind', { deed: 'deleted' as const }],
    ['of long before', { at: 8000 - oneGo, since: 8000 - oneGo }],
  ])('stay two where the older one is %s', (_, more) => {
    expect(joinLines([line(9), line(8, more)])).toHaveLength(2)
  })
  test('stay two where other cards were changed', () => {
    expect(joinLines([line(9, { deed: 'changed' }), line(8, { deed: 'changed' })])).toHaveLength(2)
  })
})
