/** The status of a contract: a badge, and the menu that changes it. */
import { ChevronDown } from 'lucide-preact'
import { isLapsed, lapsed, statuses, statusPatch, statusUndo } from '../../../shared/contracts.ts'
import { dayOf } from '../../../shared/fields/days.ts'
import { type ContractStatus, contractStatuses } from '../../../shared/records/contract.ts'
import { Badge, type BadgeProps, Button, Menu, showToast } from '../../design/index.ts'
import { labelOf } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { Replica } from '../../replica/index.ts'
import type { Contract } from './queries.ts'
import { t } from './texts.ts'

const kinds: Record<ContractStatus, BadgeProps['kind'] & string> = {
  draft: 'quiet',
  review: 'accent',
  signed: 'green',
  ended: 'quiet',
  terminated: 'red',
}

/** Null of one whose end is not over. Beside the menu that changes its status. */
export const LapsedBadge = ({ row }: { row: Contract }) =>
  isLapsed(row, dayOf(new Date())) ? (
    <Badge kind="warn" title={t('lapsed.hint')}>
      {labelOf(lapsed)}
    </Badge>
  ) : null

/** In the place of «Действует» of one whose end is over: what is stored stays. */
export const StatusBadge = ({ row }: { row: Contract }) =>
  LapsedBadge({ row }) ?? (
    <Badge kind={kinds[row.status]}>{labelOf(contractStatuses[row.status])}</Badge>
  )

export const setStatus = async (
  replica: Replica,
  row: Contract,
  status: ContractStatus,
): Promise<void> => {
  const { id, subject } = row
  const by = replica.session.user.id
  const result = await replica.write('contract', id, statusPatch(status, { at: Date.now(), by }))
  if (!result.ok) {
    showToast({ text: reasonText(result.reason), stays: true })
    return
  }
  showToast({
    text: t('moved', { name: subject, status: labelOf(contractStatuses[status]) }),
    undo: async () => {
      const undone = await replica.write('contract', id, statusUndo(row, status))
      if (!undone.ok) showToast({ text: reasonText(undone.reason), stays: true })
    },
  })
}

export const StatusMenu = ({ row, replica }: { row: Contract; replica: Replica }) => (
  <Menu
    label={t('status')}
    trigger={(trigger) => (
      <Button
        {...trigger}
        icon={ChevronDown}
        aria-label={t('status.is', { status: labelOf(contractStatuses[row.status]) })}
      >
        {labelOf(contractStatuses[row.status])}
      </Button>
    )}
    items={statuses
      .filter((status) => status !== row.status)
      .map((status) => ({
        label: labelOf(contractStatuses[status]),
        onSelect: () => void setStatus(replica, row, status),
      }))}
  />
)
