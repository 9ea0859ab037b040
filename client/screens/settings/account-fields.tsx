/** Parts of the form that a new account and a connected one have in common. */

import type { NewAccount } from '../../../shared/protocol/api.ts'
import { accessModes } from '../../../shared/records/account.ts'
import { itemsOf } from '../../../shared/records/sets.ts'
import { Choice, Field, Input, Select, Switch } from '../../design/index.ts'
import { labelOf } from '../../i18n/index.ts'
import type { ServerValues } from './account-form.ts'
import { t } from './mail-texts.ts'
import styles from './settings.module.css'
import type { Employee } from './use-mail-accounts.ts'

type Access = NewAccount['access']

export interface UsedBy {
  access: Access
  users: string[]
}

interface AccessFieldsProps {
  access: Access
  users: readonly string[]
  employees: readonly Employee[]
  error?: string
  /** Made of what is kept: by the next tick the list may not have come back with this one. */
  onChange: (change: (kept: UsedBy) => UsedBy) => void
}

/** F16: everyone, one user, or a list. */
export const AccessFields = ({ access, users, employees, error, onChange }: AccessFieldsProps) => (
  <fieldset>
    <legend class={styles.legend}>{t('access')}</legend>
    <Choice<Access>
      label={t('access')}
      look="list"
      value={access}
      onValue={(next) => onChange(({ users: kept }) => ({ access: next, users: kept }))}
      options={(['all', 'user', 'list'] as const).map((value) => ({
        value,
        label: labelOf(accessModes[value]),
        hint: t(`access.${value}`),
      }))}
    />
    {access === 'user' && (
      <Field label={t('owner')} error={error}>
        {(control) => (
          <Select
            {...control}
            value={users[0] ?? ''}
            onValue={(user) => onChange((kept) => ({ ...kept, users: [user] }))}
            options={employees.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
      </Field>
    )}
    {access === 'list' && (
      <fieldset>
        <legend class={styles.legend}>{t('users')}</legend>
        <div class={styles.people}>
          {employees.map(({ id, name, position }) => (
            <Switch
              key={id}
              look="tick"
              label={name}
              hint={position}
              checked={users.includes(id)}
              onChecked={(checked) =>
                onChange((kept) => ({
                  ...kept,
                  users: itemsOf(kept.users, new Map([[id, checked]])),
                }))
              }
            />
          ))}
        </div>
        {error && (
          <p class={styles.failing} role="alert">
            {error}
          </p>
        )}
      </fieldset>
    )}
  </fieldset>
)

interface ResponsibleFieldProps {
  value: string
  employees: readonly Employee[]
  onValue: (employee: string) => void
}

export const ResponsibleField = ({ value, employees, onValue }: ResponsibleFieldProps) => (
  <Field label={t('responsible')}>
    {(control) => (
      <Select
        {...control}
        value={value}
        onValue={onValue}
        options={[
          { value: '', label: t('nobody') },
          ...employees.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
    )}
  </Field>
)

interface ServerFieldsProps {
  title: string
  values: ServerValues
  address: string
  error?: string
  onChange: (values: ServerValues) => void
}

const securities = ['tls', 'starttls', 'plain'] as const

/** F18: given by hand where nothing was found. */
export const ServerFields = ({ title, values, address, error, onChange }: ServerFieldsProps) => (
  <fieldset>
    <legend class={styles.legend}>{title}</legend>
    <div class={styles.server}>
      <Field label={t('host')} error={error}>
        {(control) => (
          <Input
            {...control}
            autocapitalize="off"
            spellcheck={false}
            value={values.host}
            onValue={(host) => onChange({ ...values, host })}
          />
        )}
      </Field>
      <Field label={t('port')}>
        {(control) => (
          <Input
            {...control}
            inputMode="numeric"
            value={values.port}
            onValue={(port) => onChange({ ...values, port })}
          />
        )}
      </Field>
      <Field label={t('security')}>
        {(control) => (
          <Select
            {...control}
            value={values.security}
            onValue={(security) => onChange({ ...values, security })}
            options={securities.map((value) => ({ value, label: t(`security.${value}`) }))}
          />
        )}
      </Field>
      <Field label={t('login')} hint={t('loginHint')}>
        {(control) => (
          <Input
            {...control}
            autocapitalize="off"
            spellcheck={false}
            placeholder={address}
            value={values.user}
            onValue={(user) => onChange({ ...values, user })}
          />
        )}
      </Field>
    </div>
  </fieldset>
)
