import { client as clientType, relations } from '../../../shared/records/client.ts'
import { openness } from '../../../shared/records/contact.ts'
import { Button, Choice, Field, Input, Select, Switch } from '../../design/index.ts'
import { indented, treeOf } from '../../fields/folder-tree.ts'
import { type Entries, entriesOf, useDirectory } from '../../fields/use-directory.ts'
import { useReplica } from '../../frame/app-context.ts'
import { labelOf } from '../../i18n/index.ts'
import type { Content } from '../../import/session.ts'
import { kindChoices } from '../../import/values.ts'
import { useEmployees } from '../dialogs/use-employees.ts'
import { useScenarios } from '../interests/queries.ts'
import styles from './import.module.css'
import { t } from './texts.ts'
import type { Choices, Wizard } from './wizard.ts'

const clientFields = clientType.fields

const labelled = <T extends string>(labels: Record<T, { ru: string; en: string }>) =>
  // Object.entries forgets the key type
  (Object.entries(labels) as [T, { ru: string; en: string }][]).map(([value, label]) => ({
    value,
    label: labelOf(label),
  }))

/** What holds for the whole file (F35-F37, F41). */
export const OptionsStep = ({ wizard }: { wizard: Wizard }) => {
  const replica = useReplica()
  const employees = [...useEmployees(replica).values()]
  const entries = useDirectory(replica)
  const folders = treeOf(entriesOf(entries, 'folder'))
  const choices = wizard.choices.value
  const set = (change: Partial<Choices>) => {
    wizard.choices.value = { ...choices, ...change }
  }
  const content = wizard.content.value
  if (content !== 'contact') return <WorkOptions wizard={wizard} content={content} />
  return (
    <>
      <Choice
        label={t('kind')}
        labelShown
        look="list"
        value={choices.kind}
        onValue={(kind) => set({ kind })}
        options={kindChoices.map((value) => ({
          value,
          label: t(`kind.${value}`),
          ...(value === 'auto' && { hint: t('kind.auto.hint') }),
        }))}
      />
      <div class={styles.two}>
        <Field label={t('relation')}>
          {(control) => (
            <Select
              {...control}
              value={choices.relation}
              onValue={(relation) => set({ relation })}
              options={[{ value: '', label: t('relation.none') }, ...labelled(relations)]}
            />
          )}
        </Field>
        <Field label={t('responsible')} hint={t('responsible.hint')}>
          {(control) => (
            <Select
              {...control}
              value={choices.managers[0] ?? ''}
              onValue={(manager) => set({ managers: [manager] })}
              options={employees.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
        </Field>
        <Field label={t('open')}>
          {(control) => (
            <Select
              {...control}
              value={choices.open}
              onValue={(open) => set({ open })}
              options={labelled(openness)}
            />
          )}
        </Field>
        {folders.length > 0 && (
          <Field label={t('folder')}>
            {(control) => (
              <Select
                {...control}
                value={choices.folder}
                onValue={(folder) => set({ folder })}
                options={[
                  { value: '', label: t('folder.none') },
                  ...folders.map((placed) => ({
                    value: placed.entry.id,
                    label: indented(placed),
                  })),
                ]}
              />
            )}
          </Field>
        )}
        <EntryField
          name="contactType"
          value={choices.contactType}
          onValue={(contactType) => set({ contactType })}
          entries={entries}
        />
        <EntryField
          name="heat"
          value={choices.heat}
          onValue={(heat) => set({ heat })}
          entries={entries}
        />
        <Field label={t('tags')} hint={t('tags.hint')}>
          {(control) => (
            <Input {...control} value={choices.tags} onValue={(tags) => set({ tags })} />
          )}
        </Field>
      </div>
      <Moves wizard={wizard} />
    </>
  )
}

interface EntryFieldProps {
  name: 'contactType' | 'heat'
  value: string
  onValue: (id: string) => void
  entries: Entries
}

/** One of a directory for all rows; a directory that a company has emptied is not asked for. */
const EntryField = ({ name, value, onValue, entries }: EntryFieldProps) => {
  const options = entriesOf(entries, name)
  return options.length === 0 ? null : (
    <Field label={labelOf(clientFields[name].label)}>
      {(control) => (
        <Select
          {...control}
          value={value}
          onValue={onValue}
          options={[
            { value: '', label: t('relation.none') },
            ...options.map((entry) => ({ value: entry.id, label: entry.name })),
          ]}
        />
      )}
    </Field>
  )
}

const Moves = ({ wizard }: { wizard: Wizard }) => (
  <div class={styles.actions}>
    <Button
      onClick={() => {
        wizard.step.value = 'file'
      }}
    >
      {t('back')}
    </Button>
    <Button
      kind="primary"
      onClick={() => {
        wizard.step.value = 'columns'
      }}
    >
      {t('next')}
    </Button>
  </div>
)

interface WorkOptionsProps {
  wizard: Wizard
  content: Exclude<Content, 'contact'>
}

/** Of Interests, tasks and events: whose they are, where they go, who sees them. */
const WorkOptions = ({ wizard, content }: WorkOptionsProps) => {
  const replica = useReplica()
  const employees = [...useEmployees(replica).values()]
  const scenarios = useScenarios(replica)
  const choices = wizard.choices.value
  const set = (change: Partial<Choices>) => {
    wizard.choices.value = { ...choices, ...change }
  }
  return (
    <>
      {content === 'interaction' || content === 'product' ? (
        <p class="meta">{t(`${content}.hint`)}</p>
      ) : (
        <>
          <div class={styles.two}>
            <Field label={t('responsible')} hint={t('responsible.hint')}>
              {(control) => (
                <Select
                  {...control}
                  value={choices.managers[0] ?? ''}
                  onValue={(manager) => set({ managers: [manager] })}
                  options={employees.map(({ id, name }) => ({ value: id, label: name }))}
                />
              )}
            </Field>
            {content === 'interest' && (
              <>
                <Field label={t('scenario')} hint={t('scenario.hint')}>
                  {(control) => (
                    <Select
                      {...control}
                      value={choices.scenario || (scenarios[0]?.id ?? '')}
                      onValue={(scenario) => set({ scenario })}
                      options={scenarios.map(({ id, name }) => ({ value: id, label: name }))}
                    />
                  )}
                </Field>
                <Field label={t('tags')} hint={t('tags.hint')}>
                  {(control) => (
                    <Input {...control} value={choices.tags} onValue={(tags) => set({ tags })} />
                  )}
                </Field>
              </>
            )}
          </div>
          <Switch
            checked={choices.restricted}
            onChecked={(restricted) => set({ restricted })}
            label={t('restricted')}
            hint={t('restricted.hint')}
          />
        </>
      )}
      <Moves wizard={wizard} />
    </>
  )
}
