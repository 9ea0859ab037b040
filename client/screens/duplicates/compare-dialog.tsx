/** Records side by side: what stays is chosen field by field, and then they are merged (F237, F238, F240). */
import { TriangleAlert } from 'lucide-preact'
import { useId, useState } from 'preact/hooks'
import { isMergeable, mayEdit } from '../../../shared/duplicates/may-merge.ts'
import {
  bothTexts,
  isAppeal,
  isFilled,
  isStrict,
  type MergedRow,
  type MergedType,
  mayGoInto,
  mergedFields,
  nameOf,
} from '../../../shared/duplicates/merge.ts'
import { sameValue } from '../../../shared/equality.ts'
import { type FieldInfo, fieldsOf, fieldValue } from '../../../shared/fields/fields.ts'
import { type Names, wordsOf } from '../../../shared/fields/words.ts'
import { type AppealRow, appeal as appealType } from '../../../shared/records/appeal.ts'
import { type FieldRow, seenFields } from '../../../shared/records/field.ts'
import { isNamePart } from '../../../shared/records/name-parts.ts'
import { Button, classNames, Dialog, Icon, Switch } from '../../design/index.ts'
import { useDirectory } from '../../fields/use-directory.ts'
import { formatDateTime } from '../../format/index.ts'
import { labelOf, locale } from '../../i18n/index.ts'
import { type Replica, resolveRows, type StoredRow, useLive } from '../../replica/index.ts'
import { useEmployees } from '../dialogs/use-employees.ts'
import styles from './compare.module.css'
import { losesAccess, merge } from './merge-acts.ts'
import { t } from './texts.ts'

interface CompareDialogProps {
  table: MergedType
  /** The proposed main record first. */
  records: readonly MergedRow[]
  replica: Replica
  onClose: () => void
  onMerged: () => void
}

