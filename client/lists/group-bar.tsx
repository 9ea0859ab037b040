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
import type { FieldInfo } from '../../shared/fields/fields.ts'
import type { Names } from '../../shared/fields/words.ts'
import { Button, IconButton, showToast } from '../design/index.ts'
import { lazy } from '../frame/lazy.tsx'
import { reasonText } from '../i18n/reasons.ts'
import type { Replica, StoredRow } from '../replica/index.ts'
import { usedProducts } from '../replica/used-products.ts'
import { holdingContracts } from '../screens/documents/queries.ts'
import { t as titleTexts } from '../screens/documents/title-texts.ts'
import { ExportMenu } from '../screens/export/export-menu.tsx'
import type { Target } from '../screens/tasks/new-task.ts'
import { type BulkChange, undone, writeInBulk } from './bulk.ts'
import type { ChoiceSources } from './choices.tsx'
import type { ListedTable } from './find.ts'
import { FieldDialog, FolderDialog, ListDialog } from './group-dialogs.tsx'
import { type GroupAction, groupPatch } from './group-patch.ts'
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
