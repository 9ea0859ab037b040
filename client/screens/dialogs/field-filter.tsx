/** The list of dialogs by any field, one's own too: fetched when it is first asked for. */
import { useEffect } from 'preact/hooks'
import type { Group } from '../../../shared/fields/filter.ts'
import { Conditions } from '../../lists/conditions.tsx'
import { FilterDialog } from '../../lists/filter-dialog.tsx'
import { initialState } from '../../lists/list-state.ts'
import { type RowTest, useRowTest } from '../../lists/row-test.ts'
import { useFields, useFilterContext, useNames, useRowNames } from '../../lists/use-list.ts'
import type { Replica } from '../../replica/index.ts'

interface FieldFilterProps {
  replica: Replica
  filter: Group
  /** How many dialogs are listed. */
  count: number | null
  /** The conditions are being chosen. */
  editing: boolean
  onFilter: (filter: Group) => void
  onTest: (test: RowTest) => void
  onClose: () => void
}

export const FieldFilter = (props: FieldFilterProps) => {
  const { replica, filter, count, editing, onFilter, onTest, onClose } = props
  const { infos, sources } = useFields(replica, 'dialog')
  const context = useFilterContext(replica, sources)
  const names = useRowNames(replica, useNames(sources), { filter, infos })
  const test = useRowTest(replica, filter, infos, context)
  useEffect(() => {
    if (test) onTest(test)
  }, [test])
  return (
    <>
      <Conditions
        state={{ ...initialState('dialog'), filter }}
        infos={infos}
        names={names}
        onState={(state) => onFilter(state.filter)}
      />
      {editing && (
        <FilterDialog
          filter={filter}
          infos={infos}
          context={context}
          sources={sources}
          replica={replica}
          count={count}
          onFilter={onFilter}
          onClose={onClose}
        />
      )}
    </>
  )
}
