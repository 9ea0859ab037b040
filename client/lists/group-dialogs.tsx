/** What is asked before something is done with all ticked records. */
import '../format/world-phones.ts'
import { X } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { type FieldInfo, isReference, type ReferenceKind } from '../../shared/fields/fields.ts'
import { type Names, parseWords } from '../../shared/fields/words.ts'
import { Choice, Field, IconButton, Input, Select } from '../design/index.ts'
import { labelOf } from '../i18n/index.ts'
import type { Replica } from '../replica/index.ts'
import { ContactPicker } from '../screens/clients/contact-picker.tsx'
import { FormDialog } from '../screens/forms/form-dialog.tsx'
import { type ChoiceSources, Choices, choicesOf } from './choices.tsx'
import { type GroupAction, isGroupField, type ListAct } from './group-patch.ts'
import styles from './lists.module.css'
import { t } from './texts.ts'

interface AskProps {
  replica: Replica
  infos: readonly FieldInfo[]
  names: Names
  sources: ChoiceSources
  onClose: () => void
  onRun: (action: GroupAction) => void
}

const Ask = ({
  title,
  onClose,
  onApply,
  children,
}: {
  title: string
  onClose: () => void
  onApply: () => void
  children: ComponentChildren
}) => (
  <FormDialog title={title} onClose={onClose} onSubmit={onApply} submit={t('group.apply')}>
    {children}
  </FormDialog>
)

export const ListDialog = ({
  field,
  infos,
  sources,
  onClose,
  onRun,
}: AskProps & { field: 'managers' | 'tags' | 'segments' }) => {
  const [act, setAct] = useState<ListAct>(field === 'managers' ? 'replace' : 'add')
  const [ids, setIds] = useState<string[]>([])
  const info = infos.find(({ key }) => key === field)
  const choices = (info ? (choicesOf(info, sources) ?? []) : []).filter(
    // Nobody is put by hand into what a rule makes.
    ({ value }) => field !== 'segments' || !sources.rules?.has(value),
  )
  const isBlocked = (id: string) => sources.employees.get(id)?.state === 'blocked'
  const offered = act === 'take' ? choices : choices.filter(({ value }) => !isBlocked(value))
  const acts: readonly ListAct[] =
    field === 'managers' ? ['replace', 'add', 'take'] : ['add', 'take']
  const label = t(field === 'managers' ? 'group.responsible' : `group.${field}`)
  return (
    <Ask
      title={label}
      onClose={onClose}
      onApply={() => (ids.length > 0 ? onRun({ kind: 'list', field, act, ids }) : onClose())}
    >
      <Choice
        label={t('group.how')}
        value={act}
        onValue={setAct}
        options={acts.map((value) => ({ value, label: t(`group.${value}`) }))}
      />
      {field !== 'managers' && choices.length === 0 && (
        <p class="meta">{t(field === 'tags' ? 'group.noTags' : 'group.noSegments')}</p>
      )}
      <Choices label={label} choices={offered} value={ids} onValue={setIds} />
    </Ask>
  )
}

export const FolderDialog = ({ infos, sources, onClose, onRun }: AskProps) => {
  const [folder, setFolder] = useState('')
  const info = infos.find(({ key }) => key === 'folder')
  const choices = info ? (choicesOf(info, sources) ?? []) : []
  return (
    <Ask
      title={t('group.folder')}
      onClose={onClose}
      onApply={() => info && onRun({ kind: 'value', info, value: folder || undefined })}
    >
      <Select
        aria-label={t('group.folder')}
        value={folder}
        onValue={setFolder}
        options={[{ value: '', label: t('group.noFolder') }, ...choices]}
      />
    </Ask>
  )
}

/** Chosen on purpose: what is offered first must not clear a field of all ticked records. */
const cleared = 'cleared'

