/** Настройки → Импорт клиентов (F32-F43): a file becomes clients, step by step. */
import { Lock } from 'lucide-preact'
import { useEffect } from 'preact/hooks'
import { useSearch } from 'wouter-preact'
import { classNames, EmptyState } from '../../design/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { Page } from '../../frame/page.tsx'
import { allowedContents } from './allowed.ts'
import { CheckStep } from './check-step.tsx'
import { ColumnsStep } from './columns-step.tsx'
import { FileStep } from './file-step.tsx'
import styles from './import.module.css'
import { LoadStep } from './load-step.tsx'
import { OptionsStep } from './options-step.tsx'
import { t } from './texts.ts'
import { steps, type Wizard, wizardOf } from './wizard.ts'

export const ImportPage = () => {
  const replica = useReplica()
  const allowed = allowedContents(replica.subject.value)
  const asked = new URLSearchParams(useSearch()).get('content')
  const wanted = allowed.find((content) => content === asked) ?? allowed[0]
  const wizard = wanted && wizardOf(replica)
  // Where a list leads here, the file is of what the list shows; one that is being loaded stays what it is.
  useEffect(() => {
    if (wanted === undefined || wizard?.step.value !== 'file' || wizard.file.value) return
    if (asked === wanted || !allowed.includes(wizard.content.value)) wizard.content.value = wanted
  }, [wizard, wanted])
  useEffect(() => {
    if (!wizard) return
    wizard.isShown.value = true
    return () => {
      wizard.isShown.value = false
    }
  }, [wizard])
  if (!wizard)
    return (
      <Page title={t('title')} back="/settings">
        <EmptyState icon={Lock} title={t('title')} text={t('noRight')} />
      </Page>
    )
  return (
    <Page
      title={t(wizard.prospects.value ? 'title.prospect' : `title.${wizard.content.value}`)}
      back="/settings"
      width="wide"
    >
      <Steps wizard={wizard} />
      <StepView wizard={wizard} />
    </Page>
  )
}

const Steps = ({ wizard }: { wizard: Wizard }) => {
  const current = steps.indexOf(wizard.step.value)
  return (
    <ol class={styles.steps} aria-label={t('steps')}>
      {steps.map((step, at) => (
        <li
          key={step}
          class={classNames(styles.step, at < current && styles.past)}
          aria-current={at === current ? 'step' : undefined}
        >
          <span class={styles.stepNumber} aria-hidden="true">
            {at + 1}
          </span>
          <span class={styles.stepName}>{t(`step.${step}`)}</span>
        </li>
      ))}
    </ol>
  )
}

const StepView = ({ wizard }: { wizard: Wizard }) => {
  switch (wizard.step.value) {
    case 'file':
      return <FileStep wizard={wizard} />
    case 'options':
      return <OptionsStep wizard={wizard} />
    case 'columns':
      return <ColumnsStep wizard={wizard} />
    case 'check':
      return <CheckStep wizard={wizard} />
    case 'load':
      return <LoadStep wizard={wizard} />
  }
}
