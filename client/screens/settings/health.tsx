import { isReason } from '../../../shared/reasons.ts'
import { classNames } from '../../design/index.ts'
import { formatAge } from '../../format/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { t } from './mail-texts.ts'
import styles from './settings.module.css'
import type { Account } from './use-mail-accounts.ts'

/** How a mailbox is doing, in words: its state, last letter in and out, errors. */
export const healthWords = ({ health }: Account): string => {
  if (!health) return t('health.connecting')
  const { state, reason, lastIn, lastOut, quarantined = 0 } = health
  const words = [t(`health.${state}`)]
  if (state === 'failing' && isReason(reason)) words.push(reasonText(reason))
  if (lastIn !== undefined) words.push(t('health.lastIn', { age: formatAge(lastIn) }))
  if (lastOut !== undefined) words.push(t('health.lastOut', { age: formatAge(lastOut) }))
  if (state === 'connected' && lastIn === undefined && lastOut === undefined)
    words.push(t('health.nothingYet'))
  if (quarantined > 0) words.push(t('health.quarantined', { count: quarantined }))
  return words.join(' · ')
}

export const Health = ({ account }: { account: Account }) => (
  <span class={classNames(styles.state, styles[account.health?.state ?? 'connecting'])}>
    {healthWords(account)}
  </span>
)
