/** The order of a list where there is no room for headings: by each of the columns, a second choice turns it. */
import { ArrowUpDown } from 'lucide-preact'
import type { FieldInfo } from '../../shared/fields/fields.ts'
import { IconButton, Menu } from '../design/index.ts'
import { labelOf } from '../i18n/index.ts'
import { nextSort } from './list-state.ts'
import type { Sort } from './query.ts'
import { t } from './texts.ts'

interface SortMenuProps {
  columns: readonly { field: string; info: FieldInfo }[]
  sort: Sort | null
  onSort: (sort: Sort | null) => void
}

export const SortMenu = ({ columns, sort, onSort }: SortMenuProps) => (
  <Menu
    label={t('sort.title')}
    trigger={(trigger) => <IconButton {...trigger} icon={ArrowUpDown} label={t('sort.title')} />}
    items={columns.map(({ field, info }) => ({
      label: labelOf(info.label),
      ...(sort?.field === field && { hint: t(sort.direction === 1 ? 'sort.up' : 'sort.down') }),
      onSelect: () => onSort(nextSort(sort, field)),
    }))}
  />
)
