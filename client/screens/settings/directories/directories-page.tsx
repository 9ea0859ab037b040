/** Настройки → Справочники: every directory with its entries, and what uses each (F50, F66). */
import { BookOpen, Merge, MoreHorizontal, Pencil, Plus, Star, Trash2 } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { formatDay } from '../../../../shared/fields/days.ts'
import {
  type DirectoryName,
  defaultCurrency,
  directories,
} from '../../../../shared/records/directory.ts'
import { Dot } from '../../../design/Dot.tsx'
import {
  Badge,
  Button,
  EmptyState,
  Icon,
  IconButton,
  Menu,
  type MenuItem,
  showToast,
  Tabs,
} from '../../../design/index.ts'
import { Sortable } from '../../../design/Sortable.tsx'
import { isUsed, type Uses, usesOf } from '../../../fields/entry-uses.ts'
import { treeOf } from '../../../fields/folder-tree.ts'
import { movedOrders } from '../../../fields/order.ts'
import { type Entry, entriesOf, useDirectory } from '../../../fields/use-directory.ts'
import { useReplica } from '../../../frame/app-context.ts'
import { Page } from '../../../frame/page.tsx'
import { labelOf } from '../../../i18n/index.ts'
import { reasonText } from '../../../i18n/reasons.ts'
import { useLive } from '../../../replica/index.ts'
import { taskIcon } from '../../tasks/task-icons.ts'
import styles from './directories.module.css'
import { EntryDialog } from './entry-dialog.tsx'
import { JoinDialog, RemoveTagDialog, ReplaceDialog, UsedDialog } from './entry-questions.tsx'
import { t } from './texts.ts'
import { usesWords } from './uses-words.ts'

const names = Object.keys(directories) as DirectoryName[] // Object.keys forgets the key type
const isDirectory = (name: string | undefined): name is DirectoryName =>
  names.some((each) => each === name)

type Step = 'edit' | 'used' | 'removeTag' | 'join' | 'replace'

const nothing: Uses = {
  clients: 0,
  persons: 0,
  interests: 0,
  products: 0,
  interactions: 0,
  tasks: 0,
  entries: 0,
  replaced: 0,
}

const rateWords = (rate: number, day: string | undefined): string => {
  const words = { rate: String(rate).replace('.', ',') }
  return day ? t('rateOfDay', { ...words, day: formatDay(day) }) : t('rateOf', words)
}

/** A phone has no room for all the tabs: the chosen one is in sight. */
const showChosen = (tabs: HTMLElement | null) =>
  tabs
    ?.querySelector('[aria-selected="true"]')
    ?.scrollIntoView({ block: 'nearest', inline: 'center' })

