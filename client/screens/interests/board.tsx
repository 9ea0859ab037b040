/** The board: a column a stage, with count and sum; only the cards in view are in the document. */
import { Plus } from 'lucide-preact'
import { useCallback, useRef, useState } from 'preact/hooks'
import { sameValue } from '../../../shared/equality.ts'
import type { Stage } from '../../../shared/records/scenario.ts'
import { rights } from '../../../shared/rights.ts'
import { deadlineOf } from '../../../shared/tasks.ts'
import { Dot } from '../../design/Dot.tsx'
import { Button, classNames, IconButton, VirtualList } from '../../design/index.ts'
import { WhenComplete } from '../../frame/when-complete.tsx'
import { type Range, stepsOf } from '../../lists/steps.ts'
import { type Replica, resolveRows, type StoredRow, useLive } from '../../replica/index.ts'
import type { Employees } from '../dialogs/use-employees.ts'
import styles from './board.module.css'
import { BoardCard } from './board-card.tsx'
import { useBoardDrag } from './board-drag.ts'
import { sumsText } from './money.ts'
import { useMove } from './move.tsx'
import type { Interest, Scenario } from './queries.ts'
import { t } from './texts.ts'

/** Height of a card with the gap below it, px. */
const cardHeight = 124
/** Names and tasks are read in steps of so many cards, so that scrolling by one reads nothing. */
const step = 20

interface BoardProps {
  replica: Replica
  scenario: Scenario
  columns: Columns
  /** There is no Interest yet: the first column says how to begin. */
  isNew: boolean
  ticked: readonly string[]
  /** `range`: with Shift, all from the last ticked one to this. */
  onTick: (id: string, ticked: boolean, range: boolean) => void
  employees: Employees
  now: number
  onNew: (stage: Stage) => void
}

/** The cards of each stage. */
type Columns = ReadonlyMap<string, readonly Interest[]>

export const columnsOf = (scenario: Scenario, rows: readonly Interest[]): Columns => {
  const columns = new Map<string, Interest[]>(scenario.stages.map(({ id }) => [id, []]))
  // A stage that was deleted while somebody moved here: the card stays in sight.
  const first = scenario.stages[0]?.id ?? ''
  for (const row of rows) (columns.get(row.stage) ?? columns.get(first))?.push(row)
  return columns
}

export const Board = (props: BoardProps) => {
  const { replica, scenario, columns, isNew } = props
  const { move, asking } = useMove(replica)
  const moveTo = (id: string, stage: Stage | undefined) => {
    const row = [...columns.values()].flat().find((one) => one.id === id)
    if (row && stage) move(row, scenario, stage)
  }
  const begin = isNew ? scenario.stages.find(({ kind }) => kind === 'open') : undefined
  const board = useBoardDrag((card, stage) =>
    moveTo(
      card,
      scenario.stages.find(({ id }) => id === stage),
    ),
  )
  return (
    <>
      <section ref={board} class={styles.board} aria-label={scenario.name}>
        {scenario.stages.map((stage) => (
          <Column
            {...props}
            key={stage.id}
            stage={stage}
            rows={columns.get(stage.id) ?? []}
            isNew={stage === begin}
            onMove={(row, next) => moveTo(row.id, next)}
          />
        ))}
      </section>
      {asking}
    </>
  )
}

interface ColumnProps extends BoardProps {
  stage: Stage
  rows: readonly Interest[]
  onMove: (row: Interest, stage: Stage) => void
}

