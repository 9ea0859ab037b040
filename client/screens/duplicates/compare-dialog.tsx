/** Records side by side: what stays is chosen field by field, and then they are merged (F237, F238, F240). */
import { TriangleAlert } from 'lucide-preact'
import { useId, useState } from 'preact/hooks'
import {
  bothTexts,
  isFilled,
  type MergedRow,
  type MergedType,
  mergedFields,
} from '../../../shared/duplicates/merge.ts'
import { sameValue } from '../../../shared/equality.ts'
import { mayWriteContact } from '../../../shared/records/contact.ts'
import { Button, classNames, Dialog, Icon, Switch } from '../../design/index.ts'
import { isMergeable } from '../../duplicates/record-index.ts'
import { labelOf } from '../../i18n/index.ts'
import { type Replica, type StoredRow, useLive } from '../../replica/index.ts'
import { useEmployees } from '../dialogs/use-employees.ts'
import { fieldWords, type Names } from '../offline-work/field-words.ts'
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
  const [mainId, setMainId] = useState(records[0]?.id)
  const [choices, setChoices] = useState<Readonly<Record<string, string>>>({})
  const [keepAccess, setKeepAccess] = useState(false)
  const [working, setWorking] = useState(false)
  const main = records.find(({ id }) => id === mainId) ?? records[0]
  const duplicates = records.filter(({ id }) => id !== main?.id)
  const names = useNames(replica, records)
  const losing = useLive<StoredRow<'employee'>[]>(
    () => (main ? losesAccess(replica, main, duplicates) : []),
    [main?.id, records.length, replica],
    [],
  ).value
  if (!main) return null
  const subject = replica.subject.value
  const mayBeMain = (row: MergedRow) =>
    mayWriteContact(subject, row, row) === null &&
    records.every((other) => other === row || isMergeable(subject, other))

  const submit = async () => {
    setWorking(true)
    const kept = keepAccess ? losing.map(({ id }) => id) : []
    const done = await merge(replica, { table, main, duplicates, choices, kept })
    setWorking(false)
    if (done) onMerged()
  }
  const lines = mergedFields(table)
    .map(([name, field]) => ({ name, field, values: records.map((row) => fieldOf(row, name)) }))
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
      <p class="meta">{t('compare.hint')}</p>
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
                      aria-label={`${t('compare.makeMain')}: ${row.name}`}
                      onChange={() => setMainId(row.id)}
                    />
                    <span>{row === main ? t('main') : t('compare.makeMain')}</span>
                  </label>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ name, field, values }) => {
              const isList = field.kind === 'parts' || values.some(Array.isArray)
              const kept = keptOf(name, values, records, main, choices)
              const differs = values
                .filter(isFilled)
                .some((value, _, all) => !sameValue(value, all[0]))
              const label = labelOf(field.label)
              return (
                <tr key={name}>
                  <th scope="row" class={styles.label}>
                    {label}
                    {field.kind === 'prose' && differs && (
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
                    const said = isFilled(value) ? wordsOf(table, name, value, names) : ''
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
      <p class="meta">{t('compare.rights')}</p>
      {losing.length > 0 && (
        <div class={styles.warning} role="alert">
          <Icon of={TriangleAlert} size={20} />
          <div>
            <b>{t('lost.title', { names: losing.map(({ name }) => name).join(', ') })}</b>
            <p>{t('lost.text')}</p>
            <Switch
              look="tick"
              label={t('lost.keep')}
              checked={keepAccess}
              onChecked={setKeepAccess}
            />
          </div>
        </div>
      )}
    </Dialog>
  )
}

/** A row has every declared field under its name. */
const fieldOf = (row: MergedRow, name: string): unknown => (row as Record<string, unknown>)[name]

/** Whose value stays: the chosen one, else the main's, else of the first that has one. */
const keptOf = (
  name: string,
  values: readonly unknown[],
  records: readonly MergedRow[],
  main: MergedRow,
  choices: Readonly<Record<string, string>>,
): string | undefined => {
  const chosen = choices[name]
  if (chosen !== undefined) return chosen
  if (isFilled(fieldOf(main, name))) return main.id
  return records.find((_, index) => isFilled(values[index]))?.id
}

const wordsOf = (table: MergedType, name: string, value: unknown, names: Names): string =>
  fieldWords(table, { [name]: [undefined, value] }, names)[0]?.after ?? ''

/** Names behind the ids that are compared. */
const useNames = (replica: Replica, records: readonly MergedRow[]): Names => {
  const employees = useEmployees(replica)
  const ids = records.flatMap((row) =>
    ['client', 'parent'].flatMap((name) => {
      const id = fieldOf(row, name)
      return typeof id === 'string' ? [id] : []
    }),
  )
  const clients = useLive<(StoredRow<'client'> | undefined)[]>(
    () => replica.base.client.bulkGet(ids),
    [ids.join(), replica],
    [],
  ).value
  return new Map([
    ...[...employees].map(([id, { name }]) => [id, name] as const),
    ...clients.flatMap((client) => (client ? [[client.id, client.name] as const] : [])),
  ])
}
