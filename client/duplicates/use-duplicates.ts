/** The search for duplicates as a screen sees it. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { MatchField } from '../../shared/duplicates/keys.ts'
import type { MergedType } from '../../shared/duplicates/merge.ts'
import type { Replica } from '../replica/index.ts'
import type { Answer, Ask } from './messages.ts'

export type SearchState =
  | { kind: 'indexing'; done: number; total: number }
  | { kind: 'failed' }
  | Extract<Answer, { kind: 'found' }>

/**
 * Searches when the kind of records or the fields change; what was read of the records is kept until
 * `refresh` (F242).
 */
export const useDuplicates = (
  replica: Replica,
  table: MergedType,
  fields: readonly MatchField[],
): { state: SearchState; refresh: () => void } => {
  const [state, setState] = useState<SearchState>({ kind: 'indexing', done: 0, total: 0 })
  const worker = useRef<Worker | null>(null)
  const ask = (kind: Ask['kind']) => {
    const { base, subject } = replica
    const message: Ask = { kind, name: base.name, table, fields, subject: subject.peek() }
    worker.current?.postMessage(message)
  }
  useEffect(() => {
    const made = new Worker(new URL('./worker.ts', import.meta.url), {
      type: 'module',
      name: 'duplicates',
    })
    made.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      if (data.kind === 'progress') setState({ ...data, kind: 'indexing' })
      else if (data.kind === 'found') setState(data)
      else {
        console.warn('The search for duplicates failed', data.message)
        setState({ kind: 'failed' })
      }
    })
    worker.current = made
    return () => made.terminate()
  }, [replica])
  useEffect(() => ask('search'), [replica, table, fields.join()])
  const refresh = () => {
    setState({ kind: 'indexing', done: 0, total: 0 })
    ask('index')
  }
  return { state, refresh }
}
