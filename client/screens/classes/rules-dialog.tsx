/** An administrator sets by what clients are classified. */
import { useState } from 'preact/hooks'
import { type ClassRules, usualRules } from '../../../shared/interests/classes.ts'
import {
  areRules,
  classificationId,
  countedInterests,
  mostMonths,
} from '../../../shared/records/classification.ts'
import { Button, Dialog, Field, Input, Select, showToast } from '../../design/index.ts'
import { labelOf } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { Replica } from '../../replica/index.ts'
import styles from './classes.module.css'
import { t } from './texts.ts'

const numbers = ['months', 'a', 'b', 'x', 'y'] as const
type Typed = Record<(typeof numbers)[number], string> & Pick<ClassRules, 'whose'>

const typedOf = ({ months, a, b, x, y, whose }: ClassRules): Typed => ({
  months: String(months),
  a: String(a),
  b: String(b),
  x: String(x),
  y: String(y),
  whose,
})

interface RulesDialogProps {
  replica: Replica
  rules: ClassRules
  onClose: () => void
}

export const RulesDialog = ({ replica, rules, onClose }: RulesDialogProps) => {
  const [typed, setTyped] = useState(typedOf(rules))
  const [isWrong, setWrong] = useState(false)
  const change = (part: Partial<Typed>) => {
    setTyped({ ...typed, ...part })
    setWrong(false)
  }
  const save = async () => {
    const asked: unknown = {
      ...Object.fromEntries(numbers.map((key) => [key, Number(typed[key].replace(',', '.'))])),
      whose: typed.whose,
    }
    if (!areRules(asked)) return setWrong(true)
    const result = await replica.write('classification', classificationId(), { rules: asked })
    if (!result.ok) return showToast({ text: reasonText(result.reason), stays: true })
    showToast({ text: t('saved') })
    onClose()
  }
  return (
    <Dialog
      title={t('title')}
      onClose={onClose}
      onSubmit={save}
      footer={
        <>
          <Button onClick={() => change(typedOf(usualRules))}>{t('usual')}</Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="primary" type="submit">
            {t('save')}
          </Button>
        </>
      }
    >
      <div class={styles.form}>
        {numbers.map((key) => (
          <div key={key} class={key === 'months' ? styles.wide : undefined}>
            <Field label={t(key)} required>
              {(control) => (
                <Input
                  {...control}
                  inputMode="numeric"
                  value={typed[key]}
                  onValue={(value) => change({ [key]: value })}
                />
              )}
            </Field>
          </div>
        ))}
        <div class={styles.wide}>
          <Field label={t('whose')} error={isWrong ? t('wrong', { months: mostMonths }) : null}>
            {(control) => (
              <Select
                {...control}
                value={typed.whose}
                onValue={(whose) => change({ whose })}
                options={(['all', 'own'] as const).map((value) => ({
                  value,
                  label: labelOf(countedInterests[value]),
                }))}
              />
            )}
          </Field>
        </div>
      </div>
    </Dialog>
  )
}
