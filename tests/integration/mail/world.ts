/** A company with a mailbox: real mail servers, the real relay, the real connectors. */

import { monthOf, newId, segmentId } from '../../../shared/ids.ts'
import type { NewAccount } from '../../../shared/protocol/api.ts'
import type { AppealRow } from '../../../shared/records/appeal.ts'
import { change, type Patch } from '../../../shared/records/change.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import type { RecordType, RowsByType } from '../../../shared/records/index.ts'
import type { Message, MessageEntry } from '../../../shared/records/segment.ts'
import { type NodeDevice, setUp } from '../../lab/device.ts'
import { type MailLab, startMailLab } from '../../lab/mail.ts'
import { until } from '../../lab/processes.ts'
import { type Relay, type Service, startConnectors, startRelay } from '../../lab/relay.ts'

export interface World {
  lab: MailLab
  relay: Relay
  connectors: Service
  device: NodeDevice
  /** What a device holds: rows by id, kept up by the feed, and when each came. */
  rows: Map<string, Row>
  ofType<T extends RecordType>(type: T): RowsByType[T][]
  messages(): (MessageEntry & { segment: string; dialog: string })[]
  /** Waits for a message at the device. */
  message(
    fits: (message: MessageEntry) => boolean,
  ): Promise<MessageEntry & { segment: string; dialog: string }>
  write(type: RecordType, id: string, patch: Patch): Promise<void>
  /** Connects a mailbox through the form's door. */
  connect(form: Partial<NewAccount> & { address: string; password: string }): Promise<string>
  /** Writes a queued message into a dialog, as a device does. Returns its key. */
  reply(dialog: string, account: string, message: Partial<Message>): Promise<string>
  /** One more connector process beside the first. */
  secondConnectors(): Promise<Service>
  stop(): Promise<void>
}

/** Servers of the laboratory; the account form takes them as typed by hand. */
export const labConnection = (
  lab: MailLab,
  user: string,
): NonNullable<NewAccount['connection']> => ({
  imap: { host: 'localhost', port: lab.imap.port, security: 'tls', user },
  smtp: { host: 'localhost', port: lab.smtp.submissionPort, security: 'starttls', user },
})

export const appealOf = (world: World, dialog: string): AppealRow | undefined =>
  world.ofType('appeal').find((row) => row.dialog === dialog)

export const startWorld = async (env: Record<string, string> = {}): Promise<World> => {
  const lab = await startMailLab()
  const relay = await startRelay()
  const device = await setUp(relay.url)
  const more = () =>
    startConnectors({
      relay,
      env: { NODE_EXTRA_CA_CERTS: lab.cert, CONNECTOR_LEASE_MS: '3000', ...env },
    })
  const connectors = await more()
  const rows = new Map<string, Row>()
  const stopping = new AbortController()
  let writer = Math.floor(Math.random() * 2 ** 31)

  const follow = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      try {
        for await (const frame of device.feed({ head: 0, below: 0 }, stopping.signal)) {
          if (frame.kind !== 'records' && frame.kind !== 'changes') continue
          for (const { id, row } of frame.entries) {
            const old = rows.get(id)
            // In changes a segment's row holds only the messages that changed.
            const merged = new Map(
              [...messagesOf(old), ...messagesOf(row)].map((message) => [message.key, message]),
            )
            rows.set(id, row.type === 'segment' ? { ...row, messages: [...merged.values()] } : row)
          }
        }
      } catch {
        // The relay was killed by the test: the feed is opened anew.
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    }
  }
  const following = follow()

  const ofType = <T extends RecordType>(type: T): RowsByType[T][] =>
    [...rows.values()].filter((row) => row.type === type) as Row[] as RowsByType[T][] // of this type
  const messages: World['messages'] = () =>
    ofType('segment').flatMap((row) =>
      row.messages.map((message) => ({ ...message, segment: row.id, dialog: row.dialog })),
    )

  const write: World['write'] = async (type, id, patch) => {
    // A record that this device did not make is changed on the state that the feed brings first.
    const state = await stateOf(device, id)
    const changed = change(type, id, state, patch, writer)
    if (!changed.ok || changed.value.update === null)
      throw new Error(`no change: ${JSON.stringify(changed)}`)
    const update = changed.value.update
    const answer = await device.push([{ n: 1, id, type, at: Date.now(), update }])
    if (!answer.outcomes[0]?.ok) throw new Error(JSON.stringify(answer.outcomes))
    writer += 1
  }

  return {
    lab,
    relay,
    connectors,
    secondConnectors: more,
    device,
    rows,
    ofType,
    messages,
    message: (fits) => until('no such message at the device', async () => messages().find(fits)),
    write,
    async connect(form) {
      const account: NewAccount = {
        channel: 'mail',
        name: 'ООО «Ромашка»',
        receive: true,
        send: true,
        access: 'all',
        appealSource: true,
        connection: labConnection(lab, form.address),
        ...form,
      }
      const { id } = await device.post<{ id: string }>('/api/accounts', account)
      await until('the account is not connected', async () => {
        const row = ofType('account').find((each) => each.id === id)
        return row?.health?.state === 'connected' || undefined
      })
      return id
    },
    async reply(dialog, account, message) {
      const at = Date.now()
      const id = segmentId(dialog, at)
      const key = `mail:${newId()}`
      await write('segment', id, {
        ...(rows.has(id) ? {} : { dialog, account, month: monthOf(at) }),
        messages: {
          [key]: {
            at,
            direction: 'out',
            kind: 'letter',
            author: { employee: device.session.user.id, name: device.session.user.name },
            text: '',
            ...message,
          },
        },
        states: { [key]: { status: 'queued', at } },
      })
      return key
    },
    async stop() {
      stopping.abort()
      await following
      await connectors.stop()
      await relay.stop()
      await lab.stop()
    },
  }
}

const messagesOf = (row: Row | undefined): MessageEntry[] =>
  row?.type === 'segment' ? (row.messages as MessageEntry[]) : [] // a segment's row has them

/** The whole document as a fresh device gets it; null where the relay has none. */
const stateOf = async (device: NodeDevice, id: string): Promise<Uint8Array | null> => {
  const stop = new AbortController()
  try {
    for await (const frame of device.feed({ head: 0, below: 0 }, stop.signal)) {
      if (frame.kind === 'caughtUp') return null
      if (frame.kind !== 'records') continue
      const found = frame.entries.find((entry) => entry.id === id)
      if (found) return found.bytes
    }
    return null
  } finally {
    stop.abort()
  }
}
