import { ArrowRight } from 'lucide-preact'
import { Button, classNames, Icon, Select } from '../../design/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { Section } from '../../frame/page.tsx'
import { labelOf } from '../../i18n/index.ts'
import { useLive } from '../../replica/index.ts'
import styles from './import.module.css'
import { chosenTwice, hasNeeded, offeredNow } from './offered.ts'
import { t } from './texts.ts'
import type { Wizard } from './wizard.ts'

/** F38: each column of the file and the field it becomes, all to be seen before anything is loaded. */
export const ColumnsStep = ({ wizard }: { wizard: Wizard }) => {
  const read = wizard.read.value
  const mapping = wizard.mapping.value
  const replica = useReplica()
  const content = wizard.content.value
  const offered = useLive(() => offeredNow(replica, content), [replica, content], []).value
  if (!read) return null
  const labels = new Map(offered)
  const hasName = hasNeeded(content, mapping)
  const twice = chosenTwice(content, mapping)
  const twiceLabel = twice && labels.get(twice)
  return (
    <Section title={t(`columns.${content}`)} hint={t('columns.hint')}>
      <ul class={styles.columns}>
        {read.headings.map((heading, column) => {
          const target = mapping[column] ?? null
          return (
            <li key={heading} class={classNames(styles.column, !target && styles.unused)}>
              <div class={styles.columnWords}>
                <b class={styles.columnName}>{heading}</b>
                <span class={classNames('meta', styles.samples)}>
                  {read.samples[column]?.join(' · ') || t('columns.empty')}
                </span>
              </div>
              <Icon of={ArrowRight} />
              <Select
                aria-label={heading}
                value={target ?? ''}
                onValue={(value) => {
                  wizard.mapping.value = mapping.with(column, value === '' ? null : value)
                }}
                options={[
                  { value: '', label: t('skip') },
                  ...offered.map(([value, label]) => ({ value, label: labelOf(label) })),
                ]}
              />
            </li>
          )
        })}
      </ul>
      {!hasName && (
        <p class={styles.error} role="alert">
          {t(`columns.noName.${content}`)}
        </p>
      )}
      {twice && twiceLabel && (
        <p class={styles.error} role="alert">
          {t('columns.twice', { field: labelOf(twiceLabel) })}
        </p>
      )}
      <div class={styles.actions}>
        <Button
          onClick={() => {
            wizard.step.value = 'options'
          }}
        >
          {t('back')}
        </Button>
        <Button kind="primary" disabled={!hasName || twice !== undefined} onClick={wizard.runCheck}>
          {t('toCheck')}
        </Button>
      </div>
    </Section>
  )
}
