/** «Настроить карточку»: sections and fields dragged, hidden, named; kept for oneself or for others (F10). */
import { Eye, EyeOff, FolderPlus, Trash2, Users } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { FieldInfo } from '../../../../shared/fields/fields.ts'
import type { LayoutRow } from '../../../../shared/records/layout.ts'
import { Button, IconButton, Input, showToast } from '../../../design/index.ts'
import { Sortable } from '../../../design/Sortable.tsx'
import { arranged } from '../../../fields/arrange.ts'
import { useReplica } from '../../../frame/app-context.ts'
import { labelOf } from '../../../i18n/index.ts'
import { reasonText } from '../../../i18n/reasons.ts'
import type { CardType } from '../../settings/fields/card-types.ts'
import styles from './arrange-card.module.css'
import { storeLayouts, type Target } from './layouts.ts'
import { OthersDialog } from './others-dialog.tsx'
import {
  arrangementOf,
  headingOf,
  hidden,
  linesOf,
  moved,
  type Plan,
  planOf,
  renamed,
  type Section,
  shown,
  withoutSection,
  withSection,
} from './plan.ts'
import { t } from './texts.ts'

interface ArrangeCardProps {
  table: CardType
  /** All fields that such a card can show. */
  infos: readonly FieldInfo[]
  /** The layout that holds now. */
  layout: LayoutRow | undefined
  onDone: () => void
}

export const ArrangeCard = ({ table, infos, layout, onDone }: ArrangeCardProps) => {
  const replica = useReplica()
  const [plan, setPlan] = useState<Plan>(() =>
    planOf(
      arranged(infos, layout?.arrangement),
      infos.map(({ key }) => key),
    ),
  )
  const [sharing, setSharing] = useState(false)
  const { administrator, id: self } = replica.subject.value
  const own: Target = { scope: 'user', owner: self }
  const byKey = new Map(infos.map((info) => [info.key, info]))
  const nameOf = (key: string) => {
    const info = byKey.get(key)
    return info ? labelOf(info.label) : ''
  }

  const store = async (targets: readonly Target[], reset: boolean) => {
    const arrangement = reset ? null : arrangementOf(plan)
    const stored = await storeLayouts(replica, table, targets, arrangement)
    if (!stored.ok) return showToast({ text: reasonText(stored.reason), stays: true })
    showToast({ text: t(reset ? 'reset.done' : 'saved'), undo: stored.value })
    onDone()
  }
  return (
    <section class={styles.arrange} aria-label={t('title')}>
      <h2 class={styles.title}>{t('title')}</h2>
      <p class="meta">{t('about')}</p>
      <Sortable
        class={styles.lines}
        label={t('title')}
        ids={linesOf(plan)}
        onMove={(line, index) => setPlan(moved(plan, line, index))}
        nameOf={(line) => headingOf(plan, line)?.title ?? nameOf(line)}
      >
        {(line, grip) => {
          const heading = headingOf(plan, line)
          return heading ? (
            <HeadingLine section={heading} grip={grip} plan={plan} onPlan={setPlan} />
          ) : (
            <div class={styles.line}>
              {grip}
              <span class={styles.name}>{nameOf(line)}</span>
              {byKey.get(line)?.required ? (
                <span class="meta">{t('required')}</span>
              ) : (
                <IconButton
                  icon={EyeOff}
                  class={styles.small}
                  label={t('hide', { name: nameOf(line) })}
                  onClick={() => setPlan(hidden(plan, line))}
                />
              )}
            </div>
          )
        }}
      </Sortable>
      <Button
        kind="quiet"
        icon={FolderPlus}
        class={styles.start}
        onClick={() => setPlan(withSection(plan, t('section.new')))}
      >
        {t('section.add')}
      </Button>
      {plan.hidden.length > 0 && (
        <section class={styles.hidden} aria-label={t('hidden')}>
          <h3 class={styles.title}>{t('hidden')}</h3>
          {plan.hidden.map((key) => (
            <div key={key} class={styles.line}>
              <span class={styles.name}>{nameOf(key)}</span>
              <IconButton
                icon={Eye}
                class={styles.small}
                label={t('show', { name: nameOf(key) })}
                onClick={() => setPlan(shown(plan, key))}
              />
            </div>
          ))}
        </section>
      )}
      <footer class={styles.footer}>
        <Button kind="primary" onClick={() => store([own], false)}>
          {t('save')}
        </Button>
        {administrator && (
          <Button icon={Users} onClick={() => setSharing(true)}>
            {t('share')}
          </Button>
        )}
        <Button onClick={onDone}>{t('cancel')}</Button>
        {layout && (layout.owner === self || administrator) && (
          <Button
            kind="quiet"
            onClick={() =>
              store([{ scope: layout.scope, ...(layout.owner && { owner: layout.owner }) }], true)
            }
          >
            {t(`reset.${layout.scope}`)}
          </Button>
        )}
      </footer>
      {sharing && (
        <OthersDialog
          onTargets={(targets) => store(targets, false)}
          onClose={() => setSharing(false)}
        />
      )}
    </section>
  )
}

interface HeadingLineProps {
  section: Section
  grip: ComponentChildren
  plan: Plan
  onPlan: (plan: Plan) => void
}

const HeadingLine = ({ section, grip, plan, onPlan }: HeadingLineProps) => (
  <div class={styles.heading}>
    {grip}
    <Input
      value={section.title}
      maxLength={100}
      aria-label={t('section.name')}
      onValue={(title) => onPlan(renamed(plan, section.id, title))}
    />
    <IconButton
      icon={Trash2}
      class={styles.small}
      label={t('section.remove', { name: section.title })}
      onClick={() => onPlan(withoutSection(plan, section.id))}
    />
  </div>
)
