/** What new records begin with in a field: asked for as the form of a new record will ask. */
import { customField } from '../../../../shared/fields/fields.ts'
import type { Names } from '../../../../shared/fields/words.ts'
import type { FieldRow } from '../../../../shared/records/field.ts'
import { Switch } from '../../../design/index.ts'
import type { Replica } from '../../../replica/index.ts'
import { NewValueField } from '../../clients/new-value-field.tsx'
import type { Start } from './start.ts'
import { t } from './texts.ts'

interface FieldDefaultProps {
  /** As the form describes the field now. */
  definition: FieldRow
  start: Start
  onStart: (start: Start) => void
  names: Names
  error: string | undefined
  replica: Replica
}

export const FieldDefault = ({
  definition,
  start,
  onStart,
  names,
  error,
  replica,
}: FieldDefaultProps) => {
  const { hint: _hint, required: _required, ...described } = definition
  const name = t('default')
  return (
    <>
      {!start.today && (
        <NewValueField
          // Another kind is another control.
          key={definition.kind}
          info={customField({ ...described, name })}
          names={names}
          value={start.value}
          error={error}
          replica={replica}
          onValue={(value) => onStart({ value, today: false })}
        />
      )}
      {definition.kind === 'date' && (
        <Switch
          checked={start.today}
          onChecked={(today) => onStart({ value: '', today })}
          label={t('default.today')}
        />
      )}
    </>
  )
}
