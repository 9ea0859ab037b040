import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { monthOf, newId, segmentId } from '../../../shared/ids.ts'
import { audienceOf } from '../../../shared/rights.ts'
import { createApp } from '../../../sync-server/app.ts'
import { openSqlite } from '../../../sync-server/store/sqlite.ts'
import { connector, newMailbox, openLab, openTestRelay, person, rowsOf } from './lab.ts'

/** A base as the version before roles over correspondence left it: one audience for all of an account. */
const age = (file: string, mailbox: string) => {
  const db = new Database(file)
  db.prepare(`UPDATE document SET audience = ? WHERE type IN ('dialog', 'appeal', 'segment')`).run(
    `account:${mailbox} service`,
  )
  db.exec(`DELETE FROM lookup WHERE key = 'dialog'; UPDATE workspace SET rules = 0`)
  db.close()
}

it('makes the audiences of an old base anew before anybody is served', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'interes-rules-'))
  onTestFinished(() => rm(directory, { recursive: true, force: true }))
  const file = join(directory, 'relay.sqlite')
  const store = openSqlite(file)
  const lab = await openLab({ store })
  const boris = await lab.join('boris@romashka.ru')
  const vera = await lab.join('vera@romashka.ru')
  const service = connector(lab.app)
  const at = Date.UTC(2026, 10, 21)
  const [mailbox, mine, hers] = [newId(), newId(), newId()]
  await service.write('account', mailbox, newMailbox())
  const [appealOfVera] = [newId()]
  for (const [dialog, responsible] of [
    [mine, boris.id],
    [hers, vera.id],
  ] as const) {
    const peer = { address: 'ivan@zavod.ru' }
    await service.write('dialog', dialog, { account: mailbox, channel: 'mail', peer, responsible })
    await service.write('segment', segmentId(dialog, at), {
      dialog,
      account: mailbox,
      month: monthOf(at),
      messages: {
        'mail:1': { at, direction: 'in', kind: 'letter', author: { address: 'a@b' }, text: 'Да' },
      },
    })
  }
  await service.write('appeal', appealOfVera, {
    account: mailbox,
    channel: 'mail',
    dialog: hers,
    who: { address: 'ivan@zavod.ru' },
    at,
    state: 'new',
    responsible: vera.id,
  })
  // Boris has seen it all, under the rules of before.
  const before = await boris.feed()
  const caughtUp = (await before.until('caughtUp')).at(-1)
  if (caughtUp?.kind !== 'caughtUp') throw new Error('no cursor')
  await before.close()
  await service.hold(
    boris.id,
    (await lab.relay.workspace?.pipeline.read(boris.id))?.state ?? new Uint8Array(),
  )
  await service.write('employee', boris.id, {
    exceptions: { dialog: { read: 'own' }, appeal: { read: 'own' } },
  })
  await lab.relay.workspace?.pipeline.stop()
  await store.close()
  age(file, mailbox)

  const again = openSqlite(file)
  const relay = await openTestRelay({ store: again })
  const app = createApp(relay)
  for (const id of [mine, hers, segmentId(mine, at), segmentId(hers, at), appealOfVera]) {
    const document = await relay.workspace?.pipeline.read(id)
    if (!document) throw new Error(`${id} is gone`)
    expect(document.audience.toSorted()).toEqual(audienceOf(document.row).toSorted())
  }
  const now = rowsOf(await (await person(app, boris.id, boris.cookie).feed()).until('caughtUp'))
  expect([mine, segmentId(mine, at)].every((id) => now.has(id))).toBe(true)
  expect([hers, segmentId(hers, at), appealOfVera].some((id) => now.has(id))).toBe(false)
  // The device of before hears what it may keep no longer.
  const { head, below } = caughtUp.cursor
  const same = person(app, boris.id, boris.cookie, boris.device)
  const frames = await (await same.feed(`head=${head}&below=${below}`)).until('caughtUp')
  const forgotten = new Set(frames.flatMap((frame) => (frame.kind === 'forget' ? frame.ids : [])))
  expect([...forgotten].toSorted()).toEqual([hers, segmentId(hers, at), appealOfVera].toSorted())
  // And once is enough.
  expect(await again.of(relay.workspace?.facts.id ?? '').rules()).toBeGreaterThan(0)
})
