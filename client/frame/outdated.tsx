/** A newer version has taken the device's data over, in another tab: this page can store nothing more. */
import { useEffect, useRef } from 'preact/hooks'
import { Button } from '../design/index.ts'
import { useReplica } from './app-context.ts'
import styles from './outdated.module.css'
import { t } from './texts.ts'
import { updateNow } from './update.ts'

export const Outdated = () => (useReplica().outdated.value ? <OutdatedDialog /> : null)

/** Over everything and not to be closed: what would be typed behind it could not be kept. */
const OutdatedDialog = () => {
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => ref.current?.showModal(), [])
  return (
    <dialog
      ref={ref}
      class={styles.dialog}
      role="alertdialog"
      aria-labelledby="outdated-title"
      aria-describedby="outdated-text"
      onCancel={(event) => event.preventDefault()}
    >
      <h2 id="outdated-title">{t('outdated.title')}</h2>
      <p id="outdated-text">{t('outdated.text')}</p>
      <Button kind="primary" onClick={updateNow}>
        {t('update.do')}
      </Button>
    </dialog>
  )
}
