import { CloudDownload } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { EmptyState } from '../design/index.ts'
import { useLive } from '../replica/index.ts'
import { useReplica } from './app-context.ts'
import { t } from './texts.ts'

interface WhenCompleteProps {
  /** Asks the base whether it is really not there. */
  isMissing: () => Promise<boolean>
  /** A line of a card, and no whole list: it says so in a line, too. */
  small?: boolean
  /** Says that it is not there. */
  children: ComponentChildren
}

/**
 * Around what says that something is not there: as long as the device does not hold everything, it
 * may only be on its way, and «клиентов пока нет» would frighten. The base is asked after it said
 * that it is complete, since the answer that a list has may be older.
 */
export const WhenComplete = ({ isMissing, small = false, children }: WhenCompleteProps) => {
  const replica = useReplica()
  const missing = useLive(
    async () => (await replica.base.meta.get('complete')) === true && (await isMissing()),
    [replica],
    null,
  ).value
  if (missing === null) return null
  if (missing) return <>{children}</>
  if (small) return <p class="meta">{t('sync.part')}</p>
  const which = replica.status.value.restoring ? 'restoring' : 'first'
  return (
    <EmptyState
      icon={CloudDownload}
      title={t(`sync.${which}Title`)}
      text={t(`sync.${which}Text`)}
    />
  )
}
