/** An administrator chooses the characteristics that make the portrait of a client (F75). */
import { useState } from 'preact/hooks'
import type { FieldInfo } from '../../../shared/fields/fields.ts'
import { portraying } from '../../../shared/fields/portrait.ts'
import { completenessId } from '../../../shared/records/completeness.ts'
import { showToast } from '../../design/index.ts'
import { labelOf } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { Choices } from '../../lists/choices.tsx'
import type { Replica } from '../../replica/index.ts'
import { FormDialog } from '../forms/form-dialog.tsx'
import { t } from './texts.ts'

interface PortraitDialogProps {
  replica: Replica
  infos: readonly FieldInfo[]
  keys: readonly string[]
  onClose: () => void
}

export const PortraitDialog = ({ replica, infos, keys, onClose }: PortraitDialogProps) => {
  const [chosen, setChosen] = useState<string[]>([...keys])
  const save = async () => {
    const result = await replica.write('completeness', completenessId('client'), {
      recordType: 'client',
      portrait: chosen,
    })
    if (!result.ok) return showToast({ text: reasonText(result.reason), stays: true })
    showToast({ text: t('saved') })
    onClose()
  }
  return (
    <FormDialog title={t('choose')} onClose={onClose} onSubmit={save}>
      <p class="meta">{t('choose.hint')}</p>
      <Choices
        label={t('choose')}
        choices={portraying(infos).map(({ key, label }) => ({ value: key, label: labelOf(label) }))}
        value={chosen}
        onValue={setChosen}
      />
    </FormDialog>
  )
}
