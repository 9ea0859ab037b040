/** Files on their way into a draft: fingers are faster than the reading of it and the keeping of them. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { FileRef } from '../../../shared/records/segment.ts'
import type { Replica } from '../../replica/index.ts'
import { addFiles } from './attachments.tsx'

export interface Attaching {
  /** The draft is read: what was added before would have given way to it. */
  open(): void
  add(files: File[]): Promise<void>
  /** Resolves when all that was added until now is taken in: whoever sends waits for it. */
  settled(): Promise<void>
}

/** Takes files in one after another, so that none of them puts an older list in the place of a newer. */
export const startAttaching = (take: (files: File[]) => Promise<void>): Attaching => {
  let open = () => {}
  let line = new Promise<void>((resolve) => {
    open = resolve
  })
  return {
    open: () => open(),
    add: (files) => {
      const taken = line.then(() => take(files))
      // One that cannot be taken in keeps nobody from sending the others; who added it hears of it.
      line = taken.catch(() => undefined)
      return taken
    },
    settled: () => line,
  }
}

interface DraftOfFiles {
  loaded: boolean
  latest: () => { files: FileRef[] }
}

/** @param onFiles Puts them into the draft. */
export const useAttaching = (
  replica: Replica,
  { loaded, latest }: DraftOfFiles,
  onFiles: (files: FileRef[]) => void,
): Attaching => {
  /** Of the last rendering: the draft may have been read since the line was begun. */
  const now = useRef({ latest, onFiles })
  now.current = { latest, onFiles }
  const [attaching] = useState(() =>
    startAttaching(async (added) => {
      const kept = await addFiles(replica, now.current.latest().files, added)
      // One may have taken others away meanwhile.
      now.current.onFiles([...now.current.latest().files, ...kept])
    }),
  )
  useEffect(() => {
    if (loaded) attaching.open()
  }, [attaching, loaded])
  return attaching
}
