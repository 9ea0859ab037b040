/** A field whose value is an entry of a directory. */
import { type DirectoryName, entryId } from '../../../shared/records/directory.ts'
import { entriesOf, useDirectory } from '../../fields/use-directory.ts'
import { useReplica } from '../../frame/app-context.ts'
import { InlineSelect } from './inline-field.tsx'
import { t } from './texts.ts'

interface EntrySelectProps {
  directory: DirectoryName
  label: string
  value: string | undefined
  readOnly: boolean
  onSave: (id: string | null) => void
}

export const EntrySelect = ({ directory, label, value, readOnly, onSave }: EntrySelectProps) => {
  const entries = useDirectory(useReplica())
  const offered = entriesOf(entries, directory)
  // One that was deleted meanwhile is shown as long as it is the value.
  const current = value
    ? // Roles that the relay keeps as they were written before there were directories.
      (entries.get(value) ?? entries.get(entryId(directory, value)))
    : undefined
  const shown = current && !offered.includes(current) ? [...offered, current] : offered
  return (
    <InlineSelect
      label={label}
      value={current?.id ?? ''}
      options={[
        { value: '', label: t('client.empty') },
        ...shown.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      readOnly={readOnly}
      onSave={(id) => onSave(id || null)}
    />
  )
}
