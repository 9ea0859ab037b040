/** Merges the ticked records of a list (F315): the comparison, with the main one of F233 proposed. */
import { useEffect, useState } from 'preact/hooks'
import { isMergeable } from '../../../shared/duplicates/may-merge.ts'
import { type MergedRow, type MergedType, nameOf } from '../../../shared/duplicates/merge.ts'
import { showToast } from '../../design/index.ts'
import { inMergeOrder } from '../../duplicates/order-rows.ts'
import type { Replica } from '../../replica/index.ts'
import { CompareDialog } from './compare-dialog.tsx'
import { t } from './texts.ts'

interface MergeTickedProps {
  table: MergedType
  ids: readonly string[]
  replica: Replica
  onClose: () => void
  onMerged: () => void
}

export const MergeTicked = ({ table, ids, replica, onClose, onMerged }: MergeTickedProps) => {
  const [records, setRecords] = useState<readonly MergedRow[] | null>(null)
  useEffect(() => {
    let isOver = false
    const read = async () => {
      const { base } = replica
      const subject = replica.subject.peek()
      const rows = (await base.table<MergedRow, string>(table).bulkGet([...ids])).flatMap((row) =>
        row && row.deletedAt === undefined && row.mergedInto === undefined ? [row] : [],
      )
      const foreign = rows.filter((row) => !isMergeable(subject, row))
      const ordered = await inMergeOrder(base, table, rows, subject)
      if (isOver) return
      // One may be only read: the others go into it, if it may be written at all.
      if (ordered.length > 1 && foreign.length < 2) return setRecords(ordered)
      showToast({
        text: t('ticked.forbidden', { names: foreign.map(nameOf).join(', ') }),
        stays: true,
      })
      onClose()
    }
    void read()
    return () => {
      isOver = true
    }
    // What was ticked when the dialog was asked for.
  }, [])
  return (
    records && (
      <CompareDialog
        table={table}
        records={records}
        replica={replica}
        onClose={onClose}
        onMerged={onMerged}
      />
    )
  )
}
