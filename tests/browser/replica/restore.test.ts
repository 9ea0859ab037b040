import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { makeBackup } from '../../../sync-server/backup/backup.ts'
import { restoreBackup } from '../../../sync-server/backup/restore.ts'
import { type Device, launchBrowser } from '../../lab/chromium.ts'
import { until } from '../../lab/processes.ts'
import { type Relay, startRelay } from '../../lab/relay.ts'
import {
  invitedDevice,
  rowIs,
  rowOf,
  setUpDevice,
  statusIs,
  write,
  writeAsConnector,
} from './people.ts'
import { type ServedPage, servePage } from './served-page.ts'

/** A phone and a laptop, whose processors other tests use too. */
const patience = 60_000

describe('devices that know more than the backup their relay was restored from', () => {
  let browser: Browser
  let relay: Relay
  let served: ServedPage
  let anna: Device
  let ivan: Device
  let directory: string

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'interes-restore-'))
    relay = await startRelay()
    served = await servePage(relay.url)
    browser = await launchBrowser()
    anna = await setUpDevice(browser, served.url)
    ivan = await invitedDevice(browser, served.url, anna, 'Иван Продавцов')
    await statusIs(ivan, 'saved')
  })

  afterAll(async () => {
    await anna?.close()
    await ivan?.close()
    await browser?.close()
    await served?.close()
    await relay?.stop()
    await rm(directory, { recursive: true, force: true })
  })

  const restoreUnder = async (file: string) => {
    await relay.terminate()
    const restored = await restoreBackup({
      dataDir: relay.dataDir,
      file,
      force: true,
      secretKey: null,
      clock: Date.now,
      newId,
      random32: () => 5,
    })
    expect(restored).toMatchObject({ ok: true })
    await relay.restart()
  }

  /** Has everything come from the relay alone. */
  const emptied = async (device: Device) => {
    await device.page.evaluate(async () => {
      const { name } = window.lab.replica.base
      await window.lab.replica.close()
      await new Promise((resolve) => {
        indexedDB.deleteDatabase(name).onsuccess = resolve
      })
    })
    await device.page.reload()
    await device.page.evaluate(() => window.lab.open())
    await until(
      'the base to be complete',
      async () =>
        (await device.page.evaluate(() => window.lab.replica.status.value.complete)) || undefined,
      patience,
    )
  }

  it('bring it up to date, with what waited to be sent', async () => {
    const [old, fresh, own] = [newId(), newId(), newId()]
    const managers = [await ivan.page.evaluate(() => window.lab.replica.session.user.id)]
    const phones = { a: { value: '+74951234567', kind: 'work', order: 'a0' } }
    const client = { kind: 'organisation', name: 'Ромашка', open: 'write', managers }
    await write(anna, 'client', old, { ...client, phones })
    await rowIs(ivan, 'client', old, (row) => row?.name === 'Ромашка')
    const [account, dialog] = [newId(), newId()]
    const mailbox = { channel: 'mail', name: 'Продажи', address: 's@r.test', access: 'all' }
    await writeAsConnector(relay, 'account', account, mailbox)
    const peer = { address: 'client@client.test' }
    await writeAsConnector(relay, 'dialog', dialog, { account, channel: 'mail', peer })
    await rowIs(ivan, 'dialog', dialog, (row) => row !== undefined)
    const file = join(directory, 'yesterday.tar.gz')
    const made = await makeBackup({
      dataDir: relay.dataDir,
      file,
      secretKey: null,
      clock: Date.now,
    })
    expect(made).toMatchObject({ ok: true })

    // Acknowledged after the backup: an edit with a deletion in it, and a whole client.
    await write(anna, 'client', old, { name: 'Ромашка и партнёры', phones: { a: null } })
    await write(ivan, 'client', fresh, { kind: 'person', name: 'Новый Клиент', managers })
    await rowIs(ivan, 'client', old, (row) => row?.name === 'Ромашка и партнёры')
    const hash = await ivan.page.evaluate(async (id) => {
      const kept = await window.lab.replica.putFile(new Blob(['смета']), 'смета.txt')
      if (!kept.ok) throw new Error(kept.reason)
      const note = { dialog: id, kind: 'note' as const, text: 'Вот', files: [kept.value] }
      const sent = await window.lab.replica.sendMessage(note)
      if (!sent.ok) throw new Error(sent.reason)
      return kept.value.hash
    }, dialog)
    await statusIs(ivan, 'saved')
    await statusIs(anna, 'saved')
    await ivan.offline()
    await statusIs(ivan, 'offline')
    await write(ivan, 'client', fresh, { inn: '500100732259' })
    await write(ivan, 'client', own, { kind: 'person', name: 'Без сети', managers })

    await restoreUnder(file)
    await ivan.online()
    // Both go on with what they had: nothing disappears from the screen meanwhile.
    expect(await rowOf(ivan, 'client', fresh)).toMatchObject({ inn: '500100732259' })
    for (const device of [anna, ivan]) {
      await statusIs(device, 'saved', patience)
      await until(
        'nothing to be missing',
        async () =>
          (await device.page.evaluate(() => window.lab.replica.base.lost.count())) === 0 ||
          undefined,
        patience,
      )
      await expect
        .poll(() => device.page.evaluate(() => window.lab.replica.base.rejected.count()))
        .toBe(0)
    }
    await emptied(ivan)
    await expect
      .poll(() => rowOf(ivan, 'client', old))
      .toMatchObject({ name: 'Ромашка и партнёры', phones: [] })
    await expect
      .poll(() => rowOf(ivan, 'client', fresh))
      .toMatchObject({ name: 'Новый Клиент', inn: '500100732259' })
    await expect.poll(() => rowOf(ivan, 'client', own)).toMatchObject({ name: 'Без сети' })
    const note = () =>
      ivan.page.evaluate(
        async ([id, name]) => {
          const [message] = await window.lab.newestMessages(id)
          const read = await window.lab.replica.readFile(name)
          return { text: message?.text, file: read.ok ? await read.value.text() : read.reason }
        },
        [dialog, hash] as const,
      )
    await expect.poll(note).toEqual({ text: 'Вот', file: 'смета' })

    // And work goes on in the new epoch.
    await write(ivan, 'client', old, { name: 'Ромашка-2' })
    await rowIs(anna, 'client', old, (row) => row?.name === 'Ромашка-2', patience)
    await write(anna, 'client', old, { inn: '7707083893' })
    await rowIs(ivan, 'client', old, (row) => row?.inn === '7707083893', patience)
    expect([...anna.problems, ...ivan.problems]).toEqual([])
  })
})
