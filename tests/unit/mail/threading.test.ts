import { describe, expect, it } from 'vitest'
import {
  bareSubject,
  capReferences,
  messageIdsOf,
  ownMessageId,
  replyHeaders,
  replySubject,
  threadKeys,
} from '../../../connectors/mail/letter/threading.ts'

describe('message ids', () => {
  it('are read from headers of all manners', () => {
    expect(messageIdsOf('<a@x> <b@x>')).toEqual(['a@x', 'b@x'])
    expect(messageIdsOf('Message of Mon, 2 Mar <a@x>')).toEqual(['a@x'])
    expect(messageIdsOf('<a@\r\n x>')).toEqual(['a@x'])
    expect(messageIdsOf('a@x b@x words')).toEqual(['a@x', 'b@x'])
    expect(messageIdsOf('<a@x><a@x>')).toEqual(['a@x'])
    expect(messageIdsOf(undefined)).toEqual([])
    expect(messageIdsOf(`<${'a'.repeat(2000)}@x>`)).toEqual([])
  })

  it('of thousands of references keep the root and the newest', () => {
    const ids = Array.from({ length: 4000 }, (_, at) => `${at}@x`)
    const kept = capReferences(ids)
    expect(kept).toHaveLength(100)
    expect(kept[0]).toBe('0@x')
    expect(kept.at(-1)).toBe('3999@x')
  })

  it('of ours follow from the message and the account', () => {
    expect(ownMessageId('uuid', 'sales@romashka.test')).toBe('uuid@romashka.test')
  })
})

describe('a thread', () => {
  it('is looked for by the parent first, then back in time', () => {
    expect(threadKeys({ inReplyTo: ['c', 'x'], references: ['a', 'b', 'c'] })).toEqual([
      'c',
      'x',
      'b',
      'a',
    ])
  })

  it('goes on in a reply', () => {
    expect(replyHeaders({ messageId: 'c', references: ['a', 'b'] })).toEqual({
      inReplyTo: 'c',
      references: ['a', 'b', 'c'],
    })
  })

  it('has one subject, whatever stands before it', () => {
    expect(bareSubject('Re: RE[2]: Ответ: Fwd: Прайс')).toBe('Прайс')
    expect(replySubject('Re: Re: Прайс')).toBe('Re: Прайс')
    expect(bareSubject('Регламент')).toBe('Регламент')
  })
})