export const CompareDialog = ({
  table,
  records,
  replica,
  onClose,
  onMerged,
}: CompareDialogProps) => {
  const group = useId()
  const subject = replica.subject.value
  const mayBeMain = (row: MergedRow) =>
    mayEdit(subject, row) &&
    records.every(
      (other) => other === row || (isMergeable(subject, other) && mayGoInto(other, row)),
    )
  const [mainId, setMainId] = useState((records.find(mayBeMain) ?? records[0])?.id)
  const [choices, setChoices] = useState<Readonly<Record<string, string>>>({})
  const [keepAccess, setKeepAccess] = useState(false)
  const [working, setWorking] = useState(false)
  const main = records.find(({ id }) => id === mainId) ?? records[0]
  const duplicates = records.filter(({ id }) => id !== main?.id)
  const infos = comparedFields(table, seenFields(subject, replica.known.fields.value))
  const names = useNames(replica, infos, records)
  const losing = useLive<StoredRow<'employee'>[]>(
    () => (main ? losesAccess(replica, main, duplicates) : []),
    [main?.id, records.length, replica],
    [],
  ).value
  if (!main) return null
  const submit = async () => {
    setWorking(true)
    const kept = keepAccess ? losing.map(({ id }) => id) : []
    const done = await merge(replica, { table, main, duplicates, choices, kept })
    setWorking(false)
    if (done) onMerged()
  }
  const lines = infos
    .map((info) => ({ info, values: records.map((row) => fieldValue(info, { ...row })) }))
    .filter(({ values }) => values.some(isFilled))

  return (
    <Dialog
      title={t('compare.title')}
      width="wide"
      onClose={onClose}
      onSubmit={submit}
      footer={
        <Button kind="primary" type="submit" disabled={working}>
          {t('merge')}
        </Button>
      }
    >
      {table !== 'appeal' && <p class="meta">{t('compare.hint')}</p>}
      <div class={styles.scroll}>
        <table class={styles.table}>
          <thead>
            <tr>
              <th scope="col" class={styles.label}>
                {t('compare.field')}
              </th>
              {records.map((row) => (
                <th key={row.id} scope="col">
                  <label class={styles.choice}>
                    <input
                      type="radio"
                      name={`${group}-main`}
                      checked={row === main}
                      disabled={!mayBeMain(row)}
                      aria-label={`${t('compare.makeMain')}: ${nameOf(row)}`}
                      onChange={() => setMainId(row.id)}
                    />
                    <span>{row === main ? t('main') : t('compare.makeMain')}</span>
                  </label>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table === 'appeal' && <AppealFacts records={records.filter(isAppeal)} />}
            {lines.map(({ info, values }) => {
              const name = info.key
              const isList = !name.startsWith('custom/') && values.some(Array.isArray)
              const kept = keptOf(info, values, records, main, choices)
              const differs = values
                .filter(isFilled)
                .some((value, _, all) => !sameValue(value, all[0]))
              const label = labelOf(info.label)
              return (
                <tr key={name}>
                  <th scope="row" class={styles.label}>
                    {label}
                    {name === 'note' && differs && (
                      <label class={styles.choice}>
                        <input
                          type="radio"
                          name={`${group}-${name}`}
                          checked={kept === bothTexts}
                          onChange={() => setChoices({ ...choices, [name]: bothTexts })}
                        />
                        <span>{t('compare.both')}</span>
                      </label>
                    )}
                  </th>
                  {records.map((row, index) => {
                    const value = values[index]
                    const said = isFilled(value) ? wordsOf(info, value, names) : ''
                    const isKept = isList || kept === row.id || kept === bothTexts
                    return (
                      <td key={row.id} class={classNames(isFilled(value) && isKept && styles.kept)}>
                        {isList || !differs || !isFilled(value) ? (
                          <span class={classNames(!said && styles.nothing)}>
                            {said || t('compare.nothing')}
                          </span>
                        ) : (
                          <label class={styles.choice}>
                            <input
                              type="radio"
                              name={`${group}-${name}`}
                              checked={kept === row.id}
                              aria-label={`${label}: ${said}`}
                              onChange={() => setChoices({ ...choices, [name]: row.id })}
                            />
                            <span>{said}</span>
                          </label>
                        )}
                      </td>
                    )
                  })}
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      <p class="meta">{t(table === 'appeal' ? 'compare.rights.appeal' : 'compare.rights')}</p>
      {records.some(isStrict) && !records.every(isStrict) && (
        <p class="meta">{t('compare.strict')}</p>
      )}
      {losing.length > 0 && (
        <div class={styles.warning} role="alert">
          <Icon of={TriangleAlert} size={20} />
          <div>
            <b>{t('lost.title', { names: namesOf(losing) })}</b>
            <p>{t(table === 'appeal' ? 'lost.text.appeal' : 'lost.text')}</p>
            {table !== 'appeal' && (
              <Switch
                look="tick"
                label={t('lost.keep')}
                checked={keepAccess}
                onChecked={setKeepAccess}
              />
            )}
          </div>
        </div>
      )}
    </Dialog>
  )
}

/** More would be a list that nobody reads: a mailbox may be everyone's. */
const namedAtMost = 5

const namesOf = (employees: readonly StoredRow<'employee'>[]): string => {
  const names = employees
    .slice(0, namedAtMost)
    .map(({ name }) => name)
    .join(', ')
  const count = employees.length - namedAtMost
  return count > 0 ? t('lost.more', { names, count }) : names
}

/** What tells appeals apart and is not merged: who wrote, when, what. */
const AppealFacts = ({ records }: { records: readonly AppealRow[] }) => {
  const { who, at, firstWords } = appealType.fields
  const lines: [string, (row: AppealRow) => string][] = [
    [labelOf(who.label), (row) => nameOf(row)],
    [t('compare.address'), (row) => row.who.address],
    [labelOf(at.label), (row) => formatDateTime(row.at)],
    [labelOf(firstWords.label), (row) => row.firstWords ?? ''],
  ]
  return (
    <>
      {lines.map(([label, said]) => (
        <tr key={label}>
          <th scope="row" class={styles.label}>
            {label}
          </th>
          {records.map((row) => (
            <td key={row.id}>{said(row)}</td>
          ))}
        </tr>
      ))}
    </>
  )
}

/** Whose value stays: the chosen one, else the main's, else of the first that has one. */
const keptOf = (
  info: FieldInfo,
  values: readonly unknown[],
  records: readonly MergedRow[],
  main: MergedRow,
  choices: Readonly<Record<string, string>>,
): string | undefined => {
  const chosen = choices[info.key]
  if (chosen !== undefined) return chosen
  if (isFilled(fieldValue(info, { ...main }))) return main.id
  return records.find((_, index) => isFilled(values[index]))?.id
}

/** Fields that are compared: all that a merge may change, built-in and custom; of a name the whole. */
const comparedFields = (table: MergedType, definitions: readonly FieldRow[]): FieldInfo[] => {
  const names = new Set(mergedFields(table).map(([name]) => name))
  return fieldsOf(table, definitions).filter(
    ({ key }) => names.has(key.split('/', 1)[0] ?? '') && !isNamePart(key),
  )
}

/** Names behind the ids that are compared. */
const useNames = (
  replica: Replica,
  infos: readonly FieldInfo[],
  rows: readonly MergedRow[],
): Names => {
  const entries = useDirectory(replica)
  const employees = useEmployees(replica)
  const ids = infos.flatMap((info) =>
    info.kind === 'client' ? rows.map((row) => String(fieldValue(info, { ...row }) ?? '')) : [],
  )
  const clients = useLive<ReadonlyMap<string, StoredRow<'client'>>>(
    () => resolveRows(replica.base, 'client', ids),
    [ids.join(), replica],
    new Map(),
  ).value
  return {
    language: locale.value,
    entries,
    records: new Map([...employees, ...clients].map(([id, { name }]) => [id, name])),
    // Only for reading what was typed.
    currency: '',
    today: new Date(0),
  }
}
