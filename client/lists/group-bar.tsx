/** What can be done with all ticked records at once (F315). */
import {
  ChartPie,
  CircleCheck,
  Combine,
  FolderInput,
  PencilLine,
  Tags,
  Trash2,
  UserRound,
  X,
} from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { type FieldInfo, isReference, type ReferenceKind } from '../../shared/fields/fields.ts'
import { type Names, parseWords } from '../../shared/fields/words.ts'
import { Button, Choice, Field, IconButton, Input, Select, showToast } from '../design/index.ts'
import { lazy } from '../frame/lazy.tsx'
import { labelOf } from '../i18n/index.ts'
import { reasonText } from '../i18n/reasons.ts'
import type { Replica, StoredRow } from '../replica/index.ts'
import { usedProducts } from '../replica/used-products.ts'
import { ContactPicker } from '../screens/clients/contact-picker.tsx'
import { holdingContracts } from '../screens/documents/queries.ts'
import { t as titleTexts } from '../screens/documents/title-texts.ts'
import { ExportMenu } from '../screens/export/export-menu.tsx'
import { FormDialog } from '../screens/forms/form-dialog.tsx'
import type { Target } from '../screens/tasks/new-task.ts'
import { type BulkChange, undone, writeInBulk } from './bulk.ts'
import { type ChoiceSources, Choices, choicesOf } from './choices.tsx'
import type { ListedTable } from './find.ts'
import { type GroupAction, groupPatch, isGroupField, type ListAct } from './group-patch.ts'
import styles from './lists.module.css'
import { t } from './texts.ts'

interface GroupBarProps {
  replica: Replica
  table: ListedTable
  ticked: readonly string[]
  total: number
  infos: readonly FieldInfo[]
  names: Names
  sources: ChoiceSources
  onAll: () => void
  onNone: () => void
  /** What else can be done with records of this kind; `run` does it to all ticked ones. */
  more?: (run: (action: GroupAction) => void, disabled: boolean) => ComponentChildren
}

const NewTaskDialog = lazy(
  async () => (await import('../screens/tasks/new-task-dialog.tsx')).NewTaskDialog,
)

type Asking = 'responsible' | 'tags' | 'segments' | 'folder' | 'field' | 'tasks' | 'merge'

const MergeTicked = lazy(
  async () => (await import('../screens/duplicates/merge-ticked.tsx')).MergeTicked,
)

/** Columns of a comparison that a person can still compare. */
const mergedAtMost = 10

/** Clients that a notice names. */
const namedAtMost = 3

/** Rows read at once to see what changes. */
const readAtOnce = 500

