/** The filter of a list: conditions over any fields, joined by «и» and «или». */
import { Plus, X } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { type FieldInfo, isReference, type ReferenceKind } from '../../shared/fields/fields.ts'
import {
  type Condition,
  compileFilter,
  everything,
  type Filter,
  type FilterContext,
  type Group,
  isGroup,
  type Operator,
  operatorsOf,
  withoutIdle,
} from '../../shared/fields/filter.ts'
import { parseNumber } from '../../shared/fields/words.ts'
import { Button, Dialog, IconButton, Input, Select } from '../design/index.ts'
import { labelOf } from '../i18n/index.ts'
import { type Replica, useLive } from '../replica/index.ts'
import { ContactPicker } from '../screens/clients/contact-picker.tsx'
import { type ChoiceSources, Choices, choicesOf } from './choices.tsx'
import { operatorWords } from './filter-words.ts'
import styles from './lists.module.css'
import { readReferenceNames } from './references.ts'
import { t } from './texts.ts'

interface FilterDialogProps {
  filter: Group
  infos: readonly FieldInfo[]
  context: FilterContext
  sources: ChoiceSources
  replica: Replica
  /** How many records the filter finds as it is; null: not known. */
  count: number | null
  onFilter: (filter: Group) => void
  onClose: () => void
}

export const FilterDialog = (props: FilterDialogProps) => {
  const { filter, infos, context, count, onFilter, onClose } = props
  const shown = filter.of.length > 0 ? filter : { ...filter, of: [] }
  const close = () => {
    const asked = withoutIdle(filter, infos, context)
    // A list must not say that it is filtered by what filters nothing.
    if (JSON.stringify(asked) !== JSON.stringify(filter))
      onFilter(asked.of.length > 0 ? asked : everything)
    onClose()
  }
  return (
    <Dialog
      title={t('filter.title')}
      width="wide"
      onClose={close}
      onSubmit={close}
      footer={
        <>
          {shown.of.length > 0 && (
            <Button onClick={() => onFilter(everything)}>{t('filter.clear')}</Button>
          )}
          <Button kind="primary" type="submit">
            {count === null ? t('filter.showAny') : t('filter.show', { count })}
          </Button>
        </>
      }
    >
      {shown.of.length === 0 && <p class="meta">{t('filter.none')}</p>}
      <GroupEditor {...props} group={shown} depth={1} onGroup={onFilter} />
    </Dialog>
  )
}

/** Groups in groups in groups are read by nobody. */
const deepest = 3

interface GroupEditorProps extends FilterDialogProps {
  group: Group
  depth: number
  onGroup: (group: Group) => void
  onRemove?: () => void
}

const GroupEditor = (props: GroupEditorProps) => {
  const { group, depth, infos, onGroup, onRemove } = props
  const replaceAt = (at: number, next: Filter | null) =>
    onGroup({
      ...group,
      of: group.of.flatMap((one, index) => (index === at ? (next ?? []) : one)),
    })
  return (
    <fieldset class={styles.group} aria-label={t('filter.group')}>
      {(group.of.length > 1 || onRemove) && (
        <div class={styles.groupHead}>
          <Select
            aria-label={t('filter.join')}
            value={group.join}
            onValue={(join) => onGroup({ ...group, join })}
            options={[
              { value: 'all', label: t('filter.all') },
              { value: 'any', label: t('filter.any') },
            ]}
          />
          {onRemove && <IconButton icon={X} label={t('filter.removeGroup')} onClick={onRemove} />}
        </div>
      )}
      {group.of.map((one, index) =>
        isGroup(one) ? (
          <GroupEditor
            // Conditions have no identity but their place.
            key={index}
            {...props}
            group={one}
            depth={depth + 1}
            onGroup={(next) => replaceAt(index, next)}
            onRemove={() => replaceAt(index, null)}
          />
        ) : (
          <ConditionEditor
            key={index}
            {...props}
            condition={one}
            onCondition={(next) => replaceAt(index, next)}
            onRemove={() => replaceAt(index, null)}
          />
        ),
      )}
      <div class={styles.groupFoot}>
        <Button
          icon={Plus}
          onClick={() => onGroup({ ...group, of: [...group.of, firstCondition(infos)] })}
        >
          {t('filter.add')}
        </Button>
        {depth < deepest && (
          <Button
            kind="quiet"
            icon={Plus}
            onClick={() =>
              onGroup({
                ...group,
                of: [...group.of, { join: 'any', of: [firstCondition(infos)] }],
              })
            }
          >
            {t('filter.addGroup')}
          </Button>
        )}
      </div>
    </fieldset>
  )
}

const conditionOn = (info: FieldInfo): Condition => {
  const [op = 'filled'] = operatorsOf(info)
  return { field: info.key, op, ...(info.kind === 'yesNo' && { value: true }) }
}

const firstCondition = (infos: readonly FieldInfo[]): Condition => {
  const [first] = infos
  return first ? conditionOn(first) : { field: 'name', op: 'contains' }
}

interface ConditionEditorProps extends FilterDialogProps {
  condition: Condition
  onCondition: (condition: Condition) => void
  onRemove: () => void
}

