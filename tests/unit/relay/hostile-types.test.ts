/** What means harm to one type of record means harm to each: the corpus against all that can be written. */
import { describe, expect, it } from 'vitest'
import { monthOf, newId, segmentId } from '../../../shared/ids.ts'
import type { Reason } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { completenessId } from '../../../shared/records/completeness.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import { layoutId } from '../../../shared/records/layout.ts'
import { numberingId } from '../../../shared/records/numbering.ts'
import { organisationId } from '../../../shared/records/organisation.ts'
import type { Message } from '../../../shared/records/segment.ts'
import {
  clockBomb,
  deleteAll,
  fromClock,
  manyStructs,
  manyWriters,
  nestedValue,
  onUnknown,
  valueUnder,
  valueWithProto,
} from '../../integration/hostile/updates.ts'
import { newMailbox, openLab } from './lab.ts'

/** Records of each type that lets its user write, all of one company. */
const town = (me: string): [RecordType, string, Patch][] => {
  const [account, dialog, client, stage] = [newId(), newId(), newId(), newId()]
  const at = Date.UTC(2026, 10, 22)
  const position = { scenario: newId(), stage, kind: 'open', since: at }
  const author = { employee: me }
  const note: Message = { at, direction: 'out', kind: 'note', author, text: 'Заметка' }
  return [
    ['account', account, newMailbox()],
    ['dialog', dialog, { account, channel: 'mail', peer: { address: 'ivan@zavod.ru' } }],
    [
      'segment',
      segmentId(dialog, at),
      { dialog, account, month: monthOf(at), messages: { 'mail:1': note } },
    ],
    ['client', client, { kind: 'organisation', name: 'Завод', managers: [me] }],
    ['task', newId(), { title: 'Позвонить', kind: 'call', responsible: me }],
    ['interest', newId(), { name: 'Станок', responsible: me, position }],
    ['product', newId(), { name: 'Кресло', article: 'KR-1' }],
    ['contract', newId(), { subject: 'Станок', client, status: 'draft', responsible: me }],
    ['interaction', newId(), { kind: newId(), at, contact: client, contactType: 'client' }],
    [
      'numbering',
      numberingId('contract'),
      {
        recordType: 'contract',
        format: { prefix: 'Д-', first: 1, digits: 4, automatic: true },
      },
    ],
    [
      'scenario',
      newId(),
      {
        name: 'Продажа',
        stages: { [stage]: { name: 'Новый', kind: 'open', probability: 10, order: 'a0' } },
      },
    ],
    ['notice', newId(), { user: me, kind: 'reminder', about: client, aboutType: 'client', at }],
    ['clientSegment', newId(), { name: 'Ключевые', owner: me }],
    ['view', newId(), { recordType: 'client', name: 'Мои', owner: me }],
    ['import', newId(), { name: 'база.csv', by: me, at, state: 'done' }],
    ['completeness', completenessId('client'), { recordType: 'client', controlled: ['inn'] }],
    ['layout', layoutId('client', 'everyone'), { recordType: 'client', scope: 'everyone' }],
    ['department', newId(), { name: 'Продажи' }],
    [
      'template',
      newId(),
      { name: 'Договор', kind: 'document', about: 'contract', body: '# Договор' },
    ],
    ['organisation', organisationId(), { name: 'ООО «Ромашка»' }],
    ['role', newId(), { name: 'Менеджер' }],
    ['field', newId(), { recordType: 'client', kind: 'text', name: 'Скидка' }],
  ]
}

/** With what each is answered whatever it is sent to; null: some reason that the type has for it. */
const attacks: Record<string, { make: (state: Uint8Array) => Uint8Array; reason: Reason | null }> =
  {
    'random bytes': {
      make: () => Uint8Array.from({ length: 500 }, (_, index) => (index * 7919 + 13) % 256),
      reason: 'malformedUpdate',
    },
    'no bytes': { make: () => new Uint8Array(), reason: 'malformedUpdate' },
    'a clock that leaps by 2^50': { make: () => clockBomb(2 ** 50), reason: 'clockJump' },
    'a gap before it': { make: () => fromClock(5), reason: 'causalGap' },
    'words after words that nobody knows': { make: onUnknown, reason: 'causalGap' },
    'values nested a million deep': { make: () => nestedValue(900_000), reason: 'malformedUpdate' },
    'values nested a little too deep': { make: () => nestedValue(30), reason: 'invalidValue' },
    'a field __proto__': { make: () => valueUnder('f', '__proto__', 'x'), reason: 'unknownField' },
    'a field constructor': {
      make: () => valueUnder('f', 'constructor', 'x'),
      reason: 'unknownField',
    },
    'a root __proto__': { make: () => valueUnder('__proto__', 'x', 'x'), reason: 'unknownField' },
    'a value with an own __proto__': { make: valueWithProto, reason: null },
    'a text where no text is': { make: () => valueUnder('f', 'createdAt', 'x'), reason: null },
    '30,000 structs': { make: () => manyStructs(30_000), reason: 'tooLarge' },
    '5,000 writers': { make: () => manyWriters(5_000), reason: 'tooLarge' },
    'the deletion of everything': { make: deleteAll, reason: 'missingRequired' },
  }

describe('the hostile corpus', () => {
  it('changes no record of any type, and is answered with its reason', async () => {
    const { anna, relay } = await openLab()
    const workspace = relay.workspace
    const wrong: string[] = []
    // Made once: the largest take longer to make than to be refused.
    const ready = Object.entries(attacks).map(([name, { make, reason }]) => {
      const made = make === deleteAll ? null : make(new Uint8Array())
      return { name, reason, updateOf: (state: Uint8Array) => made ?? make(state) }
    })
    for (const [type, id, patch] of town(anna.id)) {
      expect(await workspace?.write(type, id, patch), type).toMatchObject({ ok: true })
      const before = (await workspace?.store.documents([id]))?.get(id)
      for (const { name, reason, updateOf } of ready) {
        const update = updateOf(before?.state ?? new Uint8Array())
        const [outcome] = await anna.push({ id, type, update })
        const said = outcome?.ok === false ? outcome.reason : 'accepted'
        const isRight = reason === null ? !['accepted', 'internal'].includes(said) : said === reason
        if (!isRight) wrong.push(`${type}, ${name}: ${said}`)
      }
      expect((await workspace?.store.documents([id]))?.get(id), type).toEqual(before)
    }
    expect(wrong).toEqual([])
  })
})