export const GroupBar = (props: GroupBarProps) => {
  const { replica, table, ticked, total, infos, more, onAll, onNone } = props
  const [asking, setAsking] = useState<Asking | null>(null)
  const [targets, setTargets] = useState<Target[]>([])
  const [progress, setProgress] = useState<{ done: number; count: number } | null>(null)

  const write = async (changes: readonly BulkChange[]) => {
    setProgress({ done: 0, count: changes.length })
    const outcome = await writeInBulk(replica, table, changes, (done) =>
      setProgress({ done, count: changes.length }),
    )
    setProgress(null)
    for (const [reason, count] of outcome.refused)
      showToast({ text: t('group.refused', { count, reason: reasonText(reason) }), stays: true })
    return outcome
  }
  /** Clients with whom a contract is in force stay (F61), and products in lines; it is said which. */
  const leaveHeld = async (changes: BulkChange[]) => {
    if (table === 'product') {
      const used = await usedProducts(replica.base, ticked)
      if (used.size > 0) showToast({ text: t('group.used', { count: used.size }), stays: true })
      changes.splice(0, changes.length, ...changes.filter(({ id }) => !used.has(id)))
    }
    if (table !== 'client') return
    const held = await holdingContracts(
      replica.base,
      changes.map(({ id }) => id),
    )
    if (held.size === 0) return
    const named = await replica.base.client.bulkGet([...held.keys()].slice(0, namedAtMost))
    const names = named.flatMap((row) => row?.name ?? []).join(', ')
    showToast({
      text: titleTexts('heldClients', {
        count: held.size,
        names: held.size > namedAtMost ? `${names}…` : names,
      }),
      stays: true,
    })
    changes.splice(0, changes.length, ...changes.filter(({ id }) => !held.has(id)))
  }
  const run = async (action: GroupAction) => {
    setAsking(null)
    const changes: BulkChange[] = []
    for (let start = 0; start < ticked.length; start += readAtOnce)
      for (const row of await replica.base
        .table(table)
        .bulkGet(ticked.slice(start, start + readAtOnce))) {
        const made = row && groupPatch(row, action)
        if (made) changes.push({ id: row.id, ...made })
      }
    if (action.kind === 'delete') await leaveHeld(changes)
    if (changes.length === 0)
      return action.kind !== 'delete' && showToast({ text: t('group.nothing') })
    const { done } = await write(changes)
    if (done.length === 0) return
    if (action.kind === 'delete') onNone()
    showToast({
      text: t(action.kind === 'delete' ? 'group.deleted' : 'group.changed', {
        count: done.length,
      }),
      undo: () => void write(undone(done)),
    })
  }
  const askForTasks = async () => {
    const rows = await replica.base
      .table<StoredRow<ListedTable>, string>(table)
      .bulkGet([...ticked])
    setTargets(rows.flatMap((row) => (row ? [targetOf(row)] : [])))
    setAsking('tasks')
  }
  const close = () => setAsking(null)
  /** Only people and companies are merged. */
  const contacts = table === 'client' || table === 'person' ? table : null
  return (
    <div class={styles.groupBar} role="toolbar" aria-label={t('group.label')}>
      <IconButton icon={X} label={t('group.none')} onClick={onNone} />
      <span class={styles.groupCount} role="status">
        {progress ? t('group.working', progress) : t('group.count', { count: ticked.length })}
      </span>
      {ticked.length < total && (
        <Button kind="quiet" onClick={onAll}>
          {t('group.all')}
        </Button>
      )}
      <span class={styles.groupActions}>
        {infos.some(({ key }) => key === 'managers') && (
          <Button
            icon={UserRound}
            disabled={progress !== null}
            onClick={() => setAsking('responsible')}
          >
            {t('group.responsible')}
          </Button>
        )}
        {more?.((action) => void run(action), progress !== null)}
        {infos.some(({ key }) => key === 'tags') && (
          <Button icon={Tags} disabled={progress !== null} onClick={() => setAsking('tags')}>
            {t('group.tags')}
          </Button>
        )}
        {infos.some(({ key }) => key === 'segments') && (
          <Button
            icon={ChartPie}
            disabled={progress !== null}
            onClick={() => setAsking('segments')}
          >
            {t('group.segments')}
          </Button>
        )}
        {infos.some(({ key }) => key === 'folder') && (
          <Button
            icon={FolderInput}
            disabled={progress !== null}
            onClick={() => setAsking('folder')}
          >
            {t('group.folder')}
          </Button>
        )}
        <Button icon={PencilLine} disabled={progress !== null} onClick={() => setAsking('field')}>
          {t('group.field')}
        </Button>
        {table !== 'product' && (
          <Button icon={CircleCheck} disabled={progress !== null} onClick={askForTasks}>
            {t('group.tasks')}
          </Button>
        )}
        <ExportMenu table={table} ids={ticked} disabled={progress !== null} />
        {contacts && (
          <Button
            icon={Combine}
            disabled={progress !== null || ticked.length < 2 || ticked.length > mergedAtMost}
            title={t('group.merge.hint', { most: mergedAtMost })}
            onClick={() => setAsking('merge')}
          >
            {t('group.merge')}
          </Button>
        )}
        <Button
          icon={Trash2}
          kind="danger"
          disabled={progress !== null}
          onClick={() => run({ kind: 'delete', at: Date.now(), user: replica.session.user.id })}
        >
          {t('group.delete')}
        </Button>
      </span>
      {(asking === 'responsible' || asking === 'tags' || asking === 'segments') && (
        <ListDialog
          key={asking}
          {...props}
          field={asking === 'responsible' ? 'managers' : asking}
          onClose={close}
          onRun={run}
        />
      )}
      {asking === 'tasks' && targets.length > 0 && (
        <NewTaskDialog replica={replica} targets={targets} onClose={close} />
      )}
      {asking === 'folder' && <FolderDialog {...props} onClose={close} onRun={run} />}
      {asking === 'field' && <FieldDialog {...props} onClose={close} onRun={run} />}
      {asking === 'merge' && contacts && (
        <MergeTicked
          table={contacts}
          ids={ticked}
          replica={replica}
          onClose={close}
          onMerged={() => {
            close()
            onNone()
          }}
        />
      )}
    </div>
  )
}

/** A task with a contact person is one with their client too. */
const targetOf = (row: StoredRow<ListedTable>): Target => {
  if (row.type === 'contract')
    return 'client' in row && typeof row.client === 'string' ? { client: row.client } : {}
  if (!('client' in row) && row.type !== 'person' && row.type !== 'interest')
    return { client: row.id }
  const client = 'client' in row && typeof row.client === 'string' && { client: row.client }
  return { ...(row.type === 'interest' ? { interest: row.id } : { person: row.id }), ...client }
}

interface AskProps extends GroupBarProps {
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

const ListDialog = ({
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

const FolderDialog = ({ infos, sources, onClose, onRun }: AskProps) => {
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

const FieldDialog = ({ infos, names, sources, replica, onClose, onRun }: AskProps) => {
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
