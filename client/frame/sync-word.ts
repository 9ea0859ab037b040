/** Which quiet word says how syncing goes. */
import type { Status } from '../replica/index.ts'
import { t } from './texts.ts'

export interface SyncWord {
  text: string
  /** `trouble`: the person has to do something. */
  tone: 'quiet' | 'waiting' | 'trouble'
}

/** What needs a person comes first; a refused change is otherwise hidden by every other state. */
export const syncWord = ({ state, waiting, rejected }: Status): SyncWord => {
  switch (state) {
    case 'full':
    case 'signedOut':
    case 'programTooOld':
    case 'revoked':
      return { text: t(`sync.${state}`), tone: 'trouble' }
    case 'saved':
    case 'sending':
    case 'connecting':
    case 'offline':
      if (rejected > 0) return { text: t('sync.rejected', { count: rejected }), tone: 'trouble' }
  }
  switch (state) {
    case 'saved':
    // Nothing waits, so nothing changes for the person once the connection stands.
    case 'connecting':
      return { text: t('sync.saved'), tone: 'quiet' }
    case 'sending':
      return { text: t('sync.sending', { count: waiting }), tone: 'waiting' }
    case 'offline':
      return waiting > 0
        ? { text: t('sync.offlineWaiting', { count: waiting }), tone: 'waiting' }
        : { text: t('sync.offline'), tone: 'waiting' }
  }
}
