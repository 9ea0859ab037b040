import { useState } from 'preact/hooks'
import { employeeRoles } from '../../../shared/records/employee.ts'
import { Avatar, Badge, Button, Choice, Dialog, showToast } from '../../design/index.ts'
import { useReplica, useSession } from '../../frame/app-context.ts'
import { Page, Section } from '../../frame/page.tsx'
import { labelOf } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { HandOverSection } from '../substitutions/hand-over-section.tsx'
import { SubstitutionBadges, SubstitutionSection } from '../substitutions/section.tsx'
import { useSubstitutions } from '../substitutions/use-substitutions.ts'
import { Devices } from './devices.tsx'
import { EmployeeRights } from './employee-rights.tsx'
import { EmployeeView } from './employee-view.tsx'
import { t } from './people-texts.ts'
import styles from './settings.module.css'
import { useEmployees } from './use-mail-accounts.ts'

/** One employee: what they may do here, whether they work here, and on which devices. */
export const EmployeePage = ({ id }: { id: string }) => {
  const replica = useReplica()
  const { user } = useSession()
  const [blocking, setBlocking] = useState(false)
  const employees = useEmployees().value
  const substitutions = useSubstitutions()
  const employee = employees.find((each) => each.id === id)
  if (!employee)
    return <Page title={t('employees.title')} back="/settings/employees" children={null} />
  const isBlocked = employee.state === 'blocked'
  const { administrator } = replica.subject.value
  const mayDecide = administrator && id !== user.id
  const save = async (patch: { role?: string; state?: string }) => {
    const result = await replica.write('employee', id, patch)
    if (!result.ok) showToast({ text: reasonText(result.reason) })
  }
  const block = async () => {
    setBlocking(false)
    await save({ state: 'blocked' })
  }
  return (
    <Page title={employee.name} back="/settings/employees" width="widest">
      <div class={styles.person}>
        <Avatar name={employee.name} />
        <span class={styles.rowWords}>
          <span class="ellipsis">{employee.email}</span>
          <span class="meta ellipsis">
            {[employee.position, employee.phone].filter(Boolean).join(' · ')}
          </span>
          <SubstitutionBadges employee={id} employees={employees} substitutions={substitutions} />
        </span>
        {isBlocked && <Badge kind="red">{t('employees.blocked')}</Badge>}
      </div>
      {mayDecide && (
        <Section title={t('employee.access')}>
          <Choice
            label={t('invite.role')}
            value={employee.role}
            onValue={(role) => save({ role })}
            options={(['employee', 'administrator'] as const).map((value) => ({
              value,
              label: labelOf(employeeRoles[value]),
            }))}
          />
          <p class="meta">{t(isBlocked ? 'employee.blockedText' : 'employee.blockText')}</p>
          <div>
            {isBlocked ? (
              <Button onClick={() => save({ state: 'active' })}>{t('employee.unblock')}</Button>
            ) : (
              <Button kind="danger" onClick={() => setBlocking(true)}>
                {t('employee.block')}
              </Button>
            )}
          </div>
        </Section>
      )}
      {(administrator || id === user.id || replica.subject.value.reach?.headed.has(id)) && (
        <SubstitutionSection employee={id} />
      )}
      {administrator && <HandOverSection employee={id} />}
      {mayDecide && <EmployeeRights employee={employee} />}
      {administrator && <EmployeeView user={id} />}
      {(administrator || id === user.id) && <Devices user={id} />}
      {blocking && (
        <Dialog
          title={t('employee.blockAsk', { name: employee.name })}
          onClose={() => setBlocking(false)}
          footer={
            <>
              <Button onClick={() => setBlocking(false)}>{t('cancel')}</Button>
              <Button kind="danger" onClick={block}>
                {t('employee.block')}
              </Button>
            </>
          }
        >
          <p>{t('employee.blockConsequence')}</p>
        </Dialog>
      )}
    </Page>
  )
}
