/** The doors of the relay that delivering a letter needs, over memory; each may be told to fail. */
import * as Y from 'yjs'
import type { Relay } from '../../../connectors/host/relay.ts'
import { normaliseEmail } from '../../../shared/emails.ts'
import type { NewQuarantine } from '../../../shared/protocol/api.ts'
import { fail, ok } from '../../../shared/reasons.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import { isRecordType } from '../../../shared/records/index.ts'
import { lookupsOf } from '../../../shared/records/lookups.ts'
import { openDoc, project } from '../../../shared/records/projection.ts'

export interface MemoryRelay extends Relay {
  rows: Map<string, Row>
  files: Map<string, Uint8Array>
  quarantined: NewQuarantine[]
  /** Questions asked so far. */
  asked: () => number
  /** The question with this number fails; with `afterwards` it is done, and only the answer is lost. */
  breakAt: (number: number, afterwards: boolean) => void
  /** Every push is refused with this reason. */
  refuse: (reason: 'invalidValue' | null) => void
  /** Leaves nothing of a record but that it was erased. */
  erase: (id: string, at: number) => void
}

const unused = (): never => {
  throw new Error('not a part of delivering a letter')
}

export const memoryRelay = (): MemoryRelay => {
  const states = new Map<string, Uint8Array>()
  const rows = new Map<string, Row>()
  const files = new Map<string, Uint8Array>()
  const quarantined: NewQuarantine[] = []
  const kept = new Map<string, unknown>()
  const erased = new Map<string, number>()
  let asked = 0
  let broken: { number: number; afterwards: boolean } | null = null
  let refusal: 'invalidValue' | null = null

  const door = async <T>(act: () => T) => {
    asked += 1
    const breaks = broken?.number === asked
    if (breaks && !broken?.afterwards) return fail('unreachable')
    const value = act()
    return breaks ? fail('unreachable') : ok(value)
  }

  return {
    rows,
    files,
    quarantined,
    asked: () => asked,
    breakAt: (number, afterwards) => {
      broken = { number, afterwards }
    },
    refuse: (reason) => {
      refusal = reason
    },
    push: (entries) =>
      door(() => ({
        epoch: 'e',
        outcomes: entries.map(({ n, id, type, update }) => {
          if (refusal) return { n, ok: false as const, reason: refusal }
          if (erased.has(id)) return { n, ok: false as const, reason: 'gone' as const }
          if (!isRecordType(type)) throw new Error(type)
          const old = states.get(id)
          const state = old ? Y.mergeUpdates([old, update]) : update
          const row = project(type, id, openDoc(id, state))
          if (!row.ok) return { n, ok: false as const, reason: row.reason }
          states.set(id, state)
          rows.set(id, row.value)
          return { n, ok: true as const, seq: 1 }
        }),
      })),
    record: (id) =>
      door(() => {
        const row = rows.get(id)
        const state = states.get(id)
        return row && state
          ? { id, type: row.type, seq: 1, row, state: Buffer.from(state).toString('base64') }
          : null
      }),
    lookup: (key, value, account) =>
      door(() =>
        [...rows.values()]
          .filter(
            (row) =>
              isRecordType(row.type) &&
              (account === undefined || row.account === account) &&
              lookupsOf(row).some(
                (each) =>
                  each.key === key &&
                  each.value === (key === 'email' ? normaliseEmail(value) : value),
              ),
          )
          .map(({ id, type, dialog, client }) => ({
            id,
            type,
            ...(typeof dialog === 'string' && { dialog }),
            ...(typeof client === 'string' && { client }),
          })),
      ),
    putFile: (hash, _record, _name, _type, bytes) => door(() => void files.set(hash, bytes)),
    erasedAt: (id) => door(() => erased.get(id) ?? null),
    erase: (id, at) => {
      erased.set(id, at)
      states.delete(id)
      rows.delete(id)
    },
    quarantine: (item) => door(() => void quarantined.push(item)),
    feed: unused,
    lease: unused,
    secret: unused,
    state: (account, key) => door(() => kept.get(`${account} ${key}`) ?? null),
    setState: (account, key, value) =>
      door(() => void kept.set(`${account} ${key}`, structuredClone(value))),
    claimEffect: () => door(() => ({ state: 'yours' as const, again: false })),
    endEffect: (_id, outcome) => door(() => ({ outcome })),
    nextJob: unused,
    finishJob: unused,
    file: unused,
  }
}
