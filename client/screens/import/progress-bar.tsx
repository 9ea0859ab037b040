import styles from './import.module.css'
import { t } from './texts.ts'
import type { Wizard } from './wizard.ts'

/** How far the worker is, in words and as a bar. */
export const ProgressBar = ({ wizard }: { wizard: Wizard }) => {
  const progress = wizard.progress.value
  const words = wordsOf(progress)
  const isCounted = progress !== null && progress.kind !== 'index'
  return (
    <div class={styles.progress}>
      <p role="status">{words}</p>
      {isCounted ? (
        <progress aria-label={words} value={progress.done} max={Math.max(progress.total, 1)} />
      ) : (
        <progress aria-label={words} />
      )}
    </div>
  )
}

const wordsOf = (progress: Wizard['progress']['value']): string => {
  switch (progress?.kind) {
    case 'index':
      return t('indexing', { done: progress.done })
    case 'check':
      return t('checking', { done: progress.done, total: progress.total })
    case 'load':
      return t('loading', { done: progress.done, total: progress.total })
    case 'undo':
      return t('undoing', { done: progress.done, total: progress.total })
    case undefined:
      return t('reading')
  }
}