export const DirectoriesPage = ({ name }: { name?: string }) => {
  const replica = useReplica()
  const [, navigate] = useLocation()
  const directory = isDirectory(name) ? name : 'contactType'
  const everything = useDirectory(replica)
  const entries = entriesOf(everything, directory)
  const [open, setOpen] = useState<{ step: Step; entry: Entry | null; uses: Uses } | null>(null)
  const uses = useLive<ReadonlyMap<string, Uses>>(
    async () =>
      new Map(
        await Promise.all(
          entries.map(async (entry) => [entry.id, await usesOf(replica.base, entry)] as const),
        ),
      ),
    [replica, directory, entries.map(({ id }) => id).join()],
    new Map(),
  ).value
  const mayChange = replica.subject.value.administrator
  // Asked when it is opened: what the list shows may not have been read yet.
  const show = async (step: Step, entry: Entry | null) =>
    setOpen({ step, entry, uses: entry ? await usesOf(replica.base, entry) : nothing })
  const close = () => setOpen(null)

  const write = async (id: string, patch: Record<string, unknown>): Promise<boolean> => {
    const result = await replica.write('directory', id, patch)
    if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
    return result.ok
  }
  const remove = async (entry: Entry) => {
    close()
    const gone = { deletedAt: Date.now(), deletedBy: replica.session.user.id }
    if (!(await write(entry.id, gone))) return
    showToast({
      text: t('removed', { name: entry.name }),
      undo: () => void write(entry.id, { deletedAt: null, deletedBy: null }),
    })
  }
  const move = async (id: string, index: number) => {
    const orders = movedOrders(entries, id, index)
    const moved = [...orders].map(([each, order]) => ({
      type: 'directory' as const,
      id: each,
      patch: { order },
    }))
    const result = await replica.writeAll(moved)
    if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
  }
  const join = async (entry: Entry, into: string, done: string) => {
    close()
    if (!(await write(entry.id, { mergedInto: into }))) return
    showToast({ text: done, undo: () => void write(entry.id, { mergedInto: null }) })
  }
  const askToRemove = async (entry: Entry) => {
    const uses = await usesOf(replica.base, entry)
    const ask = (step: Step) => setOpen({ step, entry, uses })
    if (entry.system) return ask('used')
    if (!isUsed(uses)) return remove(entry)
    if (directory === 'tag') return ask('removeTag')
    const isReplaced = directory === 'taskCategory' && entries.length > 1
    ask(isReplaced ? 'replace' : 'used')
  }

  const itemsOf = (entry: Entry): MenuItem[] => [
    { label: t('change'), icon: Pencil, onSelect: () => void show('edit', entry) },
    ...(directory === 'currency' && entry.code !== defaultCurrency(entries)
      ? [
          {
            label: t('makeDefault'),
            icon: Star,
            onSelect: () => void write(entry.id, { chosenAt: Date.now() }),
          },
        ]
      : []),
    ...(directory === 'tag' && entries.length > 1
      ? [{ label: t('join'), icon: Merge, onSelect: () => void show('join', entry) }]
      : []),
    {
      label: t('remove'),
      icon: Trash2,
      danger: true,
      separated: true,
      onSelect: () => void askToRemove(entry),
    },
  ]
  const row = (entry: Entry, grip: ComponentChildren, depth = 0) => {
    const used = uses.get(entry.id)
    return (
      <div
        class={styles.row}
        style={{ paddingInlineStart: `calc(var(--s5) * ${depth} + var(--s2))` }}
      >
        {grip}
        {entry.color && <Dot colour={entry.color} />}
        {directory === 'taskCategory' && (
          <Icon of={taskIcon('task', entry.icon)} class={styles.icon} />
        )}
        <span class={styles.words}>
          <span class={styles.name}>
            {entry.name}
            {entry.code && <Badge>{entry.code}</Badge>}
            {directory === 'currency' && entry.code === defaultCurrency(entries) && (
              <Badge kind="accent">{t('default')}</Badge>
            )}
            {entry.system && <Badge>{t('system')}</Badge>}
          </span>
          <span class="meta">
            {[
              used && usesWords(used),
              entry.rate !== undefined && rateWords(entry.rate, entry.rateAt),
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
        {mayChange && (
          <Menu
            label={t('actions', { name: entry.name })}
            trigger={(trigger) => (
              <IconButton
                {...trigger}
                icon={MoreHorizontal}
                label={t('actions', { name: entry.name })}
              />
            )}
            items={itemsOf(entry)}
          />
        )}
      </div>
    )
  }
  const add = mayChange && (
    <Button kind="primary" icon={Plus} onClick={() => void show('edit', null)}>
      {t('add')}
    </Button>
  )
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  return (
    <Page title={t('title')} back="/settings" width="wide" actions={entries.length > 0 && add}>
      <div class={styles.tabs} ref={showChosen}>
        <Tabs
          label={t('title')}
          value={directory}
          onValue={(next) => navigate(`/settings/directories/${next}`, { replace: true })}
          tabs={names.map((each) => ({ value: each, label: labelOf(directories[each]) }))}
        />
      </div>
      {!mayChange && <p class="meta">{t('onlyAdministrators')}</p>}
      {entries.length === 0 && <EmptyState icon={BookOpen} title={t('empty')} action={add} />}
      {directory === 'folder' ? (
        <ul class={styles.list} aria-label={labelOf(directories.folder)}>
          {treeOf(entries).map(({ entry, depth }) => (
            <li key={entry.id}>{row(entry, null, depth)}</li>
          ))}
        </ul>
      ) : (
        <Sortable
          ids={entries.map(({ id }) => id)}
          onMove={move}
          disabled={!mayChange || directory === 'tag'}
          class={styles.list}
          label={labelOf(directories[directory])}
          nameOf={(id) => byId.get(id)?.name ?? ''}
        >
          {(id, grip) => {
            const entry = byId.get(id)
            return entry && row(entry, grip)
          }}
        </Sortable>
      )}
      {open?.step === 'edit' && (
        <EntryDialog directory={directory} entry={open.entry} uses={open.uses} onClose={close} />
      )}
      {open?.entry && open.step === 'used' && (
        <UsedDialog entry={open.entry} uses={open.uses} onClose={close} />
      )}
      {open?.entry && open.step === 'removeTag' && (
        <RemoveTagDialog entry={open.entry} uses={open.uses} onRemove={remove} onClose={close} />
      )}
      {open?.entry && open.step === 'join' && (
        <JoinDialog
          entry={open.entry}
          entries={entries}
          onChosen={(into) => open.entry && join(open.entry, into, t('joined'))}
          onClose={close}
        />
      )}
      {open?.entry && open.step === 'replace' && (
        <ReplaceDialog
          entry={open.entry}
          uses={open.uses}
          entries={entries}
          onChosen={(into) =>
            open.entry && join(open.entry, into, t('removed', { name: open.entry.name }))
          }
          onClose={close}
        />
      )}
    </Page>
  )
}
