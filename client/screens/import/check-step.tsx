import { useEffect, useState } from 'preact/hooks'
import { Button, Choice, classNames, Switch } from '../../design/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { locale } from '../../i18n/index.ts'
import type { Changed } from '../../import/plan.ts'
import type { CheckAnswer, CheckedRow, RowFilter } from '../../import/session.ts'
import { isWarning } from '../../import/values.ts'
import { type Replica, useLive } from '../../replica/index.ts'
import styles from './import.module.css'
import { ProgressBar } from './progress-bar.tsx'
import { differencesOf, foundWords, problemWords } from './row-words.ts'
import { t } from './texts.ts'
import { type Choices, errorWords, type Wizard } from './wizard.ts'

/** Rows fetched from the worker at once. */
const page = 50

/** Every row before it is loaded, and what to do with clients that are there already (F40, F43). */
export const CheckStep = ({ wizard }: { wizard: Wizard }) => {
  const replica = useReplica()
  const choices = wizard.choices.value
  const check = wizard.check.value
  const isBusy = wizard.busy.value === 'check'
  const set = (change: Partial<Choices>) => {
    wizard.choices.value = { ...choices, ...change }
    void wizard.runCheck()
  }
  const content = wizard.content.value
  const isContact = content === 'contact'
  const kind = isContact ? 'hint' : content === 'interest' ? 'interest' : 'work'
  const isComplete = useLive(
    async () => (await replica.base.meta.get('complete')) === true,
    [replica],
    false,
  ).value
  const isPart = check?.isPart === true
  useEffect(() => {
    if (isPart && isComplete) void wizard.runCheck()
  }, [wizard, isPart, isComplete])
  const loads = check ? check.counts.create + check.counts.change : 0
  return (
    <>
      <div class={styles.policy}>
        <Switch
          checked={choices.search}
          disabled={isBusy}
          onChecked={(search) => set({ search })}
          label={t(isContact ? 'search' : 'search.work')}
          hint={t(isContact ? 'search.hint' : `search.${content}.hint`)}
        />
        {choices.search && (
          <Choice
            label={t(isContact ? 'mode' : 'mode.work')}
            labelShown
            look="list"
            value={choices.mode}
            onValue={(mode) => set({ mode })}
            options={(['fill', 'overwrite', 'create'] as const).map((value) => ({
              value,
              label: t(`mode.${value}`),
              hint: t(`mode.${value}.${kind}`),
            }))}
          />
        )}
        <Switch
          checked={choices.withMistakes}
          disabled={isBusy}
          onChecked={(withMistakes) => set({ withMistakes })}
          label={t('withMistakes')}
          hint={t(isContact ? 'withMistakes.hint' : 'withMistakes.work')}
        />
      </div>
      {isBusy && <ProgressBar wizard={wizard} />}
      {wizard.error.value && (
        <p class={styles.error} role="alert">
          {errorWords(wizard.error.value)}
        </p>
      )}
      {isPart && (
        <p class={styles.error} role="status">
          {t('check.part')}
        </p>
      )}
      {check && <Result key={String(isBusy)} wizard={wizard} check={check} />}
      <div class={styles.actions}>
        <Button
          onClick={() => {
            wizard.cancel()
            wizard.step.value = 'columns'
          }}
        >
          {t('back')}
        </Button>
        {check && loads === 0 && <span class="meta">{t('load.nothing')}</span>}
        <Button kind="primary" disabled={isBusy || isPart || loads === 0} onClick={wizard.runLoad}>
          {t('load')}
        </Button>
      </div>
    </>
  )
}

const filters = ['all', 'create', 'change', 'same', 'skip', 'mistake', 'warned'] as const

interface Shown {
  filter: RowFilter
  check: CheckAnswer
  rows: readonly CheckedRow[]
}

