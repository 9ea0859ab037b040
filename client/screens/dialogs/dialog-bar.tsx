/** What is done with all ticked dialogs at once (F315). */
import { MailOpen, RotateCcw, UserRound, X } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Button, IconButton } from '../../design/index.ts'
import styles from '../../lists/lists.module.css'
import { t as listsTexts } from '../../lists/texts.ts'
import type { Replica } from '../../replica/index.ts'
import { type Act, actOn } from './acts.ts'
import { t } from './acts-texts.ts'
import { AssignDialog } from './assign-dialog.tsx'

interface DialogBarProps {
  replica: Replica
  ticked: readonly string[]
  /** When the newest message of the list came: the clock here may be behind. */
  newest: number
  /** Ticks all that the list has. */
  onAll: () => void
  /** Nothing is ticked any more, and a press on a row opens it. */
  onDone: () => void
}

export const DialogBar = ({ replica, ticked, newest, onAll, onDone }: DialogBarProps) => {
  const [assigning, setAssigning] = useState(false)
  const [progress, setProgress] = useState<{ done: number; count: number } | null>(null)
  const isIdle = progress !== null || ticked.length === 0
  const act = async (made: Act) => {
    setAssigning(false)
    setProgress({ done: 0, count: ticked.length })
    await actOn(replica, ticked, made, (done, count) => setProgress({ done, count }))
    setProgress(null)
    onDone()
  }
  return (
    <div class={styles.groupBar} role="toolbar" aria-label={listsTexts('group.label')}>
      <IconButton icon={X} label={listsTexts('group.none')} onClick={onDone} />
      <span class={styles.groupCount} role="status">
        {progress
          ? listsTexts('group.working', progress)
          : listsTexts('group.count', { count: ticked.length })}
      </span>
      <Button kind="quiet" disabled={progress !== null} onClick={onAll}>
        {listsTexts('group.all')}
      </Button>
      <span class={styles.groupActions}>
        <Button
          icon={MailOpen}
          disabled={isIdle}
          onClick={() => act({ kind: 'read', at: Math.max(Date.now(), newest) })}
        >
          {t('bar.read')}
        </Button>
        <Button icon={UserRound} disabled={isIdle} onClick={() => setAssigning(true)}>
          {t('assign')}
        </Button>
        <Button icon={X} disabled={isIdle} onClick={() => act({ kind: 'close' })}>
          {t('bar.close')}
        </Button>
        <Button icon={RotateCcw} disabled={isIdle} onClick={() => act({ kind: 'reopen' })}>
          {t('reopen')}
        </Button>
      </span>
      {assigning && (
        <AssignDialog
          replica={replica}
          ids={ticked}
          onClose={() => setAssigning(false)}
          onChoose={(to) => act({ kind: 'assign', to })}
        />
      )}
    </div>
  )
}
