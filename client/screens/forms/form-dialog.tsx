import { Button, Dialog, type DialogProps } from '../../design/index.ts'
import { t } from './texts.ts'

interface FormDialogProps extends Omit<DialogProps, 'footer'> {
  onSubmit: () => unknown
  /** What its main button says; «Сохранить» where nothing is given. */
  submit?: string
  busy?: boolean
}

/** A dialog that is sent by one button, or left as it was. */
export const FormDialog = ({ submit = t('save'), busy, ...dialog }: FormDialogProps) => (
  <Dialog
    {...dialog}
    footer={
      <>
        <Button onClick={dialog.onClose}>{t('cancel')}</Button>
        <Button kind="primary" type="submit" busy={busy}>
          {submit}
        </Button>
      </>
    }
  />
)
