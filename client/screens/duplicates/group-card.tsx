/** One group: the main record, what may be its duplicates, and what can be done about them. */
import { Combine, Phone, SkipForward, SquarePen } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { Group } from '../../../shared/duplicates/groups.ts'
import type { MatchField } from '../../../shared/duplicates/keys.ts'
import { isMergeable, mayEdit } from '../../../shared/duplicates/may-merge.ts'
import {
  isAppeal,
  type MergedRow,
  type MergedType,
  nameOf,
} from '../../../shared/duplicates/merge.ts'
import { Badge, Button, classNames, LinkButton, Switch } from '../../design/index.ts'
import { formatDateTime } from '../../format/index.ts'
import { type Replica, useLive } from '../../replica/index.ts'
import { type Employees, useEmployees } from '../dialogs/use-employees.ts'
import { CompareDialog } from './compare-dialog.tsx'
import styles from './duplicates.module.css'
import { skip } from './merge-acts.ts'
import { t } from './texts.ts'
import { fieldName, fieldValues, matchWords, pathOf } from './words.ts'

/** Rows of a group drawn; a group of more is merged in several goes. */
const shownAtMost = 30

interface GroupCardProps {
  table: MergedType
  group: Group
  fields: readonly MatchField[]
  replica: Replica
  /** Nothing of the group is left to decide, or something is again. */
  onSettled: (main: string, settled: boolean) => void
}

export const GroupCard = ({ table, group, fields, replica, onSettled }: GroupCardProps) => {
  const employees = useEmployees(replica)
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [comparing, setComparing] = useState(false)
  const rows = useLive<(MergedRow | undefined)[] | null>(
    () =>
      replica.base
        .table<MergedRow, string>(table)
        .bulkGet([group.main, ...group.duplicates.slice(0, shownAtMost).map(({ id }) => id)]),
    [group, table, replica],
    null,
  ).value
  const [main, duplicates] = rows ? openRows(rows) : []
  const settled = rows !== null && !duplicates?.length
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (rows) onSettled(group.main, settled)
    // What had the focus went with the group: the next one is what people want then.
    if (settled && document.activeElement === document.body) focusNext(place.current)
  }, [group.main, rows === null, settled])
  if (!rows) return <div class={styles.waiting} />
  if (!main || !duplicates?.length) return <div ref={place} />

  const subject = replica.subject.value
  const mayMerge = mayEdit(subject, main)
  const chosen = duplicates.filter(({ id }) => ticked.has(id))
  const matchedOf = (id: string) => group.duplicates.find((one) => one.id === id)?.matched ?? []
  const columns = fields.filter((field) => field !== 'name' && field !== 'firm')
  const line = (row: MergedRow) => (
    <Line
      key={row.id}
      table={table}
      row={row}
      columns={columns}
      employees={employees}
      replica={replica}
      {...(row.id === main.id
        ? {}
        : {
            matched: matchedOf(row.id),
            tick: {
              checked: ticked.has(row.id),
              disabled: !isMergeable(subject, row),
              onChecked: (checked: boolean) => {
                const next = new Set(ticked)
                if (checked) next.add(row.id)
                else next.delete(row.id)
                setTicked(next)
              },
            },
          })}
    />
  )
  return (
    <section class={styles.group} aria-label={nameOf(main)}>
      <div class={styles.lines} style={{ '--columns': columns.length }}>
        <div class={styles.columns} aria-hidden="true">
          <span />
          <span>{t('column.record')}</span>
          {columns.map((field) => (
            <span key={field}>{fieldName(field, table)}</span>
          ))}
          <span>{t('column.responsible')}</span>
        </div>
        {[main, ...duplicates].map(line)}
      </div>
      <footer class={styles.acts}>
        <p class="meta">
          {chosen.length === 0 ? t('nothingTicked') : t('ticked', { count: chosen.length })}
        </p>
        <Button
          icon={SkipForward}
          disabled={chosen.length === 0}
          title={t('skip.hint')}
          onClick={() => skip(replica, table, main, chosen)}
        >
          {t('skip')}
        </Button>
        <Button
          kind="primary"
          icon={Combine}
          disabled={chosen.length === 0 || !mayMerge}
          onClick={() => setComparing(true)}
        >
          {t('mergeOpen')}
        </Button>
      </footer>
      {comparing && (
        <CompareDialog
          table={table}
          records={[main, ...chosen]}
          replica={replica}
          onClose={() => setComparing(false)}
          onMerged={() => {
            setComparing(false)
            setTicked(new Set())
          }}
        />
      )}
    </section>
  )
}

