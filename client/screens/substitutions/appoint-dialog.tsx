import { newId } from '../../../shared/ids.ts'
import { type HandedPart, handedParts } from '../../../shared/substitutions.ts'
import { Field, Input, Select, Switch, Textarea } from '../../design/index.ts'
import { formatDate } from '../../format/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { problemsOf } from '../../frame/checks.ts'
import { FormError, useForm } from '../../frame/form.tsx'
import { labelOf } from '../../i18n/index.ts'
import { FormDialog } from '../forms/form-dialog.tsx'
import styles from '../settings/settings.module.css'
import { useEmployees } from '../settings/use-mail-accounts.ts'
import { termOf } from './days.ts'
import { t } from './texts.ts'

interface AppointDialogProps {
  absent: string
  onClose: () => void
}

const everything = Object.keys(handedParts) as HandedPart[] // keys of a closed list

/** Who stands in, from which day to which, and with what. */
export const AppointDialog = ({ absent, onClose }: AppointDialogProps) => {
  const replica = useReplica()
  const colleagues = useEmployees().value.filter(
    ({ id, state }) => id !== absent && state !== 'blocked',
  )
  const form = useForm({
    initial: {
      deputy: '',
      from: formatDate(Date.now()),
      until: '',
      parts: everything,
      note: '',
    },
    draft: `substitution-${absent}`,
  })
  const { values, errors, set } = form
  const submit = async () => {
    const term = termOf(values.from, values.until, new Date())
    const problems = problemsOf({
      deputy: values.deputy === '' ? t('noDeputy') : undefined,
      from: !term.ok && term.field === 'from' ? t(term.problem) : undefined,
      until: !term.ok && term.field === 'until' ? t(term.problem) : undefined,
      parts: values.parts.length === 0 ? t('noParts') : undefined,
    })
    const sent = await form.submit(problems, () =>
      replica.write('substitution', newId(), {
        absent,
        deputy: values.deputy,
        ...(term.ok && term.term),
        ...(values.parts.length < everything.length && { parts: values.parts }),
        ...(values.note.trim() && { note: values.note.trim() }),
      }),
    )
    if (sent) onClose()
  }
  return (
    <FormDialog
      title={t('appoint')}
      onClose={onClose}
      onSubmit={submit}
      submit={t('save')}
      busy={form.busy}
    >
      <Field label={t('deputy')} error={errors.deputy} required>
        {(control) => (
          <Select
            {...control}
            value={values.deputy}
            onValue={(deputy) => set({ deputy })}
            options={[
              { value: '', label: t('choose') },
              ...colleagues.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
      </Field>
      <Field label={t('from')} error={errors.from} hint={t('dayHint')} required>
        {(control) => <Input {...control} value={values.from} onValue={(from) => set({ from })} />}
      </Field>
      <Field label={t('until')} error={errors.until} required>
        {(control) => (
          <Input {...control} value={values.until} onValue={(until) => set({ until })} />
        )}
      </Field>
      <fieldset>
        <legend class={styles.legend}>{t('parts')}</legend>
        {everything.map((part) => (
          <Switch
            key={part}
            look="tick"
            label={labelOf(handedParts[part])}
            hint={part === 'correspondence' ? t('private') : undefined}
            checked={values.parts.includes(part)}
            onChecked={(on) =>
              set({
                parts: everything.filter((each) =>
                  each === part ? on : values.parts.includes(each),
                ),
              })
            }
          />
        ))}
      </fieldset>
      <Field label={t('note')} hint={t('noteHint')}>
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={500}
            value={values.note}
            onValue={(note) => set({ note })}
          />
        )}
      </Field>
      <FormError error={errors.parts ?? errors.form} detail={form.detail} />
    </FormDialog>
  )
}
