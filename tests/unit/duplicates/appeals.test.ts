import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appealsLike, contactsLike } from '../../../client/duplicates/like-appeal.ts'
import { openRecordIndex, search } from '../../../client/duplicates/record-index.ts'
import { openBase, type ReplicaBase, storedRow } from '../../../client/replica/tables.ts'
import { everything } from '../../../client/screens/dialogs/dialog-list.ts'
import { conversationData, dialogPage } from '../../../client/screens/dialogs/dialog-queries.ts'
import { keysOf, matchesOf, matchFields } from '../../../shared/duplicates/keys.ts'
import { isMergeable, mayEdit } from '../../../shared/duplicates/may-merge.ts'
import { mayGoInto } from '../../../shared/duplicates/merge.ts'
import type { AppealRow } from '../../../shared/records/appeal.ts'
import { rights, type Subject, tokensOf } from '../../../shared/rights.ts'

const ids = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
const anna = ids(900)
const account = ids(901)
const subject = (access: 'all' | 'list'): Subject => ({
  kind: 'employee',
  id: anna,
  administrator: false,
  tokens: tokensOf({ id: anna, administrator: false }, [{ id: account, access, users: [] }]),
})
const answering = subject('all')

const appeal = (n: number, name: string, address: string, more: Partial<AppealRow> = {}) =>
  ({
    id: ids(n),
    type: 'appeal',
    account,
    channel: 'mail',
    dialog: ids(100 + n),
    who: { name, address },
    at: n,
    state: 'new',
    merged: [],
    distinct: [],
    ...more,
  }) as AppealRow

const matched = (a: AppealRow, b: AppealRow) =>
  matchesOf(keysOf('appeal', a), keysOf('appeal', b), matchFields.appeal)

describe('appeals are alike', () => {
  const human = appeal(1, 'Аркадий Петрович Лугов', 'a.lugov@teplicy.test')

  it('by the name of a human, whatever the order of its words and the alphabet', () => {
    expect(matched(human, appeal(2, 'Лугов Аркадий', 'b@b.test'))).toEqual(['name'])
    expect(matched(human, appeal(2, 'Arkadiy Lugov', 'b@b.test'))).toEqual(['name'])
    expect(matched(human, appeal(2, 'Лугов Аркадий Семёнович', 'b@b.test'))).toEqual([])
  })

  it('by the name of a firm, whatever its legal form and quotes', () => {
    const firm = appeal(1, 'ООО «Ромашка»', 'info@romashka.test')
    expect(matched(firm, appeal(2, 'Ромашка', 'zakaz@mail.test'))).toEqual(['firm'])
    // The same words in another order are another firm.
    expect(
      matched(appeal(1, 'Дом Ромашка', 'a@a.test'), appeal(2, 'Ромашка Дом', 'b@b.test')),
    ).toEqual(['name'])
  })

  it('by their address, and by phones and e-mails in fields of one’s own', () => {
    const form = appeal(2, 'Без имени', 'form@site.test', {
      custom: { [ids(50)]: 'A.Lugov@Teplicy.test', [ids(51)]: '+79161234567' },
    })
    expect(matched(human, form)).toEqual(['email'])
    const call = appeal(3, 'Звонок', '8 (916) 123-45-67')
    expect(matched(call, form)).toEqual(['phone'])
    expect(matched(call, human)).toEqual([])
  })
})

describe('merging appeals', () => {
  const [main, other] = [appeal(1, 'А', 'a@a.test'), appeal(2, 'Б', 'b@b.test')]
  const part = { id: other.id, at: 1, by: anna, set: {}, order: 'a0' }
  const reason = (before: AppealRow, after: Partial<AppealRow>) =>
    rights(answering, { ...before }, { ...before, ...after })?.reason ?? null

  it('is for who answers in the channel of both, and for appeals that nobody decided', () => {
    expect(isMergeable(answering, other)).toBe(true)
    expect(isMergeable(subject('list'), other)).toBe(false)
    expect(mayEdit(subject('list'), main)).toBe(false)
    const decided = appeal(3, 'В', 'c@c.test', { state: 'rejected', decision: { by: anna, at: 1 } })
    expect(isMergeable(answering, decided)).toBe(false)
    expect(reason(decided, { mergedInto: main.id })).toBe('alreadyDecided')
    expect(reason(decided, { merged: [part] })).toBe('alreadyDecided')
    expect(reason(main, { merged: [part] })).toBeNull()
  })

  it('leaves the duplicate undecided; taken out again, also after the decision, it is decided itself', () => {
    const merged = { ...other, mergedInto: main.id }
    const decision = { state: 'accepted', decision: { by: anna, at: 2 } } as const
    expect(reason(merged, decision)).toBe('mergedMeanwhile')
    expect(reason(merged, { ...decision, mergedInto: undefined })).toBeNull()
    const decided = { ...main, ...decision, merged: [part] }
    expect(reason(decided, { merged: [{ ...part, undoneAt: 3 }] })).toBeNull()
    expect(reason(merged, { mergedInto: ids(7) })).toBe('alreadyDecided')
    expect(reason(other, { mergedInto: other.id })).toBe('invalidValue')
  })

  it('puts one that needs a reason only into one that needs it, too', () => {
    const strict = appeal(3, 'В', 'c@c.test', { reasonRequired: true })
    expect([mayGoInto(strict, main), mayGoInto(main, strict), mayGoInto(strict, strict)]).toEqual([
      false,
      true,
      true,
    ])
  })
})

