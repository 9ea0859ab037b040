import { FileDown } from 'lucide-preact'
import { Button, Menu, showToast } from '../../design/index.ts'
import type { TableFormat } from '../../export/export-contacts.ts'
import { useReplica } from '../../frame/app-context.ts'
import { locale } from '../../i18n/index.ts'
import type { ContactTable } from '../../lists/find.ts'
import { t } from './texts.ts'

interface Props {
  table: ContactTable
  /** Records of the list as it is filtered, or those ticked, in its order. */
  ids: readonly string[]
  disabled?: boolean
  class?: string
}

/** «Экспорт»: records of the list as CSV or XLSX (F45). */
export const ExportMenu = ({ table, ids, disabled = false, class: className }: Props) => {
  const replica = useReplica()
  const save = async (format: TableFormat) => {
    const [{ exportContacts }, { saveFile }] = await Promise.all([
      import('../../export/export-contacts.ts'),
      import('../../export/save-file.ts'),
    ])
    const { blob, count, withheld, cut } = await exportContacts(
      replica.base,
      table,
      ids,
      replica.subject.peek(),
      locale.peek(),
      format,
    )
    if (count > 0) {
      const day = new Date().toISOString().slice(0, 10)
      saveFile(blob, `${t(`file.${table}`)}-${day}.${format}`)
    }
    const words = [count > 0 ? t(`done.${table}`, { count }) : t('nothing')]
    if (withheld > 0) words.push(t('withheld', { count: withheld }))
    if (cut > 0) words.push(t('cut', { count: cut }))
    showToast({ text: words.join(' '), stays: cut > 0 })
  }
  if (ids.length === 0) return null
  return (
    <Menu
      label={t('export')}
      trigger={(trigger) => (
        <Button {...trigger} icon={FileDown} disabled={disabled} class={className}>
          {t('export')}
        </Button>
      )}
      items={[
        { label: t('xlsx'), onSelect: () => save('xlsx') },
        { label: t('csv'), onSelect: () => save('csv') },
      ]}
    />
  )
}
