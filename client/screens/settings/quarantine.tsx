import { Download } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import type { QuarantineItem } from '../../../shared/protocol/api.ts'
import { LinkButton } from '../../design/index.ts'
import { formatDateTime } from '../../format/index.ts'
import { Rows, Section } from '../../frame/page.tsx'
import { reasonText } from '../../i18n/reasons.ts'
import { type ApiResult, api } from '../../session/index.ts'
import { t } from './mail-texts.ts'
import styles from './settings.module.css'
import type { Account } from './use-mail-accounts.ts'

/** Letters that could not be parsed, as they came. For administrators; kept at the relay only. */
export const Quarantine = ({ account }: { account: Account }) => {
  const [answer, setAnswer] = useState<ApiResult<{ items: QuarantineItem[] }> | null>(null)
  const count = account.health?.quarantined ?? 0
  useEffect(() => {
    api.quarantine(account.id).then(setAnswer)
  }, [account.id, count])
  if (!answer || (answer.ok && answer.value.items.length === 0)) return null
  return (
    <Section title={t('quarantine.title')} hint={t('quarantine.hint')}>
      {answer.ok ? (
        <Rows>
          {answer.value.items.map((item) => (
            <li key={item.id} class={styles.row}>
              <span class={styles.rowWords}>
                <span>{item.error}</span>
                <span class="meta">
                  {formatDateTime(item.at)} · {item.source}
                </span>
              </span>
              <LinkButton icon={Download} href={item.file} download={`${item.id}.eml`}>
                {t('quarantine.download')}
              </LinkButton>
            </li>
          ))}
        </Rows>
      ) : (
        <p class="meta">{reasonText(answer.reason)}</p>
      )}
    </Section>
  )
}
