import { expect, test } from 'vitest'
import { day } from '../../../shared/clock.ts'
import { openLab } from './lab.ts'

test('what is over is taken away, what is not stays', async () => {
  let now = 1_700_000_000_000
  const { relay, anna, post } = await openLab({ clock: () => now })
  const store = relay.workspace?.store
  if (!store) throw new Error('no workspace')
  await post('/api/invites', { role: 'employee' }, { cookie: anna.cookie })
  const hook = { account: 'a', at: now, method: 'POST', path: '/', headersJson: '{}' }
  await store.addHook({ ...hook, id: 'done', body: new Uint8Array() })
  await store.addHook({ ...hook, id: 'waiting', body: new Uint8Array() })
  await store.hookDone('done', now)
  await store.putSession({ id: 'over', user: anna.id, expiresAt: now + day })
  await store.putSession({ id: 'good', user: anna.id, expiresAt: now + 60 * day })

  now += 8 * day
  await relay.store.tidy(now, now - 7 * day)
  expect(await store.invites()).toEqual([])
  expect(await store.session('over')).toBeNull()
  expect(await store.session('good')).not.toBeNull()
  expect((await store.hooks(null, 10)).map(({ id }) => id)).toEqual(['waiting'])
  // Its id is free again.
  await store.addHook({ ...hook, id: 'done', body: new Uint8Array() })
})