const Result = ({ wizard, check }: { wizard: Wizard; check: CheckAnswer }) => {
  const { counts, warned } = check
  const total = counts.create + counts.change + counts.same + counts.skip + counts.mistake
  const countOf = (filter: RowFilter): number => {
    if (filter === 'all') return total
    return filter === 'warned' ? warned : counts[filter]
  }
  const [filter, setFilter] = useState<RowFilter>(counts.mistake > 0 ? 'mistake' : 'all')
  const [shown, setShown] = useState<Shown | null>(null)
  const rows = shown?.check === check && shown.filter === filter ? shown.rows : null
  const more = async (before: readonly CheckedRow[]) => {
    const next = await wizard.importer.rows(filter, before.length, page)
    return { filter, check, rows: [...before, ...next] }
  }
  useEffect(() => {
    let current = true
    more([]).then((first) => {
      if (current) setShown(first)
    })
    return () => {
      current = false
    }
  }, [filter, check])
  return (
    <section aria-label={t('rows')} class={styles.result}>
      <div class={styles.filters}>
        {filters
          .filter((each) => each === 'all' || countOf(each) > 0)
          .map((each) => (
            <button
              key={each}
              type="button"
              class={styles.filter}
              aria-pressed={filter === each}
              onClick={() => setFilter(each)}
            >
              {t(`count.${each}`)}{' '}
              <b class={classNames(each === 'mistake' && styles.bad)}>
                {countOf(each).toLocaleString(locale.value)}
              </b>
            </button>
          ))}
      </div>
      <ul class={styles.rows}>
        {rows?.map((row) => (
          <RowView key={row.line} row={row} />
        ))}
      </ul>
      {rows?.length === 0 && <p class="meta">{t('rows.none')}</p>}
      {rows && rows.length < countOf(filter) && (
        <Button
          onClick={async () => {
            const longer = await more(rows)
            // Another filter may have been chosen meanwhile, or the button pressed twice.
            setShown((now) => (now?.rows === rows ? longer : now))
          }}
        >
          {t('rows.more')}
        </Button>
      )}
    </section>
  )
}

/** Clients, persons and Interests that a row would link, to be shown by their names. */
const linkedIn = async ({ base }: Replica, changed: Changed = {}) => {
  const ids = ['client', 'person', 'interest', 'parent'].flatMap((field): string[] =>
    (changed[field] ?? []).flatMap((id) => (typeof id === 'string' ? id : [])),
  )
  if (ids.length === 0) return []
  const [clients, persons, interests] = await Promise.all([
    base.client.bulkGet(ids),
    base.person.bulkGet(ids),
    base.interest.bulkGet(ids),
  ])
  return [...clients, ...persons, ...interests].flatMap((row) => row ?? [])
}

const RowView = ({ row }: { row: CheckedRow }) => {
  const { line, outcome, problems, found, changed, cells, made } = row
  const replica = useReplica()
  const names = useLive<ReadonlyMap<string, string>>(
    async () =>
      new Map([
        ...made,
        ...[
          ...(await replica.base.employee.toArray()),
          ...(await replica.base.directory.toArray()),
          ...(await replica.base.clientSegment.toArray()),
          ...(await replica.base.scenario.toArray()).flatMap(({ stages }) => stages),
          ...(await linkedIn(replica, changed)),
        ].map(({ id, name }): [string, string] => [id, name]),
      ]),
    [replica, changed],
    new Map(),
  ).value
  return (
    <li class={styles.row}>
      <div class={styles.rowHead}>
        <span class="meta">{t('line', { line })}</span>
        <span class={classNames(styles.outcome, styles[outcome])}>{t(`outcome.${outcome}`)}</span>
      </div>
      <p class={styles.cells}>{cells.filter((cell) => cell !== '').join(' · ')}</p>
      {problems.map((problem) => (
        <p
          key={`${problem.column} ${problem.value}`}
          class={isWarning(problem) ? styles.remark : styles.problem}
        >
          {problemWords(problem)}
        </p>
      ))}
      {found && <p>{foundWords(found)}</p>}
      {found && changed && (
        <dl class={styles.differences}>
          {differencesOf(found.type, changed, names).map(({ field, before, after }, at) => (
            <div key={at}>
              <dt>{field}</dt>
              <dd>
                {before && <del>{before}</del>} <ins>{after}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  )
}
