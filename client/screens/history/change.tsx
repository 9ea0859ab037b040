/** One change of a record: who, when, from which device, each field before and after, and the way back. */
import { ArrowRight, PencilLine } from 'lucide-preact'
import type { HistoryEntry } from '../../../shared/protocol/api.ts'
import { programDevice } from '../../../shared/protocol/rest.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import { Button, Icon, showToast } from '../../design/index.ts'
import { formatDate, formatTime } from '../../format/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { type Replica, useLive } from '../../replica/index.ts'
import { deviceId } from '../../session/session.ts'
import type { Employees } from '../dialogs/use-employees.ts'
import { fieldWords, type Names, readNames } from '../offline-work/field-words.ts'
import { agentName } from '../settings/agent-name.ts'
import styles from './history.module.css'
import { isCreation, isRestorable, restorePatch, restoreRecordPatch } from './restore.ts'
import { t } from './texts.ts'
import { entriesUpToNow, type History } from './use-history.ts'

interface ChangeProps {
  table: RecordType
  id: string
  entry: HistoryEntry
  history: History
  replica: Replica
  employees: Employees
  readOnly: boolean
  /** Shows the day too, where no heading says it. */
  dated?: boolean
}

export const Change = (props: ChangeProps) => {
  const { entry, replica, employees, table } = props
  const names = useNames(replica, entry)
  const words = Object.entries(entry.changes).flatMap(([name, change]) =>
    fieldWords(table, { [name]: change }, names).map((said) => ({ ...said, name })),
  )
  const mine = entry.user === replica.session.user.id
  const who = mine ? t('you') : (employees.get(entry.user)?.name ?? null)
  // It has its name from the relay, or none where there was no network.
  const program = entry.device.startsWith(programDevice)
    ? (props.history.devices[entry.device] ?? 'API')
    : null
  return (
    <details class={styles.change}>
      <summary class={styles.head}>
        <span class={styles.icon}>
          <Icon of={PencilLine} />
        </span>
        <span class={styles.said}>
          {/* Not an employee: a connector, which is the program itself. */}
          <b>{who ?? 'Interes'}</b> {program !== null && `${t('program', { name: program })} `}
          {actWords(entry, words, mine ? 'mine.' : who === null ? 'program.' : '')}{' '}
          <time class={styles.time} dateTime={new Date(entry.at).toISOString()}>
            {props.dated && `${formatDate(entry.at)} `}
            {formatTime(entry.at)}
          </time>
        </span>
      </summary>
      <div class={styles.body}>
        {program === null && <p class="meta">{t('device', { name: deviceName(props) })}</p>}
        <ul class={styles.fields}>
          {words.map(({ name, label, before, after }) => (
            <li key={name} class={styles.field}>
              <b>{label}</b>
              <span class={styles.values}>
                <span class={styles.before}>
                  <span class="visually-hidden">{t('was')} </span>
                  {before}
                </span>
                <Icon of={ArrowRight} />
                <span>
                  <span class="visually-hidden">{t('became')} </span>
                  {after}
                </span>
              </span>
              {!props.readOnly && isPossible(props, name) && (
                <Button
                  kind="quiet"
                  aria-label={t('putBackField', { field: label })}
                  onClick={() =>
                    putBack(props, (row) =>
                      restorePatch(table, row, { [name]: entry.changes[name]?.[0] }),
                    )
                  }
                >
                  {t('putBack')}
                </Button>
              )}
            </li>
          ))}
        </ul>
        {!props.readOnly && (
          <div>
            <Button onClick={() => putBackRecord(props)}>{t('record')}</Button>
          </div>
        )}
      </div>
    </details>
  )
}

/** What is required had nothing before the creation, and cannot be taken back to that. */
const isPossible = ({ table, entry }: ChangeProps, name: string): boolean =>
  isRestorable(table, name) && !isCreation(entry)

type Act = 'created' | 'createdRecord' | 'changed' | 'deleted' | 'restored'

const actOf = (entry: HistoryEntry): Act => {
  const { changes } = entry
  if (isCreation(entry)) return changes.name ? 'created' : 'createdRecord'
  if (changes.deletedAt) return changes.deletedAt[1] === null ? 'restored' : 'deleted'
  return 'changed'
}

/** What follows «Вы», the name of a colleague, or that of the program, which needs no «(а)». */
const actWords = (
  entry: HistoryEntry,
  words: { label: string }[],
  whose: 'mine.' | 'program.' | '',
): string => t(`${whose}${actOf(entry)}`, { fields: words.map(({ label }) => label).join(', ') })

const deviceName = ({ entry, history, replica }: ChangeProps): string => {
  const agent = history.devices[entry.device]
  const name = agent === undefined ? null : agentName(agent)
  if (entry.device === deviceId(replica.session.user.id))
    return [name, t('thisDevice')].filter(Boolean).join(', ')
  return name ?? t('unknownDevice')
}

const putBack = async (
  { replica, table, id }: ChangeProps,
  patchOn: (row: Record<string, unknown>) => Patch,
): Promise<void> => {
  const row: Record<string, unknown> | undefined = await replica.base.table(table).get(id)
  if (!row) return
  const patch = patchOn(row)
  if (Object.keys(patch).length === 0) {
    showToast({ text: t('same') })
    return
  }
  const result = await replica.write(table, id, patch)
  if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
  else showToast({ text: t('done') })
}

const putBackRecord = async (props: ChangeProps): Promise<void> => {
  const { table, entry, replica, id, history } = props
  const entries = await entriesUpToNow(replica, id, history.entries)
  await putBack(props, (row) => restoreRecordPatch(table, row, entries, entry.seq))
}

/** Names behind the ids that this entry's fields hold. */
const useNames = (replica: Replica, { seq, changes }: HistoryEntry): Names =>
  useLive<Names>(() => readNames(replica.base, changes), [seq, replica], new Map()).value
