/** What became of a message of ours, in words, and what can be done about it. */
import { Ban, Check, CheckCheck, CircleAlert, CircleHelp, Clock, LoaderCircle } from 'lucide-preact'
import { isReason } from '../../../shared/reasons.ts'
import { type MessageStatus, messageStatuses } from '../../../shared/records/segment.ts'
import { Button } from '../../design/index.ts'
import { labelOf } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { MessageRow } from '../../replica/index.ts'
import styles from './delivery.module.css'
import { type Remedy, remediesOf } from './sending.ts'
import { t } from './texts.ts'

const icons: Record<MessageStatus, typeof Check> = {
  received: Check,
  queued: Clock,
  sending: LoaderCircle,
  sent: Check,
  delivered: CheckCheck,
  failed: CircleAlert,
  unknown: CircleHelp,
  cancelled: Ban,
}

const remedyTexts = {
  cancel: 'message.cancel',
  retry: 'message.retry',
  resend: 'message.resend',
  markSent: 'message.markSent',
} as const satisfies Record<Remedy, string>

interface DeliveryProps {
  message: MessageRow
  /** Absent where the user may not answer in this channel. */
  onRemedy?: (remedy: Remedy) => void
}

export const Delivery = ({ message, onRemedy }: DeliveryProps) => {
  const { state } = message
  if (message.direction !== 'out' || !state) return null
  const { status } = state
  const Icon = icons[status]
  const bad = status === 'failed' || status === 'unknown'
  const remedies = onRemedy ? remediesOf(status) : []
  return (
    <div class={styles.delivery} data-status={status} data-bad={bad}>
      <span class={styles.state}>
        <Icon size={14} aria-hidden />
        {labelOf(messageStatuses[status])}
      </span>
      {bad && (
        <p class={styles.reason}>
          {status === 'unknown' && t('message.unknownHint')}
          {status === 'failed' && isReason(state.reason) && reasonText(state.reason)}
          {state.detail && <span class={styles.detail}>{state.detail}</span>}
        </p>
      )}
      {remedies.length > 0 && (
        <span class={styles.remedies}>
          {remedies.map((remedy) =>
            bad ? (
              <Button key={remedy} onClick={() => onRemedy?.(remedy)}>
                {t(remedyTexts[remedy])}
              </Button>
            ) : (
              <button
                key={remedy}
                type="button"
                class={styles.quiet}
                onClick={() => onRemedy?.(remedy)}
              >
                {t(remedyTexts[remedy])}
              </button>
            ),
          )}
        </span>
      )}
    </div>
  )
}
