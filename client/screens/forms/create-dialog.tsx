/** The dialog of a form that makes a new record (F58). */
import type { ComponentChildren } from 'preact'
import { Button, Dialog, useOnce } from '../../design/index.ts'
import { t } from './texts.ts'

interface CreateDialogProps {
  title: string
  onClose: () => void
  /** `another`: the form stays, for the next record. */
  onSave: (another: boolean) => Promise<unknown>
  /** Only one is wanted. */
  single?: boolean
  children: ComponentChildren
}

export const CreateDialog = ({
  title,
  onClose,
  onSave,
  single = false,
  children,
}: CreateDialogProps) => {
  const save = useOnce(onSave)
  return (
    <Dialog
      title={title}
      onClose={onClose}
      onSubmit={() => save(false)}
      footer={
        <>
          {!single && <Button onClick={() => save(true)}>{t('saveAndNew')}</Button>}
          <Button kind="primary" type="submit">
            {t('save')}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}
