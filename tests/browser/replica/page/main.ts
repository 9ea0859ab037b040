/** The replica without screens: what a test asks of it stands in `window.lab`. */
import {
  liveSignal,
  newestMessages,
  openReplica,
  type Replica,
} from '../../../../client/replica/index.ts'
import type { LiveRecord } from '../../../../client/replica/live.ts'
import { api, createSessionStore } from '../../../../client/session/index.ts'
import { newId } from '../../../../shared/ids.ts'
import type { RecordType } from '../../../../shared/records/index.ts'

const store = createSessionStore()

const lab = {
  api,
  newId,
  liveSignal,
  store,
  /** Set by `open`. */
  get replica(): Replica {
    if (!replica) throw new Error('The replica is not open')
    return replica
  },
  get live(): LiveRecord {
    if (!live) throw new Error('No record is open')
    return live
  },
  newestMessages: (dialog: string) => newestMessages(lab.replica.base, dialog, 100),
  /** Opens the replica of the remembered session; false where nobody is signed in. */
  async open(): Promise<boolean> {
    if (!store.session.value) return false
    replica = await openReplica(store.session.value)
    await replica.prepareWriting()
    return true
  },
  /** Opens it with nothing fetched ahead. */
  async openUnprepared(): Promise<void> {
    if (store.session.value) replica = await openReplica(store.session.value)
  },
  async openLive(type: RecordType, id: string): Promise<void> {
    const result = await lab.replica.openLive(type, id)
    if (!result.ok) throw new Error(result.reason)
    live = result.value
  },
}

let replica: Replica | null = null
let live: LiveRecord | null = null

export type Lab = typeof lab

declare global {
  interface Window {
    lab: Lab
  }
}
window.lab = lab
