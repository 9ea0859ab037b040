/** Настройки → «Заполнение по ИНН»: the key of the register service (F72). */
import { useEffect, useState } from 'preact/hooks'
import { keyPattern } from '../../../shared/protocol/companies.ts'
import { Badge, Button, Field, showToast } from '../../design/index.ts'
import { PasswordInput } from '../../design/PasswordInput.tsx'
import { useReplica } from '../../frame/app-context.ts'
import { filled, problemsOf } from '../../frame/checks.ts'
import { Form, FormError, useForm } from '../../frame/form.tsx'
import { Page, Section } from '../../frame/page.tsx'
import { reasonText } from '../../i18n/reasons.ts'
import { api } from '../../session/index.ts'
import { t } from '../companies/texts.ts'
import styles from './settings.module.css'

const serviceUrl = 'https://dadata.ru/profile/#info'

export const CompaniesPage = () => {
  const { administrator } = useReplica().subject.value
  return (
    <Page title={t('settings.title')} back="/settings">
      <p>{t('settings.about')}</p>
      <p>
        <a class="link" href={serviceUrl} target="_blank" rel="noopener noreferrer">
          {t('settings.where')}
        </a>
      </p>
      {administrator ? <Key /> : <p class="meta">{t('settings.administrators')}</p>}
    </Page>
  )
}

type State = 'unknown' | 'connected' | 'notConnected' | 'replacing'

const Key = () => {
  const [state, setState] = useState<State>('unknown')
  const [failure, setFailure] = useState<string | null>(null)
  useEffect(() => {
    api.companiesKey().then((answer) => {
      if (answer.ok) setState(answer.value.connected ? 'connected' : 'notConnected')
      else setFailure(reasonText(answer.reason))
    })
  }, [])
  const disconnect = async () => {
    const answer = await api.deleteCompaniesKey()
    if (!answer.ok) return showToast({ text: reasonText(answer.reason), stays: true })
    setState('notConnected')
    showToast({ text: t('settings.disconnected') })
  }
  if (failure !== null) return <FormError error={failure} />
  if (state === 'unknown') return null
  if (state === 'connected')
    return (
      <Section
        title={t('settings.key')}
        actions={<Badge kind="green">{t('settings.connected')}</Badge>}
      >
        <p>{t('settings.connectedText')}</p>
        <div class={styles.buttons}>
          <Button onClick={() => setState('replacing')}>{t('settings.replace')}</Button>
          <Button kind="danger" onClick={disconnect}>
            {t('settings.disconnect')}
          </Button>
        </div>
      </Section>
    )
  return <KeyForm onConnected={() => setState('connected')} />
}

const KeyForm = ({ onConnected }: { onConnected: () => void }) => {
  const form = useForm({ initial: { key: '' } })
  const { values, errors, set } = form
  const submit = async () => {
    const key = values.key.trim()
    const wrong = keyPattern.test(key) ? undefined : t('settings.wrongKey')
    const problems = problemsOf({ key: filled(key) ?? wrong })
    if (await form.submit(problems, () => api.setCompaniesKey(key))) onConnected()
  }
  return (
    <Form onSubmit={submit} label={t('settings.key')}>
      <Field label={t('settings.key')} error={errors.key} required>
        {(control) => (
          <PasswordInput
            {...control}
            autocomplete="off"
            value={values.key}
            onValue={(key) => set({ key })}
          />
        )}
      </Field>
      <FormError error={errors.form} detail={form.detail} />
      <div class={styles.buttons}>
        <Button kind="primary" type="submit" busy={form.busy}>
          {t('settings.connect')}
        </Button>
        <span class="meta" role="status">
          {form.busy && t('settings.checking')}
        </span>
      </div>
    </Form>
  )
}