const isApart = (row: MergedRow | undefined): row is MergedRow =>
  row !== undefined &&
  row.deletedAt === undefined &&
  row.mergedInto === undefined &&
  // What was decided meanwhile is nobody's duplicate.
  !(isAppeal(row) && row.state !== 'new')

/** The main record and what is still to be decided about it. */
const openRows = ([main, ...others]: (MergedRow | undefined)[]): [MergedRow?, MergedRow[]?] => {
  if (!isApart(main)) return []
  const isDistinct = (row: MergedRow) =>
    (main.distinct ?? []).some(({ id }) => id === row.id) ||
    (row.distinct ?? []).some(({ id }) => id === main.id)
  return [main, others.filter(isApart).filter((row) => !isDistinct(row))]
}

const focusNext = (from: Element | null): void => {
  let row = from?.closest('[role=listitem]')?.nextElementSibling
  while (row) {
    const tick = row.querySelector<HTMLElement>('input:not([disabled])')
    tick?.focus()
    if (tick) return
    row = row.nextElementSibling
  }
}

interface LineProps {
  table: MergedType
  row: MergedRow
  columns: readonly MatchField[]
  employees: Employees
  replica: Replica
  /** Of a duplicate; the main record has neither. */
  matched?: readonly MatchField[]
  tick?: { checked: boolean; disabled: boolean; onChecked: (checked: boolean) => void }
}

const Line = ({ table, row, columns, employees, replica, matched, tick }: LineProps) => (
  <div class={classNames(styles.line, !tick && styles.main)}>
    <span class={styles.tick}>
      {tick && (
        <Switch
          look="tick"
          label={<span class="visually-hidden">{t('tick.record', { name: nameOf(row) })}</span>}
          {...tick}
        />
      )}
    </span>
    <span class={styles.record}>
      <Link href={pathOf(row)} class={styles.name}>
        {nameOf(row)}
      </Link>
      {isAppeal(row) && (
        <span class="meta">
          {formatDateTime(row.at)}
          {row.firstWords && ` · ${row.firstWords}`}
        </span>
      )}
      {matched ? (
        <span class="meta">
          {matchWords(matched, table)}
          {tick?.disabled && ` · ${t('readOnly')}`}
        </span>
      ) : (
        <Badge kind="green">{t('main')}</Badge>
      )}
    </span>
    {columns.map((field) => (
      <span key={field} class={classNames(styles.cell, matched?.includes(field) && styles.same)}>
        <span class={styles.cellName} aria-hidden="true">
          {fieldName(field, table)}
        </span>
        {fieldValues(row, field).map((value, index) => (
          <span key={index}>{value}</span>
        ))}
      </span>
    ))}
    <Responsible row={row} employees={employees} replica={replica} />
  </div>
)

/** Who knows more about a record, and two ways to ask (F235). */
const Responsible = ({
  row,
  employees,
  replica,
}: {
  row: MergedRow
  employees: Employees
  replica: Replica
}) => {
  const id = isAppeal(row) ? row.responsible : row.managers?.[0]
  const employee = id === undefined ? undefined : employees.get(id)
  const role = replica.known.roles.value.find((each) => each.id === id)
  if (!employee)
    return (
      <span class={styles.responsible}>
        {role?.name ?? t(id === undefined ? 'noManager' : 'former')}
      </span>
    )
  if (id === replica.session.user.id) return <span class={styles.responsible}>{t('you')}</span>
  const { name, email, phone } = employee
  return (
    <span class={styles.responsible}>
      <span>{name}</span>
      <span class={styles.ask}>
        <LinkButton
          kind="quiet"
          icon={SquarePen}
          href={`/mail/new?to=${encodeURIComponent(email)}`}
        >
          {t('write')} <span class="visually-hidden">{name}</span>
        </LinkButton>
        {phone && (
          <LinkButton kind="quiet" external icon={Phone} href={`tel:${phone}`}>
            {t('call')} <span class="visually-hidden">{name}</span>
          </LinkButton>
        )}
      </span>
    </span>
  )
}
