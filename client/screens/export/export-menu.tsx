import { FileDown } from 'lucide-preact'
import { useRef } from 'preact/hooks'
import { Button, IconButton, Menu, type MenuItem, showToast } from '../../design/index.ts'
import type { TableFormat } from '../../export/table-file.ts'
import { useReplica } from '../../frame/app-context.ts'
import { locale } from '../../i18n/index.ts'
import { t } from './texts.ts'

type Exported = 'client' | 'person' | 'interest' | 'contract' | 'product' | 'task' | 'interaction'

interface Props {
  table: Exclude<Exported, 'interaction'>
  /** Records of the list as it is filtered, or those ticked, in its order; or how they are found. */
  ids: readonly string[] | (() => Promise<readonly string[]>)
}
interface MenuProps extends Props {
  disabled?: boolean
  /** A picture alone, where there is little room. */
  small?: boolean
  class?: string | undefined
}

/**
 * Records of the list as CSV or XLSX (F45), of clients their events, of Interests a row
 * for each line (F46); as items of a menu.
 */
const useExports = ({ table, ids }: Props): MenuItem[] => {
  const replica = useReplica()
  const tableOf = async (what: Exported, format: TableFormat, byLines: boolean) => {
    const { base } = replica
    const rest = [replica.subject.peek(), locale.peek(), format] as const
    const listed = typeof ids === 'function' ? await ids() : ids
    if (what === 'client' || what === 'person') {
      const { exportContacts } = await import('../../export/export-contacts.ts')
      return exportContacts(base, what, listed, ...rest)
    }
    if (what === 'contract') {
      const { exportContracts } = await import('../../export/export-contracts.ts')
      return exportContracts(base, listed, ...rest)
    }
    const { exportWork, interactionsOf } = await import('../../export/export-work.ts')
    const found = what === 'interaction' ? await interactionsOf(base, listed) : listed
    return exportWork(base, what, found, ...rest, byLines)
  }
  const save = async (what: Exported, format: TableFormat, byLines: boolean) => {
    const [{ saveFile }, { blob, count, withheld, cut }] = await Promise.all([
      import('../../export/save-file.ts'),
      tableOf(what, format, byLines),
    ])
    if (count > 0) {
      const day = new Date().toISOString().slice(0, 10)
      saveFile(blob, `${t(`file.${what}`)}-${day}.${format}`)
    }
    const words = [count > 0 ? t(`done.${what}`, { count }) : t('nothing')]
    if (withheld > 0) words.push(t('withheld', { count: withheld }))
    if (cut > 0) words.push(t('cut', { count: cut }))
    showToast({ text: words.join(' '), stays: cut > 0 })
  }
  /** Those under way: a second press for the same file would save it twice. */
  const saving = useRef(new Set<string>())
  const begin = async (what: Exported, format: TableFormat, byLines = false): Promise<void> => {
    const file = `${what} ${format} ${byLines}`
    if (saving.current.has(file)) return
    saving.current.add(file)
    try {
      await save(what, format, byLines)
    } catch (error) {
      // Its code may be not there: no network before the program is on the device, a newer program.
      console.warn('The file could not be made', error)
      const again = () => void begin(what, format, byLines)
      showToast({ text: t('failed'), stays: true, action: { label: t('again'), onSelect: again } })
    } finally {
      saving.current.delete(file)
    }
  }
  return [
    { label: t('xlsx'), onSelect: () => begin(table, 'xlsx') },
    { label: t('csv'), onSelect: () => begin(table, 'csv') },
    ...(table === 'client' || table === 'person'
      ? (['xlsx', 'csv'] as const).map((format, at) => ({
          label: t(`events.${format}`),
          separated: at === 0,
          onSelect: () => begin('interaction', format),
        }))
      : []),
    ...(table === 'interest'
      ? (['xlsx', 'csv'] as const).map((format, at) => ({
          label: t(`lines.${format}`),
          separated: at === 0,
          onSelect: () => begin('interest', format, true),
        }))
      : []),
  ]
}

/** The same in a menu of other things, where each says what it does. */
export const useNamedExports = (props: Props): MenuItem[] =>
  useExports(props).map((item, at) => ({
    ...item,
    label: at < 2 ? `${t('export')}: ${item.label}` : item.label,
    separated: at === 0 || item.separated === true,
  }))

/** «Экспорт»; not there where there is nothing to take out. */
export const ExportMenu = ({ disabled = false, small = false, ...props }: MenuProps) => {
  const items = useExports(props)
  if (props.ids.length === 0) return null
  return (
    <Menu
      label={t('export')}
      trigger={(trigger) =>
        small ? (
          <IconButton
            {...trigger}
            icon={FileDown}
            label={t('export')}
            disabled={disabled}
            class={props.class}
          />
        ) : (
          <Button {...trigger} icon={FileDown} disabled={disabled} class={props.class}>
            {t('export')}
          </Button>
        )
      }
      items={items}
    />
  )
}
