import { CloudDownload } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { EmptyState } from '../design/index.ts'
import { useReplica } from './app-context.ts'
import { t } from './texts.ts'

/** ms in which a list has asked again after the last of a first sync: long ones ask at a pace. */
const listsSettle = 1_000

/**
 * Around what says that something is not there: as long as the device does not hold everything, it
 * may only be on its way, and «клиентов пока нет» would frighten.
 */
export const WhenComplete = ({ children }: { children: ComponentChildren }) => {
  const { complete, restoring } = useReplica().status.value
  const [settled, setSettled] = useState(complete)
  useEffect(() => {
    if (!complete) return setSettled(false)
    const timer = setTimeout(() => setSettled(true), listsSettle)
    return () => clearTimeout(timer)
  }, [complete])
  if (complete && settled) return <>{children}</>
  const which = restoring ? 'restoring' : 'first'
  return (
    <EmptyState
      icon={CloudDownload}
      title={t(`sync.${which}Title`)}
      text={t(`sync.${which}Text`)}
    />
  )
}
