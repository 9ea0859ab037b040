/** A record opened to be written together, or that it could not be, which may pass: code to be fetched, a full disk. */
import { useEffect, useState } from 'preact/hooks'
import type { Reason } from '../../../shared/reasons.ts'
import type { LiveRecord, Replica } from '../../replica/index.ts'

/** No reason where the program itself did not come. */
interface Failed {
  reason: Reason | null
}

export const useOpened = (
  replica: Pick<Replica, 'openLive'>,
  table: 'client' | 'person',
  id: string,
): { live: LiveRecord | null; failed: Failed | null; again: () => void } => {
  const [live, setLive] = useState<LiveRecord | null>(null)
  const [failed, setFailed] = useState<Failed | null>(null)
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    let left = false
    let opened: LiveRecord | null = null
    setFailed(null)
    const open = async () => {
      const result = await replica.openLive(table, id)
      if (!result.ok) {
        if (!left) setFailed({ reason: result.reason })
      } else if (left) result.value.close()
      else {
        opened = result.value
        setLive(result.value)
      }
    }
    open().catch((error: unknown) => {
      console.warn('The note could not be opened', error)
      if (!left) setFailed({ reason: null })
    })
    return () => {
      left = true
      opened?.close()
      setLive(null)
    }
  }, [table, id, replica, attempt])
  return { live, failed, again: () => setAttempt((before) => before + 1) }
}