const ConditionEditor = (props: ConditionEditorProps) => {
  const { condition, infos, context, onCondition, onRemove } = props
  const info = infos.find(({ key }) => key === condition.field)
  const isIncomplete = compileFilter(condition, infos, context).problems.length > 0
  return (
    <div class={styles.condition}>
      <div class={styles.conditionHead}>
        <Select
          class={styles.conditionField}
          aria-label={t('filter.field')}
          value={condition.field}
          onValue={(key) => {
            const next = infos.find((one) => one.key === key)
            if (next) onCondition(conditionOn(next))
          }}
          options={infos.map(({ key, label }) => ({ value: key, label: labelOf(label) }))}
        />
        {info && (
          <Select
            class={styles.conditionOperator}
            aria-label={t('filter.operator')}
            value={condition.op}
            onValue={(op) => onCondition(withOperator(info, condition, op))}
            options={operatorsOf(info).map((op) => ({ value: op, label: operatorWords(info, op) }))}
          />
        )}
        <IconButton icon={X} label={t('filter.remove')} onClick={onRemove} />
      </div>
      {info && <ValueEditor {...props} info={info} />}
      {isIncomplete && <p class="meta">{t('filter.incomplete')}</p>}
    </div>
  )
}

/** Keeps what was typed where the other question asks for the same kind of value. */
const withOperator = (
  info: FieldInfo,
  { field, op, value }: Condition,
  next: Operator,
): Condition => {
  const shape = (one: Operator): string =>
    one === 'empty' || one === 'filled'
      ? 'none'
      : one === 'past' || one === 'next'
        ? 'days'
        : one === 'between'
          ? 'two'
          : 'one'
  const keeps = value !== undefined && shape(op) === shape(next)
  return { ...conditionOn(info), field, op: next, ...(keeps && { value }) }
}

interface ValueEditorProps extends ConditionEditorProps {
  info: FieldInfo
}

const ValueEditor = (props: ValueEditorProps) => {
  const { info, condition, sources, onCondition } = props
  const { op, value } = condition
  if (op === 'empty' || op === 'filled') return null
  const set = (next: Condition['value'] | undefined) => {
    const { value: _, ...rest } = condition
    onCondition(next === undefined ? rest : { ...rest, value: next })
  }
  if (op === 'past' || op === 'next')
    return (
      <span class={styles.days}>
        <NumberInput label={t('filter.value')} value={value} onValue={set} />
        {t('filter.daysWord', { count: typeof value === 'number' ? value : 0 })}
      </span>
    )
  if (info.kind === 'yesNo')
    return (
      <Select
        aria-label={t('filter.value')}
        value={value === false ? 'no' : 'yes'}
        onValue={(chosen) => set(chosen === 'yes')}
        options={[
          { value: 'yes', label: t('filter.yes') },
          { value: 'no', label: t('filter.no') },
        ]}
      />
    )
  const choices = choicesOf(info, sources)
  const given = Array.isArray(value) ? value.map(String) : []
  if (choices)
    return (
      <Choices
        label={t('filter.value')}
        choices={choices}
        value={given}
        onValue={set}
        withMe={info.kind === 'employees' || info.kind === 'employee'}
      />
    )
  if (isReference(info.kind))
    return <ReferencesValue {...props} kind={info.kind} given={given} set={set} />
  const isNumber = info.kind === 'number' || info.kind === 'money'
  if (op === 'between')
    return <TwoValues isNumber={isNumber} value={Array.isArray(value) ? value : []} set={set} />
  if (isNumber) return <NumberInput label={t('filter.value')} value={value} onValue={set} />
  const isDay = info.kind === 'date' || info.kind === 'dates' || info.kind === 'moment'
  return (
    <Input
      aria-label={t('filter.value')}
      value={typeof value === 'string' ? value : ''}
      onValue={set}
      {...(isDay && { placeholder: t('filter.dateHint') })}
    />
  )
}

interface NumberInputProps {
  label: string
  value: unknown
  onValue: (value: number | undefined) => void
}

/** What is typed stays as it is typed: «1» on the way to «1,5» is not taken away. */
const NumberInput = ({ label, value, onValue }: NumberInputProps) => {
  const [typed, setTyped] = useState(value === undefined ? '' : String(value))
  return (
    <Input
      aria-label={label}
      inputMode="decimal"
      value={typed}
      onValue={(text) => {
        setTyped(text)
        onValue(parseNumber(text) ?? undefined)
      }}
    />
  )
}

interface TwoValuesProps {
  isNumber: boolean
  value: readonly (string | number)[]
  set: (value: Condition['value'] | undefined) => void
}

const TwoValues = ({ isNumber, value, set }: TwoValuesProps) => {
  const put = (at: 0 | 1, next: string | number | undefined) => {
    const both = [value[0] ?? '', value[1] ?? '']
    both[at] = next ?? ''
    set(both)
  }
  const one = (at: 0 | 1, label: string) =>
    isNumber ? (
      <NumberInput label={label} value={value[at]} onValue={(next) => put(at, next)} />
    ) : (
      <Input
        aria-label={label}
        placeholder={t('filter.dateForm')}
        value={String(value[at] ?? '')}
        onValue={(next) => put(at, next)}
      />
    )
  return (
    <span class={styles.two}>
      {one(0, t('filter.from'))}
      <span aria-hidden="true">–</span>
      {one(1, t('filter.to'))}
    </span>
  )
}

interface ReferencesValueProps {
  kind: ReferenceKind
  replica: Replica
  given: readonly string[]
  set: (value: string[]) => void
}

const ReferencesValue = ({ kind, replica, given, set }: ReferencesValueProps) => {
  const names = useLive<ReadonlyMap<string, string>>(
    () => readReferenceNames(replica.base, { [kind]: given }),
    [kind, given.join(), replica],
    new Map(),
  ).value
  return (
    <div class={styles.picked}>
      {given.map((id) => (
        <span key={id} class={styles.chip}>
          {names.get(id) ?? '…'}
          <IconButton
            icon={X}
            label={t('filter.remove')}
            onClick={() => set(given.filter((one) => one !== id))}
          />
        </span>
      ))}
      <ContactPicker
        key={given.length}
        table={kind}
        replica={replica}
        onPick={({ id }) => set([...new Set([...given, id])])}
      />
    </div>
  )
}
