/** Archives of the whole company that administrators have the relay make (F47). */
import * as v from 'valibot'

export const newArchive = v.object({ language: v.picklist(['ru', 'en']) })
export type NewArchive = v.InferOutput<typeof newArchive>

export interface ArchiveInfo {
  id: string
  /** The administrator who asked: it holds what they may read, and they alone get it. */
  by: string
  /** When it was asked for, ms. */
  at: number
  state: 'running' | 'ready' | 'failed'
  /** Records written so far. */
  records: number
  /** Of one that is ready. */
  ready?: {
    bytes: number
    files: number
    /** Files that records name and that are not on the relay's disk. */
    missing: number
    /** From then on it is gone, ms. */
    until: number
    /** When it was fetched, ms. */
    fetched: number[]
  }
}

export interface ArchiveList {
  archives: ArchiveInfo[]
}
