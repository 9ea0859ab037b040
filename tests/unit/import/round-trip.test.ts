import { afterEach, describe, expect, it } from 'vitest'
import { exportContacts } from '../../../client/export/export-contacts.ts'
import { guessMapping } from '../../../client/import/mapping.ts'
import { createSession } from '../../../client/import/session.ts'
import { targets } from '../../../client/import/targets.ts'
import { openBase, type ReplicaBase } from '../../../client/replica/tables.ts'
import { createWriter, drawClientId } from '../../../client/replica/writer.ts'
import { writeRecords } from '../../../client/replica/writes.ts'
import { newId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { entryId, tagId } from '../../../shared/records/directory.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import { type Subject, tokensOf } from '../../../shared/rights.ts'

const manager = '00000000-0000-4000-8000-0000000000aa'
const admin: Subject = {
  kind: 'employee',
  id: manager,
  administrator: true,
  tokens: tokensOf({ id: manager, administrator: true }, []),
}
const amount = newId()
const bases: ReplicaBase[] = []
afterEach(async () => {
  for (const base of bases.splice(0)) await base.delete()
})

/** The same directories and fields on both sides. */
const openOne = async () => {
  const base = openBase(`round-trip-${newId()}`)
  bases.push(base)
  await base.open()
  const write = async (type: RecordType, id: string, patch: Patch) => {
    const deps = {
      base,
      writer: createWriter(drawClientId),
      subject: () => admin,
      clock: Date.now,
    }
    const result = await writeRecords(deps, [{ type, id, patch }])
    if (!result.ok) throw new Error(`${result.reason} ${result.field}`)
    return id
  }
  await base.employee.put({
    id: manager,
    type: 'employee',
    name: 'Анна Смирнова',
    email: 'anna@firm.test',
    role: 'employee',
  })
  await write('directory', entryId('heat', 'hot'), { directory: 'heat', name: 'Горячий' })
  await write('directory', entryId('folder', 'a'), { directory: 'folder', name: 'Москва' })
  await write('field', amount, { recordType: 'client', kind: 'number', name: 'Оборот за год' })
  return { base, write }
}

const part = (order: string, value: string, kind?: string) => ({
  value,
  order,
  ...(kind && { kind }),
})
const listOf = (...parts: object[]) => Object.fromEntries(parts.map((each) => [newId(), each]))

const contentOf = async (base: ReplicaBase) => {
  const withoutIds = (list: readonly object[]) =>
    list
      .map((each) => ({ ...each, id: 0, order: '' }))
      .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)))
  const [clients, persons] = await Promise.all([base.client.toArray(), base.person.toArray()])
  const segments = (await base.clientSegment.toArray()).filter(({ filter }) => filter === undefined)
  const nameOf = new Map([...clients, ...segments].map(({ id, name }) => [id, name]))
  return {
    clients: clients
      .map(
        ({
          name,
          kind,
          fullName,
          inn,
          kpp,
          ogrn,
          relation,
          managers,
          open,
          note,
          tags,
          heat,
          folder,
          custom,
          ...rest
        }) => ({
          ...{
            name,
            kind,
            fullName,
            inn,
            kpp,
            ogrn,
            relation,
            managers,
            open,
            note,
            tags,
            heat,
            folder,
            custom,
          },
          phones: withoutIds(rest.phones),
          emails: withoutIds(rest.emails),
          addresses: withoutIds(rest.addresses),
          links: withoutIds(rest.links),
          segments: rest.segments?.flatMap((id) => nameOf.get(id) ?? []).sort(),
        }),
      )
      .sort((a, b) => a.name.localeCompare(b.name)),
    persons: persons
      .map(({ name, client, position, phones, emails }) => ({
        ...{ name, position, client: nameOf.get(client ?? '') },
        phones: withoutIds(phones),
        emails: withoutIds(emails),
      }))
      .sort((a, b) => a.name.localeCompare(b.name)),
  }
}

