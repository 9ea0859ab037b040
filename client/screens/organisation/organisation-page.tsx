/** Настройки → Организация: our own requisites, as documents name them (F254). */
import { sameValue } from '../../../shared/equality.ts'
import type { Patch } from '../../../shared/records/change.ts'
import {
  type OrganisationRow,
  organisation,
  organisationId,
} from '../../../shared/records/organisation.ts'
import { Button, Field, Input, showToast, Textarea } from '../../design/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { emailTyped, filled, innOrEmpty, problemsOf } from '../../frame/checks.ts'
import { Form, FormError, useForm } from '../../frame/form.tsx'
import { Page, Section } from '../../frame/page.tsx'
import { labelOf } from '../../i18n/index.ts'
import { type Replica, useLive } from '../../replica/index.ts'
import { t as settingsTexts } from '../settings/texts.ts'
import styles from './organisation.module.css'
import { t } from './texts.ts'

const sections = [
  ['names', ['name', 'fullName']],
  ['codes', ['inn', 'kpp', 'ogrn']],
  ['contacts', ['address', 'postalAddress', 'phone', 'email', 'site']],
  ['bank', ['bank', 'bik', 'account', 'correspondentAccount']],
  ['signer', ['head', 'headPosition', 'inPersonOf', 'basis']],
] as const
type Name = (typeof sections)[number][1][number]
const names = sections.flatMap(([, each]) => [...each])

/** What is read in one piece, and stands in several lines. */
const long: ReadonlySet<Name> = new Set(['fullName', 'address', 'postalAddress'])
const narrow: ReadonlySet<Name> = new Set(['inn', 'kpp', 'ogrn', 'bik'])

type Values = Record<Name, string>

const valuesOf = (row: OrganisationRow | undefined, workspace: string): Values => {
  const held = (name: Name) => row?.[name] ?? (name === 'name' && !row ? workspace : '')
  // Made of all names.
  return Object.fromEntries(names.map((name) => [name, held(name)])) as Values
}

export const OrganisationPage = () => {
  const replica = useReplica()
  const row = useLive<OrganisationRow | undefined | null>(
    () => replica.base.organisation.get(organisationId()),
    [replica],
    null,
  ).value
  return (
    <Page title={settingsTexts('tile.organisation')} back="/settings" width="wide">
      <p class="meta">{t('about')}</p>
      {row !== null && <Fields row={row} replica={replica} />}
    </Page>
  )
}

const digits = (typed: string, ...lengths: number[]): string | undefined =>
  typed.trim() === '' || lengths.some((length) => new RegExp(`^\\d{${length}}$`).test(typed.trim()))
    ? undefined
    : t('wrongDigits', { length: lengths.join(' / ') })

const account = (typed: string): string | undefined =>
  digits(typed, 20) === undefined ? undefined : t('wrongAccount')

const Fields = ({ row, replica }: { row: OrganisationRow | undefined; replica: Replica }) => {
  const kept = valuesOf(row, replica.session.workspace.name)
  const form = useForm<Values>({ initial: kept, draft: 'organisation' })
  const { values, errors, set } = form
  const readOnly = !replica.subject.value.administrator
  const submit = async () => {
    const patch: Patch = {}
    for (const name of names) {
      const value = values[name].trim()
      if (!sameValue(value, row?.[name] ?? '')) patch[name] = value || null
    }
    const problems = problemsOf({
      name: filled(values.name),
      inn: innOrEmpty(values.inn),
      kpp: digits(values.kpp, 9),
      ogrn: digits(values.ogrn, 13, 15),
      bik: digits(values.bik, 9),
      account: account(values.account),
      correspondentAccount: account(values.correspondentAccount),
      email: values.email.trim() === '' ? undefined : emailTyped(values.email),
    })
    const done = await form.submit(problems, () =>
      replica.write('organisation', organisationId(), patch),
    )
    if (done) showToast({ text: t('saved') })
  }
  return (
    <Form onSubmit={submit} label={settingsTexts('tile.organisation')}>
      {readOnly && <p class="meta">{t('onlyAdministrators')}</p>}
      {sections.map(([section, each]) => (
        <Section key={section} title={t(section)}>
          <div class={styles.fields}>
            {each.map((name) => (
              <Field
                key={name}
                class={long.has(name) ? styles.long : narrow.has(name) ? styles.narrow : undefined}
                label={labelOf(organisation.fields[name].label)}
                required={name === 'name'}
                error={errors[name]}
                hint={name === 'inPersonOf' || name === 'basis' ? t(`${name}.hint`) : undefined}
              >
                {(control) => {
                  const common = {
                    ...control,
                    value: values[name],
                    readOnly,
                    autocomplete: 'off' as const,
                    onValue: (value: string) => set({ [name]: value }),
                  }
                  return long.has(name) ? (
                    <Textarea {...common} rows={2} maxLength={1000} />
                  ) : (
                    <Input
                      {...common}
                      maxLength={500}
                      inputMode={narrow.has(name) || /ccount/.test(name) ? 'numeric' : 'text'}
                    />
                  )
                }}
              </Field>
            ))}
          </div>
        </Section>
      ))}
      <FormError error={errors.form} detail={form.detail} />
      {!readOnly && (
        <div>
          <Button kind="primary" type="submit" busy={form.busy}>
            {t('save')}
          </Button>
        </div>
      )}
    </Form>
  )
}
