/** Настройки → Продажи: scenarios and their stages (F103, F107, F108, F116). */
import { MoreHorizontal, Pencil, Plus, Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { newId } from '../../../../shared/ids.ts'
import type { Patch } from '../../../../shared/records/change.ts'
import { directories } from '../../../../shared/records/directory.ts'
import { type Stage, stageKinds } from '../../../../shared/records/scenario.ts'
import { Dot } from '../../../design/Dot.tsx'
import {
  Badge,
  Button,
  Dialog,
  Field,
  IconButton,
  Input,
  Menu,
  Switch,
  showToast,
  Tabs,
} from '../../../design/index.ts'
import { Sortable } from '../../../design/Sortable.tsx'
import { lastOrder, movedOrders } from '../../../fields/order.ts'
import { useReplica } from '../../../frame/app-context.ts'
import { Page } from '../../../frame/page.tsx'
import { labelOf } from '../../../i18n/index.ts'
import { reasonText } from '../../../i18n/reasons.ts'
import { type ReplicaBase, useLive } from '../../../replica/index.ts'
import { FormDialog } from '../../forms/form-dialog.tsx'
import { type Scenario, useScenarios } from '../../interests/queries.ts'
import styles from '../directories/directories.module.css'
import sales from './sales.module.css'
import { StageDialog } from './stage-dialog.tsx'
import { t } from './texts.ts'

/** Interests on each stage, as far as this device knows; the relay has the last word. */
const usesOfStages = async (
  base: ReplicaBase,
  { stages }: Scenario,
): Promise<ReadonlyMap<string, number>> =>
  new Map(
    await Promise.all(
      stages.map(
        async ({ id }) =>
          [id, await base.interest.where('facets').equals(`stage:${id}`).count()] as const,
      ),
    ),
  )

type Step =
  | { kind: 'stage'; stage: Stage | null }
  | { kind: 'name'; scenario: Scenario | null }
  | { kind: 'used'; text: string }

export const SalesPage = () => {
  const replica = useReplica()
  const scenarios = useScenarios(replica)
  const [chosen, setChosen] = useState<string | null>(null)
  const [step, setStep] = useState<Step | null>(null)
  const scenario = scenarios.find(({ id }) => id === chosen) ?? scenarios[0]
  const mayChange = replica.subject.value.administrator
  const close = () => setStep(null)
  const write = async (id: string, patch: Patch): Promise<boolean> => {
    const result = await replica.write('scenario', id, patch)
    if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
    return result.ok
  }
  const remove = async (gone: Scenario) => {
    const used = await replica.base.interest.where('facets').equals(`scenario:${gone.id}`).count()
    if (used > 0) {
      const uses = t('uses', { count: used })
      return setStep({ kind: 'used', text: t('used.scenario', { name: gone.name, uses }) })
    }
    const deleted = { deletedAt: Date.now(), deletedBy: replica.session.user.id }
    if (!(await write(gone.id, deleted))) return
    showToast({
      text: t('removed', { name: gone.name }),
      undo: () => void write(gone.id, { deletedAt: null, deletedBy: null }),
    })
  }
  const saveName = async (of: Scenario | null, name: string) => {
    close()
    const id = of?.id ?? newId()
    const made = await write(
      id,
      of ? { name } : { name, ...firstStages(), order: lastOrder(scenarios) },
    )
    if (made) setChosen(id)
  }
  return (
    <Page
      title={t('title')}
      back="/settings"
      width="wide"
      actions={
        mayChange && (
          <Button
            kind="primary"
            icon={Plus}
            onClick={() => setStep({ kind: 'name', scenario: null })}
          >
            {t('newScenario')}
          </Button>
        )
      }
    >
      {!mayChange && <p class="meta">{t('onlyAdministrators')}</p>}
      {scenarios.length > 0 && (
        <div class={sales.choice}>
          <Tabs
            label={t('scenarios')}
            value={scenario?.id ?? ''}
            onValue={setChosen}
            tabs={scenarios.map(({ id, name }) => ({ value: id, label: name }))}
          />
          {mayChange && scenario && (
            <Menu
              label={t('scenarioMenu', { name: scenario.name })}
              trigger={(trigger) => (
                <IconButton
                  {...trigger}
                  icon={MoreHorizontal}
                  label={t('scenarioMenu', { name: scenario.name })}
                />
              )}
              items={[
                {
                  label: t('renameScenario'),
                  icon: Pencil,
                  onSelect: () => setStep({ kind: 'name', scenario }),
                },
                {
                  label: t('deleteScenario'),
                  icon: Trash2,
                  danger: true,
                  onSelect: () => void remove(scenario),
                },
              ]}
            />
          )}
        </div>
      )}
      {scenario && (
        <Stages
          key={scenario.id}
          scenario={scenario}
          mayChange={mayChange}
          step={step}
          onStep={setStep}
          write={(patch) => write(scenario.id, patch)}
        />
      )}
      <section class={sales.directories}>
        <h2 class={sales.heading}>{t('directories')}</h2>
        <Link class="link" href="/settings/directories/lossReason">
          {labelOf(directories.lossReason)}
        </Link>
        <Link class="link" href="/settings/directories/adChannel">
          {labelOf(directories.adChannel)}
        </Link>
      </section>
      {step?.kind === 'name' && (
        <NameDialog
          scenario={step.scenario}
          onClose={close}
          onSave={(name) => saveName(step.scenario, name)}
        />
      )}
      {step?.kind === 'used' && (
        <Dialog
          title={t('used.title')}
          onClose={close}
          footer={
            <Button kind="primary" onClick={close}>
              OK
            </Button>
          }
        >
          <p>{step.text}</p>
        </Dialog>
      )}
    </Page>
  )
}

/** What a new scenario begins with: one stage in work, and both ends. */
const firstStages = (): Patch => ({
  stages: {
    [newId()]: { name: t('firstStage'), kind: 'open', probability: 50, order: 'a0' },
    [newId()]: { name: labelOf(stageKinds.won), kind: 'won', probability: 100, order: 'a1' },
    [newId()]: { name: labelOf(stageKinds.lost), kind: 'lost', probability: 0, order: 'a2' },
  },
})

interface StagesProps {
  scenario: Scenario
  mayChange: boolean
  step: Step | null
  onStep: (step: Step | null) => void
  write: (patch: Patch) => Promise<boolean>
}

const Stages = ({ scenario, mayChange, step, onStep, write }: StagesProps) => {
  const replica = useReplica()
  const { stages } = scenario
  const uses = useLive<ReadonlyMap<string, number> | null>(
    () => usesOfStages(replica.base, scenario),
    [replica, scenario],
    null,
  ).value
  const withoutId = ({ id: _, ...value }: Stage) => value
  const move = (id: string, index: number) => {
    const changed: Record<string, unknown> = {}
    for (const [each, order] of movedOrders(stages, id, index)) {
      const stage = stages.find((one) => one.id === each)
      if (stage) changed[each] = { ...withoutId(stage), order }
    }
    void write({ stages: changed })
  }
  const remove = async (stage: Stage) => {
    // Asked now: what is shown may not have been read yet.
    const count = (await usesOfStages(replica.base, scenario)).get(stage.id) ?? 0
    if (count > 0)
      return onStep({
        kind: 'used',
        text: t('used.stage', { name: stage.name, uses: t('uses', { count }) }),
      })
    if (stage.kind === 'open' && stages.filter(({ kind }) => kind === 'open').length === 1)
      return onStep({ kind: 'used', text: t('used.last') })
    if (!(await write({ stages: { [stage.id]: null } }))) return
    showToast({
      text: t('removed', { name: stage.name }),
      undo: () => void write({ stages: { [stage.id]: withoutId(stage) } }),
    })
  }
  const byId = new Map(stages.map((stage) => [stage.id, stage]))
  return (
    <>
      <Sortable
        ids={stages.map(({ id }) => id)}
        onMove={move}
        disabled={!mayChange}
        class={styles.list}
        label={t('stages')}
        nameOf={(id) => byId.get(id)?.name ?? ''}
      >
        {(id, grip) => {
          const stage = byId.get(id)
          if (!stage) return null
          const count = uses && (uses.get(id) ?? 0)
          return (
            <div class={styles.row}>
              {grip}
              {stage.color && <Dot colour={stage.color} />}
              <span class={styles.words}>
                <span class={styles.name}>
                  {stage.name}
                  {stage.kind !== 'open' && (
                    <Badge kind={stage.kind === 'won' ? 'green' : 'red'}>
                      {labelOf(stageKinds[stage.kind])}
                    </Badge>
                  )}
                </span>
                <span class="meta">
                  {stage.probability} %
                  {count !== null && ` · ${count > 0 ? t('uses', { count }) : t('usesNone')}`}
                </span>
              </span>
              {mayChange && (
                <Menu
                  label={t('stageMenu', { name: stage.name })}
                  trigger={(trigger) => (
                    <IconButton
                      {...trigger}
                      icon={MoreHorizontal}
                      label={t('stageMenu', { name: stage.name })}
                    />
                  )}
                  items={[
                    {
                      label: t('changeStage'),
                      icon: Pencil,
                      onSelect: () => onStep({ kind: 'stage', stage }),
                    },
                    {
                      label: t('removeStage'),
                      icon: Trash2,
                      danger: true,
                      onSelect: () => void remove(stage),
                    },
                  ]}
                />
              )}
            </div>
          )
        }}
      </Sortable>
      {mayChange && (
        <div>
          <Button icon={Plus} onClick={() => onStep({ kind: 'stage', stage: null })}>
            {t('addStage')}
          </Button>
        </div>
      )}
      <Switch
        label={t('reasonRequired')}
        hint={t('reasonHint')}
        checked={scenario.reasonRequired === true}
        disabled={!mayChange}
        onChecked={(reasonRequired) => void write({ reasonRequired: reasonRequired || null })}
      />
      {step?.kind === 'stage' && (
        <StageDialog
          stage={step.stage}
          isUsed={step.stage !== null && (uses?.get(step.stage.id) ?? (uses ? 0 : 1)) > 0}
          onClose={() => onStep(null)}
          onSave={(value) => {
            onStep(null)
            const order = step.stage?.order ?? orderOfNew(stages)
            void write({ stages: { [step.stage?.id ?? newId()]: { ...value, order } } })
          }}
        />
      )}
    </>
  )
}

/** A new stage comes after those in work, before the ends. */
const orderOfNew = (stages: readonly Stage[]): string => {
  const index = stages.findIndex(({ kind }) => kind !== 'open')
  if (index < 0) return lastOrder(stages)
  return movedOrders([...stages, { id: 'new' }], 'new', index).get('new') ?? lastOrder(stages)
}

interface NameDialogProps {
  scenario: Scenario | null
  onClose: () => void
  onSave: (name: string) => void
}

const NameDialog = ({ scenario, onClose, onSave }: NameDialogProps) => {
  const [name, setName] = useState(scenario?.name ?? '')
  const [error, setError] = useState<string | null>(null)
  return (
    <FormDialog
      title={scenario ? t('renameScenario') : t('newScenario')}
      onClose={onClose}
      onSubmit={() => (name.trim() === '' ? setError(t('error.name')) : onSave(name.trim()))}
    >
      <Field label={t('name')} error={error} required>
        {(control) => (
          <Input {...control} value={name} onValue={setName} maxLength={200} autocomplete="off" />
        )}
      </Field>
    </FormDialog>
  )
}
