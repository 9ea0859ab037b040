import '../../format/world-phones.ts'
import { LogOut } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { formatPhone, normalisePhone } from '../../../shared/phones.ts'
import { Button, Choice, Field, Input, showToast } from '../../design/index.ts'
import { PasswordInput } from '../../design/PasswordInput.tsx'
import { useReplica, useSession } from '../../frame/app-context.ts'
import { filled, longPassword, phoneOrEmpty, problemsOf } from '../../frame/checks.ts'
import { Form, FormError, useForm } from '../../frame/form.tsx'
import { Page, Section } from '../../frame/page.tsx'
import { SignOutDialog } from '../../frame/sign-out.tsx'
import { setTheme, type Theme, theme } from '../../frame/theme.ts'
import { type Locale, locale, setLocale } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { useLive } from '../../replica/index.ts'
import { api } from '../../session/index.ts'
import { NoticesSection } from '../notices/notices-section.tsx'
import { Devices } from '../settings/devices.tsx'
import { StandingInSection, SubstitutionSection } from '../substitutions/section.tsx'
import { t } from './texts.ts'

export const ProfileScreen = () => {
  const [leaving, setLeaving] = useState(false)
  return (
    <Page title={t('title')} back="/settings">
      <Self />
      <Section title={t('look')}>
        <Choice<Locale>
          label={t('language')}
          labelShown
          value={locale.value}
          onValue={setLocale}
          options={[
            { value: 'ru', label: 'Русский' },
            { value: 'en', label: 'English' },
          ]}
        />
        <Choice<Theme>
          label={t('theme')}
          labelShown
          value={theme.value}
          onValue={setTheme}
          options={(['system', 'light', 'dark'] as const).map((value) => ({
            value,
            label: t(`theme.${value}`),
          }))}
        />
      </Section>
      <NoticesSection />
      <Password />
      <StandingInSection />
      <SubstitutionSection employee={useSession().user.id} />
      <Devices user={useSession().user.id} />
      <div>
        <Button icon={LogOut} onClick={() => setLeaving(true)}>
          {t('signOut')}
        </Button>
      </div>
      {leaving && <SignOutDialog onClose={() => setLeaving(false)} />}
    </Page>
  )
}

/** Edited in place: saved when one leaves the field, Esc takes it back. */
const Self = () => {
  const replica = useReplica()
  const { user } = useSession()
  const row = useLive(() => replica.base.employee.get(user.id), [replica, user.id], undefined).value
  const save = async (patch: {
    name?: string
    phone?: string | null
    position?: string | null
  }) => {
    const result = await replica.write('employee', user.id, patch)
    return result.ok ? undefined : reasonText(result.reason)
  }
  // Until the first sync brought the person's own record there is nothing to edit.
  if (!row) return null
  return (
    <Section title={t('self')}>
      <SavedField
        label={t('name')}
        value={row.name}
        check={filled}
        onSave={(typed) => save({ name: typed.trim() })}
      />
      <SavedField
        label={t('phone')}
        type="tel"
        value={row.phone ? formatPhone(row.phone) : ''}
        check={phoneOrEmpty}
        onSave={(typed) => save({ phone: normalisePhone(typed) })}
      />
      <SavedField
        label={t('position')}
        value={row.position ?? ''}
        onSave={(typed) => save({ position: typed.trim() || null })}
      />
      <Field label={t('email')}>
        {(control) => <Input {...control} readOnly value={user.email} onValue={() => undefined} />}
      </Field>
    </Section>
  )
}

interface SavedFieldProps {
  label: string
  value: string
  type?: string
  check?: (typed: string) => string | undefined
  onSave: (typed: string) => Promise<string | undefined>
}

const SavedField = ({ label, value, type = 'text', check, onSave }: SavedFieldProps) => {
  const [typed, setTyped] = useState<string | null>(null)
  const [error, setError] = useState<string | undefined>(undefined)
  const save = async () => {
    if (typed === null || typed === value) return setTyped(null)
    const problem = check?.(typed) ?? (await onSave(typed))
    setError(problem)
    // What was refused stays in the field to be corrected, and what was typed meanwhile.
    if (problem === undefined) setTyped((now) => (now === typed ? null : now))
  }
  return (
    <Field label={label} error={error}>
      {(control) => (
        <Input
          {...control}
          type={type}
          value={typed ?? value}
          onValue={setTyped}
          onBlur={save}
          onKeyDown={(event) => {
            if (event.key === 'Enter') save()
            if (event.key === 'Escape') {
              setTyped(null)
              setError(undefined)
            }
          }}
        />
      )}
    </Field>
  )
}

const Password = () => {
  const form = useForm({
    initial: { current: '', next: '' },
    reasonHere: ({ reason }) => (reason === 'wrongCredentials' ? t('wrongCurrent') : null),
  })
  const { values, errors, set } = form
  const submit = async () => {
    const sent = await form.submit(
      problemsOf({ current: filled(values.current), next: longPassword(values.next) }),
      () => api.changePassword(values),
    )
    if (!sent) return
    set({ current: '', next: '' })
    showToast({ text: t('changed') })
  }
  return (
    <Section title={t('password')}>
      <Form onSubmit={submit} label={t('password')}>
        <Field label={t('current')} error={errors.current}>
          {(control) => (
            <PasswordInput
              {...control}
              autocomplete="current-password"
              value={values.current}
              onValue={(current) => set({ current })}
            />
          )}
        </Field>
        <Field label={t('next')} hint={t('nextHint')} error={errors.next}>
          {(control) => (
            <PasswordInput
              {...control}
              autocomplete="new-password"
              value={values.next}
              onValue={(next) => set({ next })}
            />
          )}
        </Field>
        <FormError error={errors.form} detail={form.detail} />
        <div>
          <Button type="submit" busy={form.busy}>
            {t('change')}
          </Button>
        </div>
      </Form>
    </Section>
  )
}
