/** Клиенты → Дубли: records that may be one and the same, compared, merged, skipped, taken apart again. */
import { CopyCheck, RefreshCw, TriangleAlert } from 'lucide-preact'
import { useCallback, useEffect, useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { type MatchField, matchFields } from '../../../shared/duplicates/keys.ts'
import type { MergedType } from '../../../shared/duplicates/merge.ts'
import { Button, Choice, EmptyState, Switch, Tabs, VirtualList } from '../../design/index.ts'
import { type SearchState, useDuplicates } from '../../duplicates/use-duplicates.ts'
import { useReplica } from '../../frame/app-context.ts'
import styles from './duplicates.module.css'
import { GroupCard } from './group-card.tsx'
import { MergeHistory } from './merge-history.tsx'
import { PageHead } from './page-head.tsx'
import { t } from './texts.ts'
import { fieldName } from './words.ts'

type Tab = MergedType | 'history'

/** Each has an address of its own (F228), and leads back to the list that it is about. */
const pages: Record<Tab, { path: string; back: string }> = {
  client: { path: '', back: '/clients' },
  person: { path: 'persons', back: '/persons' },
  appeal: { path: 'appeals', back: '/dialogs' },
  history: { path: 'history', back: '/clients' },
}
const tabs = Object.keys(pages) as Tab[] // Object.keys forgets the key type

interface DuplicatesScreenProps {
  params: { tab?: string | undefined }
}

export const DuplicatesScreen = ({ params }: DuplicatesScreenProps) => {
  const tab = tabs.find((one) => pages[one].path === params.tab) ?? 'client'
  const [, navigate] = useLocation()
  return (
    <div class={styles.screen}>
      <PageHead title={t('title')} back={pages[tab].back} />
      <div class={styles.tabs}>
        <Tabs
          label={t('title')}
          value={tab}
          onValue={(next) =>
            navigate(`/clients/duplicates/${pages[next].path}`.replace(/\/$/, ''), {
              replace: true,
            })
          }
          tabs={tabs.map((value) => ({ value, label: t(`tab.${value}`) }))}
        />
      </div>
      {tab === 'history' ? <MergeHistory /> : <Search key={tab} table={tab} />}
    </div>
  )
}

type Principle = 'name' | 'firm'

const isPrinciple = (field: MatchField): field is Principle => field === 'name' || field === 'firm'

const Search = ({ table }: { table: MergedType }) => {
  const replica = useReplica()
  /** F231: the name of who wrote is compared as a human's or as a firm's, one after the other. */
  const [principle, setPrinciple] = useState<Principle>('name')
  const all = matchFields[table].filter(
    (field) => table !== 'appeal' || field === principle || !isPrinciple(field),
  )
  const [fields, setFields] = useState<readonly MatchField[]>(all)
  const { state, refresh } = useDuplicates(replica, table, fields)
  /** Main records of found groups that were merged or skipped since. */
  const [settled, setSettled] = useState<ReadonlySet<string>>(new Set())
  useEffect(() => setSettled(new Set()), [state])
  const onSettled = useCallback(
    (main: string, isSettled: boolean) =>
      setSettled((before) => {
        if (before.has(main) === isSettled) return before
        const next = new Set(before)
        if (isSettled) next.add(main)
        else next.delete(main)
        return next
      }),
    [],
  )
  return (
    <>
      <div class={styles.bar}>
        {table === 'appeal' && (
          <Choice
            label={t('principle')}
            value={principle}
            onValue={(next) => {
              setPrinciple(next)
              setFields(fields.map((field) => (isPrinciple(field) ? next : field)))
            }}
            options={[
              { value: 'name', label: t('principle.name') },
              { value: 'firm', label: t('principle.firm') },
            ]}
          />
        )}
        <fieldset class={styles.ticks}>
          <legend class="visually-hidden">{t('compare')}</legend>
          {all.map((field) => (
            <Switch
              key={field}
              look="tick"
              label={fieldName(field, table)}
              checked={fields.includes(field)}
              onChecked={(checked) =>
                setFields(all.filter((one) => (one === field ? checked : fields.includes(one))))
              }
            />
          ))}
        </fieldset>
        <p class={styles.status} role="status">
          {statusOf(state, settled.size)}
        </p>
        <Button icon={RefreshCw} onClick={refresh} disabled={state.kind === 'indexing'}>
          {t('refresh')}
        </Button>
      </div>
      {state.kind === 'indexing' && state.total > 0 && (
        <progress class={styles.progress} value={state.done} max={state.total} />
      )}
      <Result
        table={table}
        state={state}
        fields={fields}
        refresh={refresh}
        settled={settled.size}
        onSettled={onSettled}
      />
    </>
  )
}

const statusOf = (state: SearchState, settled: number): string => {
  if (state.kind === 'indexing')
    return state.total === 0 ? '' : t('indexing', { done: state.done, total: state.total })
  if (state.kind === 'failed') return t('failed')
  const found = t('groups', { count: state.groups.length - settled })
  return `${found} · ${t('checked', { count: state.records })}`
}

interface ResultProps {
  table: MergedType
  state: SearchState
  fields: readonly MatchField[]
  refresh: () => void
  settled: number
  onSettled: (main: string, settled: boolean) => void
}

const Result = ({ table, state, fields, refresh, settled, onSettled }: ResultProps) => {
  const replica = useReplica()
  if (state.kind === 'indexing') return null
  if (state.kind === 'failed')
    return (
      <EmptyState
        icon={TriangleAlert}
        title={t('failed')}
        text={t('failed.text')}
        action={<Button onClick={refresh}>{t('refresh')}</Button>}
      />
    )
  if (fields.length === 0)
    return <EmptyState icon={CopyCheck} title={t('noFields.title')} text={t('noFields.text')} />
  const { groups, common } = state
  return (
    <>
      {common.slice(0, 3).map(({ field, key, count }) => (
        <p key={`${field} ${key}`} class={styles.common}>
          {t('common', {
            key: key.replace(/^(firm|person) /, ''),
            field: fieldName(field, table),
            count,
          })}
        </p>
      ))}
      {groups.length === settled && (
        <EmptyState icon={CopyCheck} title={t('none.title')} text={t('none.text')} />
      )}
      {/* Also with nothing left in it: what is taken back comes back into it. */}
      {groups.length > 0 && (
        <VirtualList
          class={styles.list}
          label={t('title')}
          count={groups.length}
          rowHeight={240}
          measured
          keyOf={(index) => groups[index]?.main ?? index}
          render={(index) => {
            const group = groups[index]
            return group ? (
              <GroupCard
                table={table}
                group={group}
                fields={fields}
                replica={replica}
                onSettled={onSettled}
              />
            ) : null
          }}
        />
      )}
    </>
  )
}
