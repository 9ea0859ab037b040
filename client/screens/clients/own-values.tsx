/** The fields that administrators declared, in the form of a new record. */
import { Plus } from 'lucide-preact'
import { useRef, useState } from 'preact/hooks'
import { clientsOfDefaults } from '../../../shared/fields/defaults.ts'
import { customField } from '../../../shared/fields/fields.ts'
import type { CustomValue } from '../../../shared/records/custom-value.ts'
import { Button } from '../../design/index.ts'
import { useDefinitions, useNames } from '../../fields/use-fields.ts'
import { type Replica, resolveRows, useAnswer } from '../../replica/index.ts'
import type { CardType } from '../settings/fields/card-types.ts'
import { FieldDialog } from '../settings/fields/lazy-field-dialog.ts'
import { t as fieldTexts } from '../settings/fields/texts.ts'
import styles from './fields.module.css'
import { NewValueField } from './new-value-field.tsx'
import { customValues, defaultsOf, type Entered, type Wrong } from './new-values.ts'
import { t } from './texts.ts'

/** Of these clients those that are there for this user; all of them until that is read, lest a quick one save none. */
const useClientsThere = (replica: Replica, ids: readonly string[]): ReadonlySet<string> =>
  useAnswer(ids.join(), async () => {
    const rows = await resolveRows(replica.base, 'client', ids)
    return new Set(ids.filter((id) => rows.get(id)?.deletedAt === undefined && rows.has(id)))
  }, [replica])?.answer ?? new Set(ids)

/**
 * `check` gives the values to store, or null, and then the fields say what is wrong.
 * `entered` is kept by the form, with its draft.
 */
export const useOwnValues = (
  replica: Replica,
  type: CardType,
  entered: Entered,
  onEntered: (entered: Entered) => void,
  /** A form that asks for as little as it can: what is not required keeps its default. */
  requiredOnly = false,
) => {
  const names = useNames(replica)
  const { closed, administrator } = replica.subject.value
  const own = useDefinitions(replica, type)
    .filter(({ id }) => !closed?.has(id))
    .map(customField)
  const [wrong, setWrong] = useState<Wrong>({})
  const [adding, setAdding] = useState(false)
  const clients = useClientsThere(replica, clientsOfDefaults(own))
  const values = { ...defaultsOf(own, names, clients), ...entered }
  /** What is entered by now: a file is given to its field later than it was chosen. */
  const newest = useRef(entered)
  newest.current = entered
  const check = (): Record<string, CustomValue> | null => {
    const made = customValues(own, values, names)
    setWrong(made.wrong)
    return Object.keys(made.wrong).length > 0 ? null : made.custom
  }
  const fields = (
    <>
      {own
        .filter(({ required }) => required || !requiredOnly)
        .map((info) => {
          const error = wrong[info.key]
          return (
            <NewValueField
              key={info.key}
              info={info}
              names={names}
              value={values[info.key]}
              error={error && t(error)}
              replica={replica}
              onValue={(value) => {
                onEntered({ ...newest.current, [info.key]: value })
                setWrong(({ [info.key]: _, ...others }) => others)
              }}
            />
          )
        })}
      {administrator && !requiredOnly && (
        <Button kind="quiet" icon={Plus} class={styles.addField} onClick={() => setAdding(true)}>
          {fieldTexts('addHere')}
        </Button>
      )}
      {adding && <FieldDialog type={type} definition={null} onClose={() => setAdding(false)} />}
    </>
  )
  return { check, fields }
}

/** The first field that is wrong is typed in at once; called when the errors are about to show. */
export const focusFirstWrong = () =>
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('dialog[open] [aria-invalid="true"]')?.focus(),
  )