describe('export and import', () => {
  it('know every field by the same name', () => {
    for (const language of ['ru', 'en'] as const)
      for (const [target, label] of Object.entries(targets)) {
        // The parts of a person's name make a table one of persons, where other rules hold.
        if (/^person\.(last|first|middle)$/.test(target)) continue
        expect(guessMapping([label[language]], [], [])).toEqual([target])
      }
  })

  it.each(['csv', 'xlsx'] as const)(
    'give the same clients in an empty base by way of %s',
    async (format) => {
      const from = await openOne()
      const tag = await from.write('directory', tagId('опт'), { directory: 'tag', name: 'опт' })
      const owner = manager
      const byHand = ['Выставка, осень', 'VIP']
      const segments: string[] = []
      for (const name of byHand)
        segments.push(await from.write('clientSegment', newId(), { name, owner }))
      const rule = { join: 'all', of: [{ field: 'inn', op: 'filled' }] }
      // Into one that a rule makes nobody is put; an id of it on a card means nothing.
      const ruled = await from.write('clientSegment', newId(), {
        name: 'С ИНН',
        owner,
        filter: rule,
      })
      const firm = await from.write('client', newId(), {
        kind: 'organisation',
        name: '=HYPERLINK("http://x.test"); ООО «Ромашка»',
        fullName: 'Общество с ограниченной ответственностью «Ромашка»',
        inn: '7707083893',
        kpp: '077601001',
        ogrn: '1027700132195',
        relation: 'buyer',
        managers: [manager],
        open: 'read',
        tags: [tag],
        segments: [...segments, ruled],
        heat: entryId('heat', 'hot'),
        folder: entryId('folder', 'a'),
        custom: { [amount]: 1250000.5 },
        phones: listOf(
          part('a0', '+74951234567', 'work'),
          part('a1', '+74951234568 доб. 12', 'work'),
          part('a2', '+79161234567', 'mobile'),
          part('a3', '1234', 'other'),
        ),
        emails: listOf(
          part('a0', 'info@romashka.test', 'work'),
          part('a1', 'me@romashka.test', 'personal'),
        ),
        addresses: listOf(
          part('a0', '119019, Москва, ул. Ленина, 5; вход со двора', 'legal'),
          part('a1', 'Москва, Арбат, 1', 'delivery'),
          part('a2', 'Москва, Арбат, 2', 'delivery'),
        ),
        links: listOf(part('a0', 'https://romashka.test/?a=1;b=2'), part('a1', 't.me/romashka')),
        note: 'Первая строка\n-2+3 вторая; «кавычки» "и такие"',
      })
      for (const [n, name] of ['Щукин Олег Игоревич', 'Белова Анна'].entries())
        await from.write('person', newId(), {
          name,
          client: firm,
          position: 'Директор',
          managers: [manager],
          open: 'read',
          phones: listOf(
            part('a0', `+7903111000${n}`, 'mobile'),
            part('a1', `+7903222000${n}`, 'home'),
          ),
          emails: listOf(part('a0', `p${n}@romashka.test`, 'work')),
        })
      await from.write('client', newId(), {
        kind: 'person',
        name: 'Ёжикова Юлия',
        managers: [manager],
        open: 'closed',
        segments: segments.slice(1),
      })
      await from.write('client', newId(), {
        kind: 'entrepreneur',
        name: 'ИП Сидоров',
        inn: '500100732259',
        managers: [manager],
        open: 'write',
      })

      const ids = await from.base.client.toCollection().primaryKeys()
      const file = await exportContacts(from.base, 'client', ids, admin, 'ru', format)
      expect(file).toMatchObject({ count: 3, withheld: 0 })
      if (format === 'csv') expect(await file.blob.text()).toContain(`"'=HYPERLINK(""http`)

      const to = await openOne()
      const session = createSession({ base: to.base, clock: Date.now, onProgress: () => {} })
      const read = await session.read(file.blob, {}, 'Столбец')
      if (!read.ok) throw new Error(read.reason)
      expect(read.value.mapping).not.toContain(null)
      const end = await session.load(
        {
          mapping: read.value.mapping,
          kind: 'auto',
          mode: 'fill',
          withMistakes: false,
          defaults: { managers: [], tags: [] },
          stamp: { id: newId(), at: Date.now() },
          by: manager,
          self: null,
        },
        admin,
      )
      expect(end).toMatchObject({ kind: 'done', failed: [] })
      expect(await contentOf(to.base)).toEqual(await contentOf(from.base))
      const made = await to.base.clientSegment.toArray()
      expect(made.map(({ name }) => name).sort()).toEqual([...byHand].sort())
    },
  )
})
