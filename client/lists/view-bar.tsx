/** Saved views of a list, one's own and shared ones, with the two that every company has (F314). */
import { ChevronDown } from 'lucide-preact'
import { useRef, useState } from 'preact/hooks'
import { newId } from '../../shared/ids.ts'
import { Button, Field, IconButton, Input, Menu, Switch, showToast } from '../design/index.ts'
import { reasonText } from '../i18n/reasons.ts'
import type { Replica, StoredRow } from '../replica/index.ts'
import { FormDialog } from '../screens/forms/form-dialog.tsx'
import {
  choosePreset,
  chooseView,
  isChangedFrom,
  type ListState,
  lookOf,
  type Preset,
  presetFilter,
  presetsOf,
  type ViewedTable,
  withoutView,
} from './list-state.ts'
import styles from './lists.module.css'
import { t } from './texts.ts'

interface ViewBarProps {
  replica: Replica
  table: ViewedTable
  state: ListState
  views: readonly StoredRow<'view'>[]
  onState: (state: ListState) => void
  /** How the list is shown without a saved view, where that is no choice between all and one's own. */
  usual?: string
}

export const ViewBar = ({ replica, table, state, views, onState, usual }: ViewBarProps) => {
  const [naming, setNaming] = useState<'new' | 'rename' | null>(null)
  /** A write takes a moment, in which the list is filtered on. */
  const latest = useRef(state)
  latest.current = state
  const view = views.find(({ id }) => id === state.view)
  const kept = view ? lookOf(table, view) : null
  const { filter, quick, columns, sort } = state
  const look = { filter, quick, columns, sort }
  const isChanged = isChangedFrom(table, state, kept)
  const mayChange =
    view !== undefined &&
    (view.owner === replica.session.user.id || replica.subject.value.administrator)
  const tell = (result: { ok: true } | { ok: false; reason: Parameters<typeof reasonText>[0] }) => {
    if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
    return result.ok
  }
  const save = async () => {
    if (view && tell(await replica.write('view', view.id, { ...look })))
      showToast({ text: t('view.saved', { name: view.name }) })
  }
  const remove = async () => {
    if (!view || !tell(await replica.write('view', view.id, { deletedAt: Date.now() }))) return
    onState(withoutView(table, latest.current, view.id))
    showToast({
      text: t('view.deleted', { name: view.name }),
      undo: () => replica.write('view', view.id, { deletedAt: null }).then(tell),
    })
  }
  const copyLink = async () => {
    const { origin, pathname } = window.location
    await navigator.clipboard.writeText(`${origin}${pathname}?view=${state.view}`)
    showToast({ text: t('view.linkCopied') })
  }
  const offered: readonly Preset[] =
    usual === undefined ? presetsOf(table) : views.length > 0 ? ['all'] : []
  return (
    <div class={styles.views}>
      <fieldset class={styles.viewList} aria-label={t('view.label')}>
        {offered.map((one) => (
          <button
            key={one}
            type="button"
            class={styles.view}
            aria-pressed={state.view === one}
            onClick={() => onState(choosePreset(table, state, one))}
          >
            {usual ??
              t(
                one === 'mine' && table !== 'client' && table !== 'person'
                  ? 'view.mine.interest'
                  : `view.${one}`,
              )}
          </button>
        ))}
        {views.map((row) => (
          <button
            key={row.id}
            type="button"
            class={styles.view}
            aria-pressed={state.view === row.id}
            title={row.shared ? `${row.name} · ${t('view.sharedMark')}` : row.name}
            onClick={() => onState(chooseView(table, state, row))}
          >
            {row.name}
          </button>
        ))}
      </fieldset>
      {(isChanged || view) && (
        <Menu
          label={t('view.menu')}
          trigger={(trigger) =>
            isChanged ? (
              <Button {...trigger} kind="quiet">
                {t('view.save')}
              </Button>
            ) : (
              <IconButton {...trigger} icon={ChevronDown} label={t('view.menu')} />
            )
          }
          items={[
            ...(isChanged && mayChange ? [{ label: t('view.save'), onSelect: save }] : []),
            ...(isChanged
              ? [
                  { label: t('view.saveAs'), onSelect: () => setNaming('new') },
                  {
                    label: t('view.reset'),
                    onSelect: () =>
                      onState({
                        ...state,
                        ...(kept ?? {
                          filter: presetFilter(table, state.view === 'mine' ? 'mine' : 'all'),
                          quick: null,
                        }),
                      }),
                  },
                ]
              : []),
            ...(view
              ? [
                  { label: t('view.link'), onSelect: copyLink, separated: isChanged },
                  ...(mayChange
                    ? [
                        { label: t('view.rename'), onSelect: () => setNaming('rename') },
                        { label: t('view.delete'), danger: true, onSelect: remove },
                      ]
                    : []),
                ]
              : []),
          ]}
        />
      )}
      {naming && (
        <NameDialog
          title={t(naming === 'new' ? 'view.new' : 'view.rename')}
          name={naming === 'rename' ? (view?.name ?? '') : ''}
          shared={naming === 'rename' && view?.shared === true}
          onClose={() => setNaming(null)}
          onName={async (name, shared) => {
            const id = naming === 'rename' && view ? view.id : newId()
            const patch = {
              name,
              shared: shared || null,
              ...(naming === 'new' && {
                ...look,
                recordType: table,
                owner: replica.session.user.id,
              }),
            }
            if (!tell(await replica.write('view', id, patch))) return
            setNaming(null)
            if (naming === 'new') onState({ ...latest.current, view: id })
            showToast({ text: t('view.saved', { name }) })
          }}
        />
      )}
    </div>
  )
}

interface NameDialogProps {
  title: string
  name: string
  shared: boolean
  onName: (name: string, shared: boolean) => void
  onClose: () => void
}

const NameDialog = ({ title, name, shared, onName, onClose }: NameDialogProps) => {
  const [typed, setTyped] = useState(name)
  const [isShared, setShared] = useState(shared)
  const [error, setError] = useState<string | null>(null)
  return (
    <FormDialog
      title={title}
      onClose={onClose}
      onSubmit={() => {
        if (typed.trim() === '') setError(t('view.noName'))
        else onName(typed.trim(), isShared)
      }}
      submit={t('view.save')}
    >
      <Field label={t('view.name')} error={error} required>
        {(control) => (
          <Input
            {...control}
            value={typed}
            onValue={(value) => {
              setTyped(value)
              setError(null)
            }}
            maxLength={200}
            autocomplete="off"
          />
        )}
      </Field>
      <Switch checked={isShared} onChecked={setShared} label={t('view.shared')} />
    </FormDialog>
  )
}
