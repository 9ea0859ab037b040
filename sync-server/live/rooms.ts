/** Live rooms; see `room.ts`. One room for each record that is open somewhere. */
import type { Clock } from '../../shared/clock.ts'
import type { Reason } from '../../shared/reasons.ts'
import type { Subject } from '../../shared/rights.ts'
import type { LoadedDocument } from '../commit/documents.ts'
import type { Committed } from '../commit/judgement.ts'
import type { Pipeline } from '../commit/pipeline.ts'
import type { StreamOwner } from '../feed/hub.ts'
import { type LiveSocket, type Room, room, type Visitor } from './room.ts'

export interface Rooms {
  enter(socket: LiveSocket, visitor: Visitor, document: LoadedDocument): Room
  leave(socket: LiveSocket, recordId: string): void
  /** Passes committed changes to the rooms of their records. */
  take(changes: Committed[]): void
  end(reason: Reason, filter: (owner: StreamOwner) => boolean): void
  /** Closes the rooms of these records. */
  endRecords(reason: Reason, ids: string[]): void
  /** Puts out those who may no longer read what they have open. */
  checkRights(): void
  /** Breaks the silence of all rooms. */
  beat(): void
  size(): number
}

export interface RoomsDeps {
  pipeline: Pipeline
  subjectOf: (user: string) => Subject | null
  clock: Clock
}

/** Types of the records that rights come from. */
const deciding: ReadonlySet<string> = new Set([
  'account',
  'department',
  'employee',
  'field',
  'role',
  'substitution',
])

export const rooms = (deps: RoomsDeps): Rooms => {
  const byRecord = new Map<string, Room>()
  return {
    enter: (socket, visitor, document) => {
      let found = byRecord.get(document.id)
      if (!found) {
        found = room(document, deps)
        byRecord.set(document.id, found)
      }
      found.enter(socket, visitor, document)
      return found
    },
    leave: (socket, recordId) => {
      const found = byRecord.get(recordId)
      if (!found) return
      found.leave(socket)
      if (!found.isEmpty()) return
      found.close()
      byRecord.delete(recordId)
    },
    take: (changes) => {
      for (const change of changes) byRecord.get(change.id)?.take(change)
      // They may have changed what others may read.
      if (changes.some(({ type }) => deciding.has(type)))
        for (const one of byRecord.values()) one.checkRights()
    },
    end: (reason, filter) => {
      for (const one of byRecord.values()) one.end(reason, filter)
    },
    endRecords: (reason, ids) => {
      for (const id of ids) byRecord.get(id)?.end(reason, () => true)
    },
    checkRights: () => {
      for (const one of byRecord.values()) one.checkRights()
    },
    beat: () => {
      for (const one of byRecord.values()) one.beat()
    },
    size: () => byRecord.size,
  }
}
