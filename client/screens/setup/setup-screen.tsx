/** F1-F4: who begins, and what company it is. */
import '../../format/world-phones.ts'
import { useId } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import type { SessionInfo, Setup } from '../../../shared/protocol/api.ts'
import { Button, Choice, Field, Input } from '../../design/index.ts'
import {
  emailTyped,
  filled,
  innOrEmpty,
  longPassword,
  peopleOrEmpty,
  phoneOrEmpty,
  problemsOf,
} from '../../frame/checks.ts'
import { Form, FormError, formStyles, useForm } from '../../frame/form.tsx'
import { FullNameField, NewPasswordField, SignInAddressField } from '../../frame/own-fields.tsx'
import { PlainPage } from '../../frame/plain-page.tsx'
import { locale } from '../../i18n/index.ts'
import { api } from '../../session/index.ts'
import { businessKinds, legalForms, t } from './texts.ts'

interface Values {
  fullName: string
  email: string
  phone: string
  password: string
  kind: 'organisation' | 'entrepreneur'
  inn: string
  legalForm: string
  company: string
  entrepreneur: string
  businessKind: string
  employees: string
}

const initial: Values = {
  fullName: '',
  email: '',
  phone: '',
  password: '',
  kind: 'organisation',
  inn: '',
  legalForm: '',
  company: '',
  entrepreneur: '',
  businessKind: '',
  employees: '',
}

const setupOf = (values: Values): Setup => {
  const { fullName, email, phone, password, inn, businessKind, employees } = values
  const self = {
    fullName: fullName.trim(),
    email: email.trim(),
    password,
    locale: locale.peek(),
    ...(phone.trim() && { phone: phone.trim() }),
    ...(inn.trim() && { inn: inn.trim() }),
    ...(businessKind.trim() && { businessKind: businessKind.trim() }),
    ...(employees.trim() && { employees: Number(employees) }),
  }
  return values.kind === 'organisation'
    ? {
        ...self,
        kind: 'organisation',
        company: values.company.trim(),
        ...(values.legalForm.trim() && { legalForm: values.legalForm.trim() }),
      }
    : { ...self, kind: 'entrepreneur', entrepreneur: values.entrepreneur.trim() }
}

export const SetupScreen = ({ onSignedIn }: { onSignedIn: (session: SessionInfo) => void }) => {
  const [, navigate] = useLocation()
  const id = useId()
  const form = useForm<Values>({ initial, draft: 'setup', secret: ['password'] })
  const { values, errors, set } = form
  const isOrganisation = values.kind === 'organisation'

  const submit = () =>
    form.submit(
      problemsOf({
        fullName: filled(values.fullName),
        email: emailTyped(values.email),
        phone: phoneOrEmpty(values.phone),
        password: longPassword(values.password),
        inn: innOrEmpty(values.inn),
        employees: peopleOrEmpty(values.employees),
        ...(isOrganisation
          ? { company: filled(values.company) }
          : { entrepreneur: filled(values.entrepreneur) }),
      }),
      async () => {
        const answer = await api.setup(setupOf(values))
        if (answer.ok) {
          // F4: an empty base, opened on Настройки.
          navigate('/settings')
          onSignedIn(answer.value)
        }
        return answer
      },
    )

  return (
    <PlainPage title={t('title')}>
      <Form onSubmit={submit}>
        <p class="meta">{t('intro')}</p>
        <fieldset class={formStyles.group}>
          <legend class={formStyles.heading}>{t('self')}</legend>
          <FullNameField
            value={values.fullName}
            error={errors.fullName}
            onValue={(fullName) => set({ fullName })}
          />
          <SignInAddressField
            value={values.email}
            error={errors.email}
            hint={t('emailHint')}
            onValue={(email) => set({ email })}
          />
          <Field label={t('phone')} error={errors.phone}>
            {(control) => (
              <Input
                {...control}
                type="tel"
                autocomplete="tel"
                value={values.phone}
                onValue={(phone) => set({ phone })}
              />
            )}
          </Field>
          <NewPasswordField
            value={values.password}
            error={errors.password}
            onValue={(password) => set({ password })}
          />
        </fieldset>
        <fieldset class={formStyles.group}>
          <legend class={formStyles.heading}>{t('company')}</legend>
          <Choice
            label={t('kind')}
            value={values.kind}
            onValue={(kind) => set({ kind })}
            options={[
              { value: 'organisation', label: t('organisation') },
              { value: 'entrepreneur', label: t('entrepreneur') },
            ]}
          />
          <Field label={t('inn')} error={errors.inn}>
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                maxLength={12}
                value={values.inn}
                onValue={(inn) => set({ inn })}
              />
            )}
          </Field>
          {isOrganisation ? (
            <>
              <Field label={t('legalForm')} error={errors.legalForm}>
                {(control) => (
                  <Input
                    {...control}
                    list={`${id}-forms`}
                    value={values.legalForm}
                    onValue={(legalForm) => set({ legalForm })}
                  />
                )}
              </Field>
              <Field label={t('name')} error={errors.company} required>
                {(control) => (
                  <Input
                    {...control}
                    autocomplete="organization"
                    value={values.company}
                    onValue={(company) => set({ company })}
                  />
                )}
              </Field>
            </>
          ) : (
            <Field label={t('entrepreneurName')} error={errors.entrepreneur} required>
              {(control) => (
                <Input
                  {...control}
                  value={values.entrepreneur}
                  onValue={(entrepreneur) => set({ entrepreneur })}
                />
              )}
            </Field>
          )}
          <Field label={t('businessKind')} error={errors.businessKind}>
            {(control) => (
              <Input
                {...control}
                list={`${id}-kinds`}
                value={values.businessKind}
                onValue={(businessKind) => set({ businessKind })}
              />
            )}
          </Field>
          <Field label={t('employees')} error={errors.employees}>
            {(control) => (
              <Input
                {...control}
                inputMode="numeric"
                value={values.employees}
                onValue={(employees) => set({ employees })}
              />
            )}
          </Field>
        </fieldset>
        <FormError error={errors.form} detail={form.detail} />
        <Button kind="primary" type="submit" busy={form.busy}>
          {t('start')}
        </Button>
        <datalist id={`${id}-forms`}>
          {legalForms.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <datalist id={`${id}-kinds`}>
          {businessKinds[locale.value].map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </Form>
    </PlainPage>
  )
}
