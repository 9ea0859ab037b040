import type { Patch } from '../../../shared/records/change.ts'
import { matrixOf } from '../../../shared/rights-matrix.ts'
import { Field, LinkButton, Select, Switch, showToast } from '../../design/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { Section } from '../../frame/page.tsx'
import { reasonText } from '../../i18n/reasons.ts'
import { itemsChanged } from '../../replica/index.ts'
import { MatrixFields } from './matrix-fields.tsx'
import { indented, treeOf, useDepartments, useRoles } from './organisation.ts'
import { t } from './people-texts.ts'
import styles from './settings.module.css'
import type { Employee } from './use-mail-accounts.ts'

/** Department, roles and individual rights of an employee; each choice is saved at once. */
export const EmployeeRights = ({ employee }: { employee: Employee }) => {
  const replica = useReplica()
  const roles = useRoles().value
  const departments = useDepartments().value
  const save = async (patch: Patch) => {
    const result = await replica.write('employee', employee.id, patch)
    if (!result.ok) showToast({ text: reasonText(result.reason) })
  }
  if (employee.role === 'administrator') return <p class="meta">{t('employee.isAdministrator')}</p>
  const own = employee.roles ?? []
  const byRoles = matrixOf(
    roles.flatMap((role) => (own.includes(role.id) ? [role.matrix ?? {}] : [])),
  )
  const isKnown = departments.some(({ id }) => id === employee.department)
  return (
    <>
      <Field label={t('employee.department')}>
        {(control) => (
          <Select
            {...control}
            value={isKnown ? (employee.department ?? '') : ''}
            onValue={(department) => save({ department: department || null })}
            options={[
              { value: '', label: t('employee.noDepartment') },
              ...treeOf(departments).map((placed) => ({
                value: placed.department.id,
                label: indented(placed),
              })),
            ]}
          />
        )}
      </Field>
      <fieldset>
        <legend class={styles.legend}>{t('employee.roles')}</legend>
        {roles.map(({ id, name }) => (
          <Switch
            key={id}
            look="tick"
            label={name}
            checked={own.includes(id)}
            onChecked={(checked) => save({ roles: itemsChanged({ [id]: checked }) })}
          />
        ))}
        {roles.length === 0 && (
          <>
            <p class="meta">{t('employee.noRoles')}</p>
            <LinkButton href="/settings/roles">{t('employee.newRole')}</LinkButton>
          </>
        )}
      </fieldset>
      <Section title={t('employee.exceptions')} hint={t('employee.exceptionsHint')}>
        <MatrixFields
          label={t('employee.exceptions')}
          value={employee.exceptions ?? {}}
          usual={(type, action) =>
            t('employee.asRoles', { scope: t(`scope.${byRoles[type][action]}`) })
          }
          onChange={(exceptions) => save({ exceptions })}
        />
      </Section>
    </>
  )
}
