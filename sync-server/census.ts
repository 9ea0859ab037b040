/**
 * A walk through all records of a workspace, for `/metrics`: what they weigh, and how many page
 * loads have written into them. A state names every Yjs client id that ever wrote into it, so the
 * largest state vector says whether some record is edited without end.
 */
import * as Y from 'yjs'
import type { Clock } from '../shared/clock.ts'
import type { CensusStore } from './store/store.ts'

export interface CensusOfType {
  documents: number
  bytes: number
  /** Of the largest state. */
  largestBytes: number
  vectorEntries: number
  /** Of the state with the most. */
  mostVectorEntries: number
}

export interface Census {
  /** When it was finished, ms. */
  at: number
  byType: Map<string, CensusOfType>
  historyRows: number
}

/** Records read at a time. With months of letters, some 10 KB each, it takes a millisecond or two. */
const page = 100
/** History entries counted at a time: some milliseconds of reading. */
const historyPage = 10_000

/**
 * `breathe` lets others work between two pages: commits must not wait for a count. It says whether
 * to go on; null is returned where it was not.
 */
export const takeCensus = async (
  store: CensusStore,
  clock: Clock,
  breathe: () => Promise<boolean>,
): Promise<Census | null> => {
  const byType = new Map<string, CensusOfType>()
  for (let after = ''; ; ) {
    const states = await store.statesAfter(after, page)
    for (const { type, state } of states) count(byType, type, state)
    const last = states.at(-1)
    if (!last) break
    after = last.id
    if (!(await breathe())) return null
  }
  let historyRows = 0
  const newest = await store.seq()
  for (let from = 0; from < newest; from += historyPage) {
    historyRows += await store.historyRows(from, Math.min(newest, from + historyPage))
    if (!(await breathe())) return null
  }
  return { at: clock(), byType, historyRows }
}

const count = (byType: Map<string, CensusOfType>, type: string, state: Uint8Array): void => {
  const known = byType.get(type) ?? {
    documents: 0,
    bytes: 0,
    largestBytes: 0,
    vectorEntries: 0,
    mostVectorEntries: 0,
  }
  const entries = Y.decodeStateVector(Y.encodeStateVectorFromUpdate(state)).size
  byType.set(type, {
    documents: known.documents + 1,
    bytes: known.bytes + state.length,
    largestBytes: Math.max(known.largestBytes, state.length),
    vectorEntries: known.vectorEntries + entries,
    mostVectorEntries: Math.max(known.mostVectorEntries, entries),
  })
}
