import { ChevronRight, KeyRound, Network, UserRoundPlus } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { Invite } from '../../../shared/protocol/api.ts'
import { Avatar, Badge, Button, Icon, LinkButton, showToast } from '../../design/index.ts'
import { formatDate } from '../../format/index.ts'
import { useSession } from '../../frame/app-context.ts'
import { Page, Rows, Section } from '../../frame/page.tsx'
import { useLatest } from '../../frame/use-latest.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { api } from '../../session/index.ts'
import { SubstitutionBadges } from '../substitutions/section.tsx'
import { useSubstitutions } from '../substitutions/use-substitutions.ts'
import { copyInvite, InviteDialog } from './invite-dialog.tsx'
import { t } from './people-texts.ts'
import styles from './settings.module.css'
import { useEmployees } from './use-mail-accounts.ts'

export const EmployeesPage = () => {
  const { user } = useSession()
  const employees = useEmployees().value
  const substitutions = useSubstitutions()
  const [inviting, setInviting] = useState(false)
  const [invites, setInvites] = useState<Invite[]>([])
  const begin = useLatest()
  const load = async () => {
    if (!user.administrator) return
    const isLatest = begin()
    const answer = await api.invites()
    // One withdrawn meanwhile would stand there again.
    if (answer.ok && isLatest()) setInvites(answer.value.invites)
  }
  useEffect(() => {
    load()
  }, [employees.length])

  const withdraw = async (token: string) => {
    const answer = await api.deleteInvite(token)
    showToast({ text: answer.ok ? t('invites.withdrawn') : reasonText(answer.reason) })
    await load()
  }
  return (
    <Page
      title={t('employees.title')}
      back="/settings"
      actions={
        user.administrator && (
          <Button kind="primary" icon={UserRoundPlus} onClick={() => setInviting(true)}>
            {t('employees.invite')}
          </Button>
        )
      }
    >
      <nav class={styles.links} aria-label={t('employees.title')}>
        <LinkButton icon={KeyRound} href="/settings/roles">
          {t('roles.title')}
        </LinkButton>
        <LinkButton icon={Network} href="/settings/departments">
          {t('departments.title')}
        </LinkButton>
      </nav>
      <Rows>
        {employees.map((employee) => (
          <li key={employee.id}>
            <Link href={`/settings/employees/${employee.id}`} class={styles.row}>
              <Avatar name={employee.name} />
              <span class={styles.rowWords}>
                <span class="ellipsis">
                  <b>{employee.name}</b>
                  {employee.id === user.id && <span class="meta"> {t('employees.you')}</span>}
                </span>
                <span class="meta ellipsis">
                  {[employee.position, employee.email].filter(Boolean).join(' · ')}
                </span>
                <SubstitutionBadges
                  employee={employee.id}
                  employees={employees}
                  substitutions={substitutions}
                />
              </span>
              {employee.role === 'administrator' && <Badge>{t('employees.administrator')}</Badge>}
              {employee.state === 'blocked' && <Badge kind="red">{t('employees.blocked')}</Badge>}
              <Icon of={ChevronRight} />
            </Link>
          </li>
        ))}
      </Rows>
      {invites.length > 0 && (
        <Section title={t('invites.title')}>
          <Rows>
            {invites.map((invite) => (
              <li key={invite.token} class={styles.row}>
                <span class={styles.rowWords}>
                  <b class="ellipsis">{invite.name ?? invite.email ?? t('invites.anyone')}</b>
                  <span class="meta ellipsis">
                    {[
                      invite.name && invite.email,
                      invite.role === 'administrator' && t('employees.administrator'),
                      t('invites.until', { date: formatDate(invite.expiresAt) }),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                </span>
                <span class={styles.rowActions}>
                  <Button kind="quiet" onClick={() => copyInvite(invite)}>
                    {t('invites.copy')}
                  </Button>
                  <Button kind="quiet" onClick={() => withdraw(invite.token)}>
                    {t('invites.withdraw')}
                  </Button>
                </span>
              </li>
            ))}
          </Rows>
        </Section>
      )}
      {inviting && (
        <InviteDialog
          onClose={() => {
            setInviting(false)
            load()
          }}
        />
      )}
    </Page>
  )
}
