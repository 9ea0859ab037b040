/** What other mail programs do with letters that are in Interes already. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FolderCursor } from '../../../connectors/mail/sync-plan.ts'
import { until } from '../../lab/processes.ts'
import { shortest } from '../../lab/shortest.ts'
import { startWorld, type World } from './world.ts'

describe('a mailbox that is used in another program too', () => {
  let world: World
  let account: string

  beforeAll(async () => {
    world = await startWorld()
    await deliver('history')
    await deliver('read before')
    await world.lab.letter(sales(), ({ parsed }) => parsed.subject === 'read before')
    await read('read before')
    account = await world.connect(sales())
  })
  afterAll(() => world?.stop())

  const sales = () => world.lab.users.sales
  const idOf = (subject: string) => `<${subject.replaceAll(' ', '-')}@client.test>`
  const deliver = (subject: string) =>
    world.lab.deliver(
      `From: client@client.test\r\nTo: sales@romashka.test\r\nSubject: ${subject}\r\nMessage-ID: ${idOf(subject)}\r\n\r\nhi`,
      sales().address,
      'client@client.test',
    )
  const taken = (subject: string) => world.message(({ messageId }) => messageId === idOf(subject))
  /** As another program: does something to a letter of a folder. */
  const inFolder = <T>(
    path: string,
    subject: string,
    act: (client: Parameters<Parameters<typeof world.lab.asUser>[1]>[0], uid: string) => Promise<T>,
  ) =>
    world.lab.asUser(sales(), async (client) => {
      await client.mailboxOpen(path)
      const uids = await client.search({ header: { 'message-id': idOf(subject) } }, { uid: true })
      const [uid] = uids || []
      if (uid === undefined) throw new Error(`${subject} is not in ${path}`)
      return await act(client, String(uid))
    })
  const read = (subject: string) =>
    inFolder('INBOX', subject, (client, uid) =>
      client.messageFlagsAdd(uid, ['\\Seen'], { uid: true }),
    )
  const move = (subject: string, from: string, to: string) =>
    inFolder(from, subject, (client, uid) => client.messageMove(uid, to, { uid: true }))
  const expunge = (subject: string) =>
    inFolder('INBOX', subject, (client, uid) => client.messageDelete(uid, { uid: true }))

  const seenAt = async (subject: string) => {
    const { dialog } = await taken(subject)
    return world.ofType('dialog').find(({ id }) => id === dialog)?.seenAt
  }
  const becomesSeen = async (subject: string) => {
    const { at } = await taken(subject)
    await until(`${subject} is not seen`, async () => (await seenAt(subject)) === at || undefined)
  }
  const liesIn = (subject: string, folder: string) =>
    until(
      () => `${subject} does not lie in ${folder}`,
      async () => (await taken(subject)).folder === folder || undefined,
    )
  const cursor = async (): Promise<Partial<FolderCursor>> => {
    const answer = await fetch(
      `${world.relay.url}/connector/state/${account}/${encodeURIComponent('imap:INBOX')}`,
      { headers: { authorization: `Bearer ${world.relay.token}` } },
    )
    const { value }: { value: Partial<FolderCursor> | null } = await answer.json()
    return value ?? {}
  }

  it('shows as seen what was read before the connection, and nothing else', async () => {
    await becomesSeen('read before')
    expect(await seenAt('history')).toBeUndefined()
  })

  it('marks a dialog seen in under two seconds when its letter is read there', async () => {
    const before = BigInt((await cursor()).modseq ?? 0)
    const taking = await shortest(2000, async (attempt) => {
      const subject = `watched ${attempt}`
      await deliver(subject)
      await taken(subject)
      expect(await seenAt(subject)).toBeUndefined()
      const started = performance.now()
      await read(subject)
      await becomesSeen(subject)
      return performance.now() - started
    })
    expect(taking).toBeLessThan(2000)
    await until(
      'the cursor does not move on',
      async () => BigInt((await cursor()).modseq ?? 0) > before || undefined,
    )
  })

  it('never takes "seen" back', async () => {
    const { at } = await taken('watched 1')
    await inFolder('INBOX', 'watched 1', (client, uid) =>
      client.messageFlagsRemove(uid, ['\\Seen'], { uid: true }),
    )
    await deliver('after unseen')
    await taken('after unseen')
    expect(await seenAt('watched 1')).toBe(at)
  })

  it('follows a letter to another folder that is kept, and back', async () => {
    await move('watched 1', 'INBOX', 'Sent')
    await liesIn('watched 1', 'Sent')
    await move('watched 1', 'Sent', 'INBOX')
    await liesIn('watched 1', 'INBOX')
    expect(
      world.messages().filter(({ messageId }) => messageId === idOf('watched 1')),
    ).toHaveLength(1)
  })

  it('follows a letter that was copied first and deleted later', async () => {
    await deliver('copied')
    await taken('copied')
    await inFolder('INBOX', 'copied', (client, uid) =>
      client.messageCopy(uid, 'Sent', { uid: true }),
    )
    await world.connectors.restart()
    await deliver('after the copy')
    await taken('after the copy')
    expect((await taken('copied')).folder).toBe('INBOX')
    await expunge('copied')
    await liesIn('copied', 'Sent')
  })

  it('keeps a letter that was deleted there, or moved to where nothing is kept', async () => {
    await deliver('deleted')
    await deliver('archived')
    await taken('deleted')
    await taken('archived')
    await expunge('deleted')
    await move('archived', 'INBOX', 'Trash')
    await deliver('after deleting')
    await taken('after deleting')
    expect(await taken('deleted')).toMatchObject({ folder: 'INBOX', text: 'hi' })
    expect(await taken('archived')).toMatchObject({ folder: 'INBOX', text: 'hi' })
  })

  it('catches up with all of it after the connector was away', async () => {
    const subjects = ['read meanwhile', 'moved meanwhile', 'deleted meanwhile']
    for (const subject of subjects) await deliver(subject)
    for (const subject of subjects) await taken(subject)
    await world.connectors.kill9()
    await read('read meanwhile')
    await move('moved meanwhile', 'INBOX', 'Sent')
    await expunge('deleted meanwhile')
    await deliver('came and was read')
    await world.lab.letter(sales(), ({ parsed }) => parsed.subject === 'came and was read')
    await read('came and was read')
    await world.connectors.restart()
    await becomesSeen('came and was read')
    await becomesSeen('read meanwhile')
    await liesIn('moved meanwhile', 'Sent')
    expect((await taken('deleted meanwhile')).text).toBe('hi')
    expect(await seenAt('deleted meanwhile')).toBeUndefined()
  })
})
