/** Adds a stage to a scenario, or changes one (F107). */
import { useState } from 'preact/hooks'
import { parseNumber } from '../../../../shared/fields/words.ts'
import { type EntryColour, entryColours } from '../../../../shared/records/directory.ts'
import { type Stage, type StageKind, stageKinds } from '../../../../shared/records/scenario.ts'
import { Field, Input, Select } from '../../../design/index.ts'
import { labelOf } from '../../../i18n/index.ts'
import { FormDialog } from '../../forms/form-dialog.tsx'
import { t } from './texts.ts'

interface StageDialogProps {
  /** Null adds one. */
  stage: Stage | null
  /** Interests stand on it. */
  isUsed: boolean
  onClose: () => void
  onSave: (value: Omit<Stage, 'id' | 'order'>) => void
}

/** Closed stages are certain; of others somebody knows better. */
const usualProbability: Readonly<Record<StageKind, string>> = { open: '50', won: '100', lost: '0' }

export const StageDialog = ({ stage, isUsed, onClose, onSave }: StageDialogProps) => {
  const [name, setName] = useState(stage?.name ?? '')
  const [kind, setKind] = useState<StageKind>(stage?.kind ?? 'open')
  const [probability, setProbability] = useState(String(stage?.probability ?? 50))
  const [color, setColor] = useState<EntryColour | ''>(stage?.color ?? '')
  const [errors, setErrors] = useState<{ name?: string; probability?: string }>({})
  const save = () => {
    const percent = parseNumber(probability)
    const isWrong = percent === null || percent < 0 || percent > 100
    setErrors({
      ...(name.trim() === '' && { name: t('error.name') }),
      ...(isWrong && { probability: t('error.probability') }),
    })
    if (name.trim() === '' || isWrong) return
    onSave({
      name: name.trim(),
      kind,
      probability: Math.round(percent),
      ...(color && { color }),
    })
  }
  return (
    <FormDialog title={stage ? t('changeStage') : t('addStage')} onClose={onClose} onSubmit={save}>
      <Field label={t('name')} error={errors.name ?? null} required>
        {(control) => (
          <Input {...control} value={name} onValue={setName} maxLength={100} autocomplete="off" />
        )}
      </Field>
      <Field label={t('kind')} {...(isUsed && { hint: t('kindFixed') })}>
        {(control) => (
          <Select
            {...control}
            value={kind}
            disabled={isUsed}
            onValue={(next) => {
              setKind(next)
              setProbability(usualProbability[next])
            }}
            // Object.entries forgets the key type
            options={(Object.keys(stageKinds) as StageKind[]).map((value) => ({
              value,
              label: labelOf(stageKinds[value]),
            }))}
          />
        )}
      </Field>
      <Field label={t('probability')} error={errors.probability ?? null}>
        {(control) => (
          <Input
            {...control}
            value={probability}
            onValue={setProbability}
            inputMode="numeric"
            autocomplete="off"
          />
        )}
      </Field>
      <Field label={t('colour')}>
        {(control) => (
          <Select
            {...control}
            value={color}
            onValue={setColor}
            options={[
              { value: '' as const, label: t('noColour') },
              // Object.keys forgets the key type
              ...(Object.keys(entryColours) as EntryColour[]).map((value) => ({
                value,
                label: labelOf(entryColours[value]),
              })),
            ]}
          />
        )}
      </Field>
    </FormDialog>
  )
}