const Column = (props: ColumnProps) => {
  const { stage, scenario, rows, replica, employees, now, onNew, ticked } = props
  const [[first, end], setRange] = useState<Range>([0, step])
  const seen = rows.slice(first, end)
  const { clients, tasks } = useAround(replica, seen)
  const keyOf = useCallback((index: number) => rows[index]?.id ?? index, [rows])
  const subject = replica.subject.value
  const { stages } = scenario
  const onMove = useLast(props.onMove)
  const onTick = useLast(props.onTick)
  const card = useCallback(
    (index: number) => {
      const row = rows[index]
      return (
        row && (
          <BoardCard
            row={row}
            client={clients.get(row.client ?? '')}
            responsible={employees.get(row.responsible ?? '')?.name}
            task={tasks.get(row.id)}
            stages={stages}
            now={now}
            mayMove={rights(subject, row, row) === null}
            ticked={ticked.includes(row.id)}
            onTick={onTick}
            onMove={onMove}
          />
        )
      )
    },
    [rows, clients, employees, tasks, stages, now, subject, ticked, onTick, onMove],
  )
  const mayCreate = stage.kind === 'open'
  return (
    <section class={styles.column} data-stage={stage.id} aria-label={stage.name}>
      <header class={classNames(styles.columnHead, styles[stage.kind])}>
        <h2 class={styles.columnName}>
          {stage.color && <Dot colour={stage.color} />}
          <span class="ellipsis" title={stage.name}>
            {stage.name}
          </span>
          <span class={styles.columnCount}>{rows.length}</span>
          {mayCreate && (
            <IconButton
              icon={Plus}
              class={styles.add}
              label={t('addHere', { stage: stage.name })}
              onClick={() => onNew(stage)}
            />
          )}
        </h2>
        <p class={classNames('meta', 'ellipsis')}>
          {[sumsText(rows), stage.kind !== 'open' && t('recently')].filter(Boolean).join(' · ') ||
            ' '}
        </p>
      </header>
      {props.isNew ? (
        <WhenComplete isMissing={async () => true}>
          <div class={styles.begin}>
            <p>{t('none.text')}</p>
            <Button icon={Plus} onClick={() => onNew(stage)}>
              {t('begin')}
            </Button>
          </div>
        </WhenComplete>
      ) : rows.length === 0 ? (
        <p class={styles.none}>{t('empty')}</p>
      ) : (
        <VirtualList
          class={styles.cards}
          label={stage.name}
          count={rows.length}
          rowHeight={cardHeight}
          keyOf={keyOf}
          onRange={(from, last) => setRange((before) => stepsOf(step, from, last, before))}
          render={card}
        />
      )}
    </section>
  )
}

/** One function for all renders, which does what the last one given does: no card is rendered for it. */
const useLast = <A extends readonly unknown[]>(act: (...args: A) => void) => {
  const last = useRef(act)
  last.current = act
  return useCallback((...args: A) => last.current(...args), [])
}

interface Around {
  /** Names of clients by the id in the Interest, merges resolved. */
  clients: ReadonlyMap<string, string>
  /** The next task of each Interest. */
  tasks: ReadonlyMap<string, StoredRow<'task'>>
}

const nothing: Around = { clients: new Map(), tasks: new Map() }

/** What cards in view show besides their Interest. */
const useAround = (replica: Replica, rows: readonly Interest[]): Around => {
  const ids = rows.map(({ id }) => id)
  const clients = [...new Set(rows.flatMap(({ client }) => client ?? []))]
  /** A task that is read again unchanged stays the same object: its card is left alone. */
  const before = useRef<Around['tasks']>(nothing.tasks)
  return useLive<Around>(
    async () => {
      const [found, planned] = await Promise.all([
        resolveRows(replica.base, 'client', clients),
        replica.base.task.where('interest').anyOf(ids).toArray(),
      ])
      const tasks = new Map<string, StoredRow<'task'>>()
      for (const task of planned) {
        if (!task.interest || task.done || task.deletedAt !== undefined) continue
        const other = tasks.get(task.interest)
        if (!other || deadlineOf(task) < deadlineOf(other)) tasks.set(task.interest, task)
      }
      for (const [id, task] of tasks) {
        const known = before.current.get(id)
        if (known && sameValue(known, task)) tasks.set(id, known)
      }
      before.current = tasks
      return { clients: new Map([...found].map(([id, { name }]) => [id, name])), tasks }
    },
    [replica, ids.join(), clients.join()],
    nothing,
  ).value
}