export const FieldDialog = ({ infos, names, sources, replica, onClose, onRun }: AskProps) => {
  const fields = infos.filter(isGroupField)
  const [key, setKey] = useState(fields[0]?.key ?? '')
  const [typed, setTyped] = useState('')
  const [ids, setIds] = useState<string[]>([])
  const [picked, setPicked] = useState<Picked | null>(null)
  const [error, setError] = useState<string | null>(null)
  const info = fields.find((one) => one.key === key)
  const choices = info ? choicesOf(info, sources) : null
  const several = info?.kind === 'manyOf'
  const apply = () => {
    if (!info) return
    if (several) return onRun({ kind: 'value', info, value: ids.length > 0 ? ids : undefined })
    if (isReference(info.kind)) {
      if (!picked && info.required) return setError(t('group.choose'))
      return onRun({ kind: 'value', info, value: picked?.id })
    }
    if (choices || info.kind === 'yesNo') {
      if (typed === '') return setError(t('group.choose'))
      const value = info.kind === 'yesNo' ? typed === 'yes' : typed
      return onRun({ kind: 'value', info, value: typed === cleared ? undefined : value })
    }
    const parsed = parseWords(info, typed, names)
    if (!parsed.ok) return setError(t('group.wrongValue'))
    onRun({ kind: 'value', info, value: parsed.value })
  }
  return (
    <Ask title={t('group.field')} onClose={onClose} onApply={apply}>
      <Field label={t('group.which')}>
        {(control) => (
          <Select
            {...control}
            value={key}
            onValue={(next) => {
              setKey(next)
              setTyped('')
              setIds([])
              setPicked(null)
              setError(null)
            }}
            options={fields.map((one) => ({ value: one.key, label: labelOf(one.label) }))}
          />
        )}
      </Field>
      {several && choices ? (
        <Choices label={t('group.newValue')} choices={choices} value={ids} onValue={setIds} />
      ) : info && isReference(info.kind) ? (
        <ReferenceField
          key={info.key}
          kind={info.kind}
          required={info.required}
          replica={replica}
          error={error}
          picked={picked}
          onPicked={(next) => {
            setPicked(next)
            setError(null)
          }}
        />
      ) : choices || info?.kind === 'yesNo' ? (
        <Field label={t('group.newValue')} error={error}>
          {(control) => (
            <Select
              {...control}
              value={typed}
              onValue={(value) => {
                setTyped(value)
                setError(null)
              }}
              options={[
                { value: '', label: t('group.choose') },
                ...(choices ?? [
                  { value: 'yes', label: t('filter.yes') },
                  { value: 'no', label: t('filter.no') },
                ]),
                ...(info?.required ? [] : [{ value: cleared, label: t('group.clear') }]),
              ]}
            />
          )}
        </Field>
      ) : (
        <Field
          label={t('group.newValue')}
          error={error}
          {...(!info?.required && { hint: t('group.emptyClears') })}
        >
          {(control) => (
            <Input
              {...control}
              value={typed}
              onValue={(value) => {
                setTyped(value)
                setError(null)
              }}
            />
          )}
        </Field>
      )}
    </Ask>
  )
}

interface Picked {
  id: string
  name: string
}

interface ReferenceFieldProps {
  kind: ReferenceKind
  required: boolean
  replica: Replica
  error: string | null
  picked: Picked | null
  onPicked: (picked: Picked | null) => void
}

/** One record for all that are ticked; none clears the field where it may be empty. */
const ReferenceField = ({
  kind,
  required,
  replica,
  error,
  picked,
  onPicked,
}: ReferenceFieldProps) => (
  <Field
    label={t('group.newValue')}
    error={error}
    {...(!required && !picked && { hint: t('group.emptyClears') })}
  >
    {() =>
      picked ? (
        <span class={styles.picked}>
          <span class={styles.chip}>
            {picked.name}
            <IconButton icon={X} label={t('group.other')} onClick={() => onPicked(null)} />
          </span>
        </span>
      ) : (
        <ContactPicker
          table={kind}
          replica={replica}
          onPick={({ id, name }) => onPicked({ id, name })}
        />
      )
    }
  </Field>
)
