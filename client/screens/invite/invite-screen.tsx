/** An employee opens the link of an invitation. */
import { useEffect, useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import type { InviteInfo } from '../../../shared/protocol/api.ts'
import { Button, LinkButton } from '../../design/index.ts'
import { emailTyped, filled, longPassword, problemsOf } from '../../frame/checks.ts'
import { Form, FormError, formStyles, useForm } from '../../frame/form.tsx'
import { FullNameField, NewPasswordField, SignInAddressField } from '../../frame/own-fields.tsx'
import { PlainPage } from '../../frame/plain-page.tsx'
import { locale } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { type ApiResult, api, type SessionStore } from '../../session/index.ts'
import { t } from './texts.ts'

interface Props {
  token: string
  sessions: SessionStore
}

export const InviteScreen = ({ token, sessions }: Props) => {
  const [info, setInfo] = useState<ApiResult<InviteInfo> | null>(null)
  const load = () => {
    api.invite(token).then(setInfo)
  }
  useEffect(load, [token])

  const session = sessions.session.value
  if (session)
    return (
      <PlainPage title={t('titleUnknown')}>
        <div class={formStyles.form}>
          <p>{t('signedInAlready', { name: session.user.name })}</p>
          <LinkButton kind="primary" href="/">
            {t('toProgram')}
          </LinkButton>
        </div>
      </PlainPage>
    )
  if (!info) return null
  if (!info.ok)
    return (
      <PlainPage title={t('titleUnknown')}>
        <div class={formStyles.form}>
          <FormError error={reasonText(info.reason)} />
          <div class={formStyles.actions}>
            {info.reason === 'unreachable' && <Button onClick={load}>{t('retry')}</Button>}
            <LinkButton href="/">{t('toSignIn')}</LinkButton>
          </div>
        </div>
      </PlainPage>
    )
  return <AcceptForm token={token} info={info.value} sessions={sessions} />
}

const AcceptForm = ({ token, info, sessions }: Props & { info: InviteInfo }) => {
  const [, navigate] = useLocation()
  const form = useForm({
    initial: { name: info.name ?? '', email: info.email ?? '', password: '' },
    draft: 'invite',
    secret: ['password'],
  })
  const { values, errors, set } = form
  const submit = () =>
    form.submit(
      problemsOf({
        name: filled(values.name),
        email: emailTyped(values.email),
        password: longPassword(values.password),
      }),
      async () => {
        const answer = await api.acceptInvite(token, {
          name: values.name.trim(),
          email: values.email.trim(),
          password: values.password,
          locale: locale.peek(),
        })
        if (answer.ok) {
          navigate('/')
          sessions.remember(answer.value)
        }
        return answer
      },
    )
  return (
    <PlainPage title={t('title', { company: info.company })}>
      <Form onSubmit={submit}>
        <p class="meta">{t('intro')}</p>
        <FullNameField value={values.name} error={errors.name} onValue={(name) => set({ name })} />
        <SignInAddressField
          value={values.email}
          error={errors.email}
          onValue={(email) => set({ email })}
        />
        <NewPasswordField
          value={values.password}
          error={errors.password}
          onValue={(password) => set({ password })}
        />
        <FormError error={errors.form} detail={form.detail} />
        <Button kind="primary" type="submit" busy={form.busy}>
          {t('accept')}
        </Button>
      </Form>
    </PlainPage>
  )
}
