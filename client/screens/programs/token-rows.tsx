import { KeyRound } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { type ApiToken, restPaths } from '../../../shared/protocol/rest.ts'
import { Badge, Button, Dialog, Icon, showToast } from '../../design/index.ts'
import { formatAge, formatDate } from '../../format/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { Rows } from '../../frame/page.tsx'
import { reasonText } from '../../i18n/reasons.ts'
import { api } from '../../session/index.ts'
import { type Employees, useEmployees } from '../dialogs/use-employees.ts'
import styles from './programs.module.css'
import { t } from './texts.ts'

const isExpired = ({ expiresAt }: ApiToken): boolean =>
  expiresAt !== undefined && expiresAt <= Date.now()

export const isOver = (token: ApiToken): boolean =>
  token.revokedAt !== undefined || isExpired(token)

export const isSuspended = (token: ApiToken): boolean =>
  token.suspendedAt !== undefined && !isOver(token)

interface TokenRowsProps {
  tokens: readonly ApiToken[]
  onChanged: () => Promise<void>
}

export const TokenRows = ({ tokens, onChanged }: TokenRowsProps) => {
  const employees = useEmployees(useReplica())
  const [asked, setAsked] = useState<ApiToken | null>(null)
  const revoke = async ({ id }: ApiToken) => {
    setAsked(null)
    const answer = await api.revokeToken(id)
    showToast({ text: answer.ok ? t('revoke.done') : reasonText(answer.reason) })
    await onChanged()
  }
  const resume = async ({ id }: ApiToken) => {
    const answer = await api.resumeToken(id)
    showToast({ text: answer.ok ? t('resume.done') : reasonText(answer.reason) })
    await onChanged()
  }
  return (
    <>
      <Rows>
        {tokens.map((token) => (
          <li key={token.id} class={styles.row}>
            <Icon of={KeyRound} />
            <div class={styles.words}>
              <span class={styles.head}>
                <b class={styles.name}>{token.name}</b>
                {isSuspended(token) && <Badge>{t('suspended')}</Badge>}
              </span>
              <span class="meta">{scopeWords(token, employees)}</span>
              <span class="meta">{pastWords(token, employees)}</span>
            </div>
            {isExpired(token) && token.revokedAt === undefined && <Badge>{t('expired')}</Badge>}
            {token.revokedAt !== undefined && <Badge kind="red">{t('revoked')}</Badge>}
            {!isOver(token) && (
              <div class={styles.acts}>
                {isSuspended(token) && (
                  <Button
                    kind="quiet"
                    aria-label={t('resume.of', { name: token.name })}
                    onClick={() => resume(token)}
                  >
                    {t('resume')}
                  </Button>
                )}
                <Button
                  kind="quiet"
                  aria-label={t('revoke.of', { name: token.name })}
                  onClick={() => setAsked(token)}
                >
                  {t('revoke')}
                </Button>
              </div>
            )}
          </li>
        ))}
      </Rows>
      {asked && (
        <Dialog
          title={t('revoke.ask', { name: asked.name })}
          onClose={() => setAsked(null)}
          footer={
            <>
              <Button onClick={() => setAsked(null)}>{t('cancel')}</Button>
              <Button kind="danger" onClick={() => revoke(asked)}>
                {t('revoke')}
              </Button>
            </>
          }
        >
          <p>{t('revoke.consequence')}</p>
        </Dialog>
      )}
    </>
  )
}

/** What a token may. */
const scopeWords = (token: ApiToken, employees: Employees): string => {
  const { employee, writes, resources, expiresAt } = token
  return [
    t('for', { name: employees.get(employee)?.name ?? '…' }),
    t(writes ? 'write' : 'read').toLowerCase(),
    resources.length === restPaths.length
      ? t('resources.all')
      : resources.map((path) => t(`resource.${path}`)).join(', '),
    ...(expiresAt === undefined ? [] : [t('until', { date: formatDate(expiresAt) })]),
  ].join(' · ')
}

/** Who made and ended it, and when it was used. */
const pastWords = (token: ApiToken, employees: Employees): string => {
  const { createdAt, createdBy, revokedAt, revokedBy, lastUsedAt, lastUsedFrom } = token
  const said = (when: number, who = '') => ({
    when: formatDate(when),
    name: employees.get(who)?.name ?? '…',
  })
  return [
    t('madeBy', said(createdAt, createdBy)),
    ...(revokedAt === undefined ? [] : [t('revokedBy', said(revokedAt, revokedBy))]),
    lastUsedAt === undefined
      ? t('unused')
      : t('used', { age: formatAge(lastUsedAt), from: lastUsedFrom ?? '' }),
  ].join(' · ')
}
