import { ChevronRight, Mail, Plus } from 'lucide-preact'
import { Link } from 'wouter-preact'
import { EmptyState, Icon, LinkButton } from '../../design/index.ts'
import { Page, Rows } from '../../frame/page.tsx'
import { Health } from './health.tsx'
import { t } from './mail-texts.ts'
import styles from './settings.module.css'
import { useMailAccounts } from './use-mail-accounts.ts'

/** F22: all configured accounts, with their health. */
export const MailPage = () => {
  const accounts = useMailAccounts().value
  const add = (
    <LinkButton kind="primary" icon={Plus} href="/settings/mail/new">
      {t('mail.add')}
    </LinkButton>
  )
  return (
    <Page title={t('mail.title')} back="/settings" actions={accounts.length > 0 && add}>
      {accounts.length === 0 ? (
        <EmptyState
          icon={Mail}
          title={t('mail.none.title')}
          text={t('mail.none.text')}
          action={add}
        />
      ) : (
        <Rows>
          {accounts.map((account) => (
            <li key={account.id}>
              <Link href={`/settings/mail/${account.id}`} class={styles.row}>
                <span class={styles.rowWords}>
                  <b class="ellipsis">{account.name}</b>
                  <span class="ellipsis">{account.address}</span>
                  <Health account={account} />
                </span>
                <Icon of={ChevronRight} />
              </Link>
            </li>
          ))}
        </Rows>
      )}
    </Page>
  )
}
