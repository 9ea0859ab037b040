/** The name of a human on the card: its parts, each edited in place; a whole one can be taken apart (F49). */
import { Scissors } from 'lucide-preact'
import type { ComponentChildren, ComponentType } from 'preact'
import { useRef, useState } from 'preact/hooks'
import { withoutForm } from '../../../shared/human-names.ts'
import type { Result } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import {
  type NameParts,
  namePartFields,
  nameParts,
  wholeName,
} from '../../../shared/records/name-parts.ts'
import { Button, Dialog, showToast } from '../../design/index.ts'
import { labelOf } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { parseName } from './contact-input.ts'
import fieldStyles from './fields.module.css'
import { InlineInput } from './inline-field.tsx'
import styles from './name-fields.module.css'
import { type NameErrors, NameFields, parseNames, typedOf } from './name-fields.tsx'
import { t } from './texts.ts'

interface NameLinesProps {
  contact: NameParts & { name: string }
  save: (patch: Patch) => Promise<Result<unknown>>
  readOnly: boolean
  /** A label and its control. */
  line: ComponentType<{ label: string; children: ComponentChildren }>
  /** The line of a name that is kept whole. */
  children: ComponentChildren
}

export const NameLines = ({ contact, save, readOnly, line: Line, children }: NameLinesProps) => {
  const [parting, setParting] = useState(false)
  if (wholeName(contact) !== '')
    return (
      <>
        {nameParts.map((part) => {
          const label = labelOf(namePartFields[part].label)
          const isLast = wholeName({ ...contact, [part]: undefined }) === ''
          return (
            <Line key={part} label={label}>
              <InlineInput
                label={label}
                value={contact[part] ?? ''}
                // Somebody with one word for a name keeps it; the rest may be emptied.
                parse={parseName(isLast ? 'firstName' : 'middleName')}
                readOnly={readOnly}
                onSave={(value) => save({ [part]: value || null })}
              />
            </Line>
          )
        })}
      </>
    )
  return (
    <>
      {children}
      {!readOnly && (
        <div class={fieldStyles.after}>
          <Button kind="quiet" icon={Scissors} class={styles.part} onClick={() => setParting(true)}>
            {t('client.name.part')}
          </Button>
        </div>
      )}
      {parting && <PartDialog name={contact.name} save={save} onClose={() => setParting(false)} />}
    </>
  )
}

interface PartDialogProps {
  name: string
  save: NameLinesProps['save']
  onClose: () => void
}

const PartDialog = ({ name, save, onClose }: PartDialogProps) => {
  const [typed, setTyped] = useState(() => typedOf(withoutForm(name)))
  const [errors, setErrors] = useState<NameErrors>({})
  const firstField = useRef<HTMLInputElement>(null)
  const submit = async () => {
    const { names, errors: wrong } = parseNames(typed)
    // A record that lacks one of them is no worse for it; a new one is asked for both.
    const isTooLong = Object.values(wrong).includes('client.error.value')
    if (isTooLong || wholeName(names) === '') return setErrors(wrong)
    const result = await save(names)
    if (!result.ok) return showToast({ text: reasonText(result.reason), stays: true })
    onClose()
  }
  return (
    <Dialog
      title={t('client.name.part.title')}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <Button kind="primary" type="submit">
          {t('client.save')}
        </Button>
      }
    >
      <p class="meta">{name}</p>
      <NameFields
        typed={typed}
        errors={errors}
        onTyped={(change) => setTyped({ ...typed, ...change })}
        firstField={firstField}
      />
      <p class="meta">{t('client.name.part.hint')}</p>
    </Dialog>
  )
}
