import { FileDown } from 'lucide-preact'
import { Button, Menu, showToast } from '../../design/index.ts'
import type { TableFormat } from '../../export/export-clients.ts'
import { useReplica } from '../../frame/app-context.ts'
import { locale } from '../../i18n/index.ts'
import { t } from './texts.ts'

interface Props {
  /** Clients of the list as it is filtered, in its order. */
  ids: readonly string[]
  class?: string
}

/** «Экспорт»: the clients of the list as CSV or XLSX (F45). */
export const ExportClientsMenu = ({ ids, class: className }: Props) => {
  const replica = useReplica()
  const save = async (format: TableFormat) => {
    const [{ exportClients }, { saveFile }] = await Promise.all([
      import('../../export/export-clients.ts'),
      import('../../export/save-file.ts'),
    ])
    const { blob, clients, withheld } = await exportClients(
      replica.base,
      ids,
      replica.subject.peek(),
      locale.peek(),
      format,
    )
    if (clients > 0) {
      const day = new Date().toISOString().slice(0, 10)
      saveFile(blob, `${t('file')}-${day}.${format}`)
    }
    const words = clients > 0 ? t('done', { count: clients }) : t('nothing')
    showToast({ text: withheld > 0 ? `${words} ${t('withheld', { count: withheld })}` : words })
  }
  if (ids.length === 0) return null
  return (
    <Menu
      label={t('export')}
      trigger={(trigger) => (
        <Button {...trigger} icon={FileDown} class={className}>
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
