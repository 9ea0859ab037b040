/**
 * The classes of clients (F75) as lists, cards and segments have them: worked out in a worker, only
 * while something shows them or asks for them.
 */
import { useEffect, useState } from 'preact/hooks'
import type { FieldInfo } from '../../shared/fields/fields.ts'
import type { Group } from '../../shared/fields/filter.ts'
import type { Replica } from '../replica/index.ts'
import type { ListState } from './list-state.ts'
import type { Classes } from './read-classes.ts'

/** To the worker, once. */
export interface ClassesAsk {
  /** Of the base. */
  name: string
  self: string
}

interface Shared {
  latest: Classes | null
  listeners: Set<(classes: Classes) => void>
  worker: Worker
}

// One worker for all who ask on this page; it goes with the last of them.
const sharedByReplica = new WeakMap<Replica, Shared>()

const openShared = (replica: Replica): Shared => {
  const worker = new Worker(new URL('./classes-worker.ts', import.meta.url), {
    type: 'module',
    name: 'classes',
  })
  const made: Shared = { latest: null, listeners: new Set(), worker }
  worker.addEventListener('message', ({ data }: MessageEvent<Classes>) => {
    made.latest = data
    for (const listener of made.listeners) listener(data)
  })
  const ask: ClassesAsk = { name: replica.base.name, self: replica.session.user.id }
  worker.postMessage(ask)
  return made
}

const followClasses = (replica: Replica, listener: (classes: Classes) => void): (() => void) => {
  const shared = sharedByReplica.get(replica) ?? openShared(replica)
  sharedByReplica.set(replica, shared)
  shared.listeners.add(listener)
  if (shared.latest) listener(shared.latest)
  return () => {
    shared.listeners.delete(listener)
    if (shared.listeners.size > 0) return
    shared.worker.terminate()
    sharedByReplica.delete(replica)
  }
}

/** Null until they are known. */
export const useClasses = (replica: Replica, isWanted: boolean): Classes | null => {
  const [classes, setClasses] = useState<Classes | null>(null)
  useEffect(() => {
    if (isWanted) return followClasses(replica, setClasses)
  }, [replica, isWanted])
  return classes
}

const option = (id: string) => {
  const name = id.toUpperCase()
  return { id, label: { ru: name, en: name }, archived: false }
}

/** The classes as fields of clients, for columns, order and filters. */
export const classFields = (classes: Classes | null): FieldInfo[] => [
  {
    key: 'abc',
    label: { ru: 'Класс ABC', en: 'ABC class' },
    kind: 'oneOf',
    required: false,
    writable: false,
    options: ['a', 'b', 'c'].map(option),
    of: ({ id }) => classes?.get(String(id))?.abc,
  },
  {
    key: 'xyz',
    label: { ru: 'Класс XYZ', en: 'XYZ class' },
    kind: 'oneOf',
    required: false,
    writable: false,
    options: ['x', 'y', 'z'].map(option),
    of: ({ id }) => classes?.get(String(id))?.xyz,
  },
]

const asked = (value: unknown): boolean => /"field":"(abc|xyz)"/.test(JSON.stringify(value))

/** Whether a list shows the classes, sorts or filters by them. */
export const asksForClasses = ({ filter, columns, sort }: ListState): boolean =>
  asked([filter, columns, sort])

/** Whether the rule of some segment asks for them. */
export const rulesAskForClasses = (rules: ReadonlyMap<string, Group>): boolean =>
  asked([...rules.values()])