describe('on a device', () => {
  let base: ReplicaBase
  const [first, second, strict, decided, gone] = [
    appeal(1, 'Аркадий Лугов', 'a.lugov@teplicy.test'),
    appeal(2, 'Лугов Аркадий', 'lugov@mail.test', { mergedInto: ids(1) }),
    appeal(3, 'Лугов Аркадий Петрович', 'petrovich@mail.test', { reasonRequired: true }),
    appeal(4, 'Аркадий Лугов', 'a@old.test', { state: 'rejected' }),
    appeal(5, 'Аркадий Лугов', 'x@y.test', { mergedInto: ids(77) }),
  ]
  const main = { ...first, merged: [{ id: second.id, at: 1, by: anna, set: {}, order: 'a0' }] }

  beforeAll(async () => {
    base = openBase(`appeals-${ids(0)}`)
    await base.open()
    const all = [main, second, strict, decided, gone]
    await base.appeal.bulkPut(all.map((row) => storedRow({ ...row }) as never))
    for (const row of all) {
      const { dialog, who, id } = row
      const talk = { id: dialog, type: 'dialog', account, channel: 'mail', peer: who, appeal: id }
      await base.dialog.put(storedRow(talk) as never)
      await base.segment.put({
        id: `${dialog}-s`,
        type: 'segment',
        dialog,
        lastAt: row.at,
      } as never)
    }
    await base.client.put(
      storedRow({
        id: ids(20),
        type: 'client',
        kind: 'person',
        name: 'Лугов Аркадий',
        emails: [{ id: 'e', order: 'a0', kind: 'work', value: 'a.lugov@teplicy.test' }],
        phones: [],
      }) as never,
    )
  })
  afterAll(() => base.delete())

  it('those that wait for a decision are found, the one that needs a reason first', async () => {
    const index = openRecordIndex(base, 'appeal')
    await index.refresh(() => {})
    expect([...index.records.keys()]).toEqual([first.id, strict.id])
    const { groups } = await search(base, index, ['name', 'phone', 'email'], answering)
    expect(groups).toEqual([{ main: strict.id, duplicates: [{ id: first.id, matched: ['name'] }] }])
    expect((await search(base, index, ['firm'], answering)).groups).toEqual([])
    index.close()
  })

  it('one shows what else is like it, appeals and contacts', async () => {
    expect(await appealsLike(base, main, 3)).toMatchObject([
      { row: { id: strict.id }, matched: ['name'] },
    ])
    expect(await contactsLike(base, main, 3)).toMatchObject([
      { row: { id: ids(20) }, matched: ['name', 'email'] },
    ])
    const apart = { ...main, distinct: [{ id: strict.id, at: 1, by: anna, order: 'a0' }] }
    expect(await appealsLike(base, apart, 3)).toEqual([])
  })

  it('the dialog of either shows the one that is decided; the list has it once', async () => {
    const of = async (row: AppealRow) => {
      const { appeal, together, decidedElsewhere } = await conversationData(base, row.dialog)
      return [appeal?.id, together.map(({ id }) => id), decidedElsewhere]
    }
    expect(await of(first)).toEqual([first.id, [second.id], false])
    expect(await of(second)).toEqual([first.id, [second.id], false])
    expect(await of(strict)).toEqual([strict.id, [], false])
    expect(await of(gone)).toEqual([undefined, [], true])
    const page = await dialogPage(base, { ...everything, newAppeals: true }, new Set(), 10)
    expect(page.entries.map(({ newAppeal }) => newAppeal?.id)).toEqual([strict.id, first.id])
  })
})
