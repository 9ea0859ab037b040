/** Which columns a list shows, and in what order. */
import { ArrowDown, ArrowUp } from 'lucide-preact'
import type { FieldInfo } from '../../shared/fields/fields.ts'
import { Button, Dialog, IconButton, Switch } from '../design/index.ts'
import { labelOf } from '../i18n/index.ts'
import { type Column, movedColumn, shownColumns, withColumn } from './list-state.ts'
import styles from './lists.module.css'
import { isTitle } from './query.ts'
import { t } from './texts.ts'

interface ColumnsDialogProps {
  columns: readonly Column[]
  infos: readonly FieldInfo[]
  onColumns: (columns: Column[]) => void
  onReset: () => void
  onClose: () => void
}

export const ColumnsDialog = ({
  columns,
  infos,
  onColumns,
  onReset,
  onClose,
}: ColumnsDialogProps) => {
  const shown = shownColumns(columns, infos)
  const others = infos.filter(({ key }) => !shown.some(({ field }) => field === key))
  return (
    <Dialog
      title={t('columns.title')}
      onClose={onClose}
      onSubmit={onClose}
      footer={
        <>
          <Button onClick={onReset}>{t('columns.reset')}</Button>
          <Button kind="primary" type="submit">
            {t('columns.done')}
          </Button>
        </>
      }
    >
      <p class="meta">{t('columns.hint')}</p>
      <ul class={styles.columnList}>
        {shown.map(({ field, info }, index) => {
          const name = labelOf(info.label)
          return (
            <li key={field} class={styles.columnLine}>
              <Switch
                look="tick"
                checked
                disabled={isTitle(field)}
                onChecked={() => onColumns(withColumn(columns, field, false))}
                label={name}
              />
              {!isTitle(field) && (
                <>
                  <IconButton
                    icon={ArrowUp}
                    label={t('columns.up', { name })}
                    disabled={index === 0 || shown[index - 1]?.field === 'name'}
                    onClick={() => onColumns(movedColumn(columns, field, -1))}
                  />
                  <IconButton
                    icon={ArrowDown}
                    label={t('columns.down', { name })}
                    disabled={index === shown.length - 1}
                    onClick={() => onColumns(movedColumn(columns, field, 1))}
                  />
                </>
              )}
            </li>
          )
        })}
      </ul>
      <h3 class={styles.columnsMore}>{t('columns.more')}</h3>
      <ul class={styles.columnList}>
        {others.map(({ key, label }) => (
          <li key={key} class={styles.columnLine}>
            <Switch
              look="tick"
              checked={false}
              onChecked={() => onColumns(withColumn(columns, key, true))}
              label={labelOf(label)}
            />
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
