/** A segment: its name, who is in it, who sees it. */
import { ListFilter } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { sameValue } from '../../../shared/equality.ts'
import type { FieldInfo } from '../../../shared/fields/fields.ts'
import { everything, type FilterContext, type Group } from '../../../shared/fields/filter.ts'
import { ruleOf } from '../../../shared/fields/segments.ts'
import type { Names } from '../../../shared/fields/words.ts'
import { newId } from '../../../shared/ids.ts'
import { Button, Choice, Dialog, Field, Input, Switch, showToast } from '../../design/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { ChoiceSources } from '../../lists/choices.tsx'
import { FilterDialog } from '../../lists/filter-dialog.tsx'
import { ruleWords } from '../../lists/filter-words.ts'
import { useRowNames } from '../../lists/use-list.ts'
import { useRecords } from '../../lists/use-records.ts'
import type { Replica, StoredRow } from '../../replica/index.ts'
import { useFormDraft } from '../dialogs/use-form-draft.ts'
import styles from './segments.module.css'
import { t } from './texts.ts'

interface SegmentForm {
  name: string
  /** Null: filled by hand. */
  rule: Group | null
  shared: boolean
}

interface SegmentDialogProps {
  replica: Replica
  /** Null: a new one. */
  segment: StoredRow<'clientSegment'> | null
  infos: readonly FieldInfo[]
  context: FilterContext
  sources: ChoiceSources
  names: Names
  onClose: () => void
}

export const SegmentDialog = (props: SegmentDialogProps) => {
  const { replica, segment, infos, context, sources, onClose } = props
  const draft = useFormDraft<SegmentForm>(replica, `segment:${segment?.id ?? 'new'}`, {
    name: segment?.name ?? '',
    rule: segment ? ruleOf(segment) : everything,
    shared: segment?.shared ?? false,
  })
  const { name, rule, shared } = draft.value
  const names = useRowNames(replica, props.names, { filter: rule ?? everything, infos })
  const [error, setError] = useState<'error.name' | 'error.rule' | null>(null)
  const set = (change: Partial<SegmentForm>) => {
    draft.change({ ...draft.value, ...change })
    setError(null)
  }
  const [editing, setEditing] = useState(false)
  const found = useRecords(
    replica,
    'client',
    { typed: '', filter: rule ?? everything, sort: null },
    infos,
    names,
    context,
  )
  const drop = () => {
    draft.clear()
    onClose()
  }
  const save = async () => {
    if (name.trim() === '') return setError('error.name')
    if (rule && rule.of.length === 0) return setError('error.rule')
    const self = replica.session.user.id
    const errands = segment?.errands
    const result = await replica.write('clientSegment', segment?.id ?? newId(), {
      name: name.trim(),
      filter: rule,
      shared: shared || null,
      ...(!segment && { owner: self }),
      // Whoever changes whom they concern gives them in their own name.
      ...(errands &&
        errands.by !== self &&
        !sameValue(rule, ruleOf(segment)) && { errands: { ...errands, by: self } }),
    })
    if (!result.ok) return showToast({ text: reasonText(result.reason), stays: true })
    showToast({ text: t('saved', { name: name.trim() }) })
    drop()
  }
  const words = rule && rule.of.length > 0 ? ruleWords(rule, infos, names) : null
  if (!draft.loaded) return null
  return (
    <Dialog
      title={t(segment ? 'edit' : 'new')}
      // What was begun anew waits; a segment that one looks at shows what it is.
      onClose={segment ? drop : onClose}
      onSubmit={save}
      footer={
        <>
          <Button onClick={drop}>{t('cancel')}</Button>
          <Button kind="primary" type="submit">
            {t('save')}
          </Button>
        </>
      }
    >
      <Field label={t('name')} error={error === 'error.name' ? t(error) : null} required>
        {(control) => (
          <Input
            {...control}
            value={name}
            onValue={(name) => set({ name })}
            maxLength={200}
            autocomplete="off"
          />
        )}
      </Field>
      {!segment && (
        <Choice
          label={t('how')}
          labelShown
          value={rule ? 'rule' : 'hand'}
          onValue={(how) => set({ rule: how === 'rule' ? everything : null })}
          options={[
            { value: 'rule', label: t('how.rule') },
            { value: 'hand', label: t('how.hand') },
          ]}
        />
      )}
      {!segment && !rule && <p class="meta">{t('how.hand.hint')}</p>}
      {rule && (
        <div class={styles.rule}>
          <p>
            {words ?? t('rule.everyone')}
            {words && found && ` · ${t('count', { count: found.total })}`}
          </p>
          <Button icon={ListFilter} onClick={() => setEditing(true)}>
            {t('rule.edit')}
          </Button>
          {error === 'error.rule' && (
            <p class={styles.error} role="alert">
              {t(error)}
            </p>
          )}
        </div>
      )}
      <Switch
        label={t('shared')}
        hint={t('shared.hint')}
        checked={shared}
        onChecked={(shared) => set({ shared })}
      />
      {editing && (
        <FilterDialog
          filter={rule ?? everything}
          infos={infos}
          context={context}
          sources={sources}
          replica={replica}
          count={found?.total ?? null}
          onFilter={(rule) => set({ rule })}
          onClose={() => setEditing(false)}
        />
      )}
    </Dialog>
  )
}
