import { CircleCheck, Download, Pause, Play, TriangleAlert } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Button, Icon, LinkButton } from '../../design/index.ts'
import { saveFile } from '../../export/save-file.ts'
import { useDirectory } from '../../fields/use-directory.ts'
import { useReplica } from '../../frame/app-context.ts'
import { locale } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { LoadEnd } from '../../import/load.ts'
import { UndoDialog } from './earlier.tsx'
import styles from './import.module.css'
import { ProgressBar } from './progress-bar.tsx'
import { listOfTagged } from './prospects.ts'
import { problemWords } from './row-words.ts'
import { t } from './texts.ts'
import { errorWords, type Wizard } from './wizard.ts'

export const LoadStep = ({ wizard }: { wizard: Wizard }) => {
  const end = wizard.end.value
  if (end) return <End wizard={wizard} end={end} />
  if (wizard.error.value)
    return (
      <>
        <p class={styles.error} role="alert">
          {errorWords(wizard.error.value)}
        </p>
        <div class={styles.actions}>
          <Button onClick={wizard.restart}>{t('back')}</Button>
        </div>
      </>
    )
  const isPaused = wizard.paused.value
  return (
    <>
      <ProgressBar wizard={wizard} />
      <p class="meta">{isPaused ? t('paused') : t('stay')}</p>
      <div class={styles.actions}>
        <Button icon={isPaused ? Play : Pause} onClick={() => wizard.pause(!isPaused)}>
          {t(isPaused ? 'goOn' : 'pause')}
        </Button>
        <Button kind="quiet" onClick={wizard.cancel}>
          {t('stop')}
        </Button>
      </div>
    </>
  )
}

const listOf = {
  contact: '/clients',
  interest: '/interests',
  task: '/tasks',
  interaction: '/news',
  product: '/products',
} as const

const outcomes = ['create', 'change', 'same', 'skip', 'mistake', 'refused'] as const

const End = ({ wizard, end }: { wizard: Wizard; end: LoadEnd }) => {
  const [undoing, setUndoing] = useState(false)
  const id = wizard.id.value
  const entries = useDirectory(useReplica())
  const name = wizard.file.value?.name ?? ''
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // The buttons of the load are gone, and the focus with whichever had it.
    if (document.activeElement === document.body) heading.current?.focus()
  }, [])
  return (
    <>
      <div class={styles.end} role="status">
        <Icon
          of={end.kind === 'done' ? CircleCheck : TriangleAlert}
          size={20}
          class={end.kind === 'done' ? styles.good : styles.badIcon}
        />
        <h2 ref={heading} tabIndex={-1}>
          {t(`end.${end.kind}`)}
        </h2>
      </div>
      {end.kind === 'cancelled' && <p>{t('end.rest')}</p>}
      {end.kind === 'failed' && (
        <p class={styles.error}>
          {end.reason === 'deviceFull' ? t('end.full') : end.reason && reasonText(end.reason)}
        </p>
      )}
      <dl class={styles.counts}>
        {outcomes
          .filter((outcome) => outcome === 'create' || end.counts[outcome] > 0)
          .map((outcome) => (
            <div key={outcome}>
              <dt>{t(`end.${outcome}`)}</dt>
              <dd>{end.counts[outcome].toLocaleString(locale.value)}</dd>
            </div>
          ))}
      </dl>
      {end.failed.length > 0 && (
        <div>
          <Button icon={Download} onClick={() => downloadFailed(wizard, end)}>
            {t('report')}
          </Button>
        </div>
      )}
      {wizard.prospects.value && <p>{t('prospect.next')}</p>}
      <div class={styles.actions}>
        {id && end.counts.create + end.counts.change > 0 && (
          <Button kind="quiet" onClick={() => setUndoing(true)}>
            {t('undo')}
          </Button>
        )}
        {end.kind === 'failed' && <Button onClick={wizard.goOn}>{t('goOn')}</Button>}
        <Button onClick={wizard.restart}>{t('another')}</Button>
        <LinkButton
          kind="primary"
          href={
            wizard.prospects.value
              ? listOfTagged(entries.values(), wizard.choices.value.tags)
              : listOf[wizard.content.value]
          }
        >
          {t(`to.${wizard.content.value}`)}
        </LinkButton>
      </div>
      {undoing && id && (
        <UndoDialog
          wizard={wizard}
          id={id}
          name={name}
          onClose={() => setUndoing(false)}
          onDone={wizard.restart}
        />
      )}
    </>
  )
}

/** The rows that were not loaded, with the reason of each beside it. */
const downloadFailed = async (wizard: Wizard, { failed }: LoadEnd) => {
  const { importer } = wizard
  const problems = await importer.problemsOf(failed.map(({ line }) => line))
  const why = new Map(
    failed.map(({ line, reason }) => [
      line,
      reason ? reasonText(reason) : (problems.get(line) ?? []).map(problemWords).join('; '),
    ]),
  )
  const name = (wizard.file.value?.name ?? '').replace(/\.\w+$/, '')
  saveFile(await importer.report(why, t('report.heading')), `${name} — ${t('report.name')}.csv`)
}
