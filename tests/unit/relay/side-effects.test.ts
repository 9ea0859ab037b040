/** Claims of side effects: one worker at a time, once in all, and the next one is told to look first. */
import { expect, test } from 'vitest'
import { claimEffect, endEffect } from '../../../sync-server/connector/effects.ts'
import { openSqlite } from '../../../sync-server/store/sqlite.ts'

const ttl = 1_000
const first = { holder: 'first', ttl }
const second = { holder: 'second', ttl }
const storeOfEffects = () => openSqlite(':memory:').of('workspace')

test('an effect that somebody has begun is nobody else’s until the time of the claim is over', async () => {
  const store = storeOfEffects()
  expect(await claimEffect(store, 'greet', first, 0)).toEqual({ state: 'yours', again: false })
  expect(await claimEffect(store, 'greet', second, ttl - 1)).toEqual({ state: 'taken' })
  expect(await claimEffect(store, 'greet', second, ttl + 1)).toEqual({
    state: 'yours',
    again: true,
  })
})

test('an effect that is done is never claimed again, and the first outcome stands', async () => {
  const store = storeOfEffects()
  await claimEffect(store, 'greet', first, 0)
  expect(await endEffect(store, 'greet', 'first', 'sent')).toBe('sent')
  expect(await endEffect(store, 'greet', 'second', 'sent twice')).toBe('sent')
  const done = { state: 'done', outcome: 'sent' }
  expect(await claimEffect(store, 'greet', second, ttl + 1)).toEqual(done)
})
