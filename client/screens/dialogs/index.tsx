/** Диалоги: list · conversation · context; on a phone one at a time. */
import { MessagesSquare } from 'lucide-preact'
import { classNames, EmptyState } from '../../design/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { lazy } from '../../frame/lazy.tsx'
import styles from './dialogs.module.css'
import { DialogList } from './list.tsx'
import { t } from './list-texts.ts'

// No part of the first screen, which is the list.
const OpenDialog = lazy(async () => (await import('./open-dialog.tsx')).OpenDialog)

export const DialogsScreen = ({ params }: { params: { id?: string } }) => {
  const replica = useReplica()
  const { id } = params
  return (
    <div class={classNames(styles.screen, id && styles.opened)}>
      <div class={styles.listPane}>
        <DialogList replica={replica} open={id} />
      </div>
      {id ? (
        <OpenDialog key={id} id={id} replica={replica} back="/dialogs" />
      ) : (
        <div class={styles.none}>
          <EmptyState
            icon={MessagesSquare}
            title={t('dialogs.choose.title')}
            text={t('dialogs.choose.text')}
          />
        </div>
      )}
    </div>
  )
}
