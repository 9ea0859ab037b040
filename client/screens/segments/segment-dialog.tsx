/** A segment: its name, who is in it, who sees it. */
import { ListFilter } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { FieldInfo } from '../../../shared/fields/fields.ts'
import { everything, type FilterContext, type Group } from '../../../shared/fields/filter.ts'
import type { Names } from '../../../shared/fields/words.ts'
import { newId } from '../../../shared/ids.ts'
import { Button, Choice, Dialog, Field, Input, Switch, showToast } from '../../design/index.ts'
import { ruleOf } from '../../fields/use-segments.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { ChoiceSources } from '../../lists/choices.tsx'
import { FilterDialog } from '../../lists/filter-dialog.tsx'
import { ruleWords } from '../../lists/filter-words.ts'
import { useRecords } from '../../lists/use-records.ts'
import type { Replica, StoredRow } from '../../replica/index.ts'
import styles from './segments.module.css'
import { t } from './texts.ts'

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
  const { replica, segment, infos, context, sources, names, onClose } = props
  const [name, setName] = useState(segment?.name ?? '')
  const [rule, setRule] = useState<Group | null>(segment ? ruleOf(segment) : everything)
  const [shared, setShared] = useState(segment?.shared ?? false)
  const [error, setError] = useState<'error.name' | 'error.rule' | null>(null)
  const [editing, setEditing] = useState(false)
  const found = useRecords(
    replica,
    'client',
    { typed: '', filter: rule ?? everything, sort: null },
    infos,
    names,
    context,
  )
  const save = async () => {
    if (name.trim() === '') return setError('error.name')
    if (rule && rule.of.length === 0) return setError('error.rule')
    const result = await replica.write('clientSegment', segment?.id ?? newId(), {
      name: name.trim(),
      filter: rule,
      shared: shared || null,
      ...(!segment && { owner: replica.session.user.id }),
    })
    if (!result.ok) return showToast({ text: reasonText(result.reason), stays: true })
    showToast({ text: t('saved', { name: name.trim() }) })
    onClose()
  }
  const words = rule && rule.of.length > 0 ? ruleWords(rule, infos, names) : null
  return (
    <Dialog
      title={t(segment ? 'edit' : 'new')}
      onClose={onClose}
      onSubmit={save}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
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
            onValue={(next) => {
              setName(next)
              setError(null)
            }}
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
          onValue={(how) => setRule(how === 'rule' ? everything : null)}
          options={[
            { value: 'rule', label: t('how.rule') },
            { value: 'hand', label: t('how.hand') },
          ]}
        />
      )}
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
      <Switch label={t('shared')} hint={t('shared.hint')} checked={shared} onChecked={setShared} />
      {editing && (
        <FilterDialog
          filter={rule ?? everything}
          infos={infos}
          context={context}
          sources={sources}
          replica={replica}
          count={found?.total ?? null}
          onFilter={(next) => {
            setRule(next)
            setError(null)
          }}
          onClose={() => setEditing(false)}
        />
      )}
    </Dialog>
  )
}
