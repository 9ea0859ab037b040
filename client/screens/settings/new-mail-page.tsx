/** F14-F19: address and password; the rest has defaults and is folded away. */
import { ChevronRight } from 'lucide-preact'
import { useLocation } from 'wouter-preact'
import { Button, Field, Icon, Input, Switch, showToast } from '../../design/index.ts'
import { PasswordInput } from '../../design/PasswordInput.tsx'
import { useReplica, useSession } from '../../frame/app-context.ts'
import { Form, FormError, formStyles, useForm } from '../../frame/form.tsx'
import { Page } from '../../frame/page.tsx'
import { api } from '../../session/index.ts'
import { AccessFields, ResponsibleField, ServerFields } from './account-fields.tsx'
import {
  type AccountValues,
  accountProblems,
  defaultSenderName,
  emptyAccount,
  newAccountOf,
  placed,
} from './account-form.ts'
import { t } from './mail-texts.ts'
import { providerOf } from './providers.ts'
import styles from './settings.module.css'
import { useEmployees } from './use-mail-accounts.ts'

export const NewMailPage = () => {
  const replica = useReplica()
  const { user, workspace } = useSession()
  const [, navigate] = useLocation()
  const employees = useEmployees().value
  // An employee connects a mailbox of their own only; the relay holds to the same rule.
  const mayShare = user.administrator
  const form = useForm<AccountValues>({
    initial: emptyAccount(mayShare ? 'all' : 'user', user.id),
    draft: `mail-account-${user.id}`,
    secret: ['password'],
  })
  const { values, errors, set } = form
  const nameOf = (id: string) => employees.find((employee) => employee.id === id)?.name
  const senderName = defaultSenderName(values, workspace.name, nameOf)
  const provider = providerOf(values.address)

  const submit = async () => {
    const sent = await form.submit(accountProblems(values), async () => {
      const answer = await api.createAccount(newAccountOf(values, senderName))
      if (answer.ok) return answer
      const failure = placed(answer)
      // Nothing was found, or what was found does not answer: the servers are asked for (F18).
      if (failure.field === 'connection') set({ detect: false })
      return failure
    })
    if (!sent) return
    showToast({ text: t('new.done', { address: values.address.trim() }) })
    navigate('/settings/mail')
  }
  const hasMoreErrors = (['send', 'users', 'imap', 'smtp', 'connection'] as const).some(
    (name) => errors[name] !== undefined,
  )

  return (
    <Page title={t('new.title')} back="/settings/mail">
      <Form onSubmit={submit}>
        <Field label={t('address')} error={errors.address} required>
          {(control) => (
            <Input
              {...control}
              type="email"
              autocomplete="off"
              autocapitalize="off"
              spellcheck={false}
              value={values.address}
              onValue={(address) => set({ address })}
            />
          )}
        </Field>
        <Field
          label={t('password')}
          hint={provider && t(`hint.${provider}`)}
          error={errors.password}
          required
        >
          {(control) => (
            <PasswordInput
              {...control}
              autocomplete="off"
              value={values.password}
              onValue={(password) => set({ password })}
            />
          )}
        </Field>
        <details class={styles.more} open={hasMoreErrors || undefined}>
          <summary>
            <Icon of={ChevronRight} />
            {t('more')}
          </summary>
          <div class={styles.moreBody}>
            <fieldset>
              <legend class={styles.legend}>{t('use')}</legend>
              <Switch label={t('send')} checked={values.send} onChecked={(send) => set({ send })} />
              <Switch
                label={t('receive')}
                checked={values.receive}
                onChecked={(receive) => set({ receive, send: values.send })}
              />
              <FormError error={errors.send} />
            </fieldset>
            {mayShare && (
              <AccessFields
                access={values.access}
                users={values.users}
                employees={employees}
                error={errors.users}
                onChange={(change) => set(change({ access: values.access, users: values.users }))}
              />
            )}
            {values.access !== 'all' && (
              <Switch
                label={t('openForReading')}
                checked={values.openForReading}
                onChecked={(openForReading) => set({ openForReading })}
              />
            )}
            <Field label={t('senderName')} hint={t('senderHint')} error={errors.name}>
              {(control) => (
                <Input
                  {...control}
                  placeholder={senderName}
                  value={values.name}
                  onValue={(name) => set({ name })}
                />
              )}
            </Field>
            <div>
              <Switch
                label={t('appealSource')}
                hint={t('appealHint')}
                checked={values.appealSource}
                onChecked={(appealSource) => set({ appealSource })}
              />
              {values.appealSource && (
                <Switch
                  label={t('reasonRequired')}
                  checked={values.reasonRequired}
                  onChecked={(reasonRequired) => set({ reasonRequired })}
                />
              )}
            </div>
            <ResponsibleField
              value={values.responsible}
              employees={employees}
              onValue={(responsible) => set({ responsible })}
            />
            <Switch
              label={t('detect')}
              hint={t('detectHint')}
              checked={values.detect}
              onChecked={(detect) => set({ detect, connection: null })}
            />
            {!values.detect && values.receive && (
              <ServerFields
                title={t('imap')}
                values={values.imap}
                address={values.address}
                error={errors.imap}
                onChange={(imap) => set({ imap })}
              />
            )}
            {!values.detect && values.send && (
              <ServerFields
                title={t('smtp')}
                values={values.smtp}
                address={values.address}
                error={errors.smtp}
                onChange={(smtp) => set({ smtp })}
              />
            )}
          </div>
        </details>
        <FormError error={errors.connection ?? errors.form} detail={form.detail} />
        {replica.status.value.state === 'offline' && <p class="meta">{t('needsNetwork')}</p>}
        <div class={formStyles.actions}>
          <Button kind="primary" type="submit" busy={form.busy}>
            {t('create')}
          </Button>
        </div>
        <p class="meta" role="status">
          {form.busy && t('checking')}
        </p>
      </Form>
    </Page>
  )
}
