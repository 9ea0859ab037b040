/** What waits on this device, what the relay refused, and how full the replica is. */
import { Send } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { declarationOf, type RecordType } from '../../../shared/records/index.ts'
import { Badge, Button, Dialog, showToast } from '../../design/index.ts'
import { formatBytes, formatDateTime } from '../../format/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { Page, Rows, Section } from '../../frame/page.tsx'
import { programOnDevice } from '../../frame/update.ts'
import { labelOf } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import {
  type ChangeKind,
  type OutboxEntry,
  type RejectedEntry,
  useLive,
} from '../../replica/index.ts'
import { heldBy } from '../documents/title.ts'
import { fieldWords, type Names, readNames } from './field-words.ts'
import styles from './offline-work.module.css'
import { refusalWords } from './refusal-words.ts'
import { t } from './texts.ts'

/** More rows at once help nobody; the counts in the headings are whole. */
const shownAtMost = 200

export const OfflineWorkScreen = () => {
  const replica = useReplica()
  const { waiting, rejected } = replica.status.value
  const entries = useLive(() => replica.base.outbox.limit(shownAtMost).toArray(), [replica], [])
  const refused = useLive(
    () => replica.base.rejected.orderBy('id').reverse().limit(shownAtMost).toArray(),
    [replica],
    [],
  )
  const shown = [
    ...[...entries.value, ...refused.value].map(({ fields }) => fields),
    ...refused.value.map(({ field = '' }) => heldBy(field).contract),
  ]
  const names = useLive<Names>(
    () => readNames(replica.base, shown),
    [replica, entries.value, refused.value],
    new Map(),
  )

  return (
    <Page title={t('title')} back="/settings">
      <p class="meta">{t('intro')}</p>
      {rejected > 0 && (
        <Section title={`${t('refused')} · ${rejected}`}>
          <Rows>
            {refused.value.map((entry) => (
              <Refused key={entry.id} entry={entry} names={names.value} />
            ))}
          </Rows>
        </Section>
      )}
      <Section
        title={waiting > 0 ? `${t('waiting')} · ${waiting}` : t('waiting')}
        actions={
          waiting > 0 && (
            <Button icon={Send} onClick={replica.wake}>
              {t('tryNow')}
            </Button>
          )
        }
      >
        {waiting === 0 ? (
          <p class="meta">{t('nothingWaits')}</p>
        ) : (
          <Rows>
            {entries.value.map((entry) => (
              <Waiting key={entry.n} entry={entry} names={names.value} />
            ))}
          </Rows>
        )}
      </Section>
      <DeviceFacts />
    </Page>
  )
}

const tone = { created: 'green', changed: 'quiet', deleted: 'red' } as const

interface ChangeProps {
  entry: {
    type: RecordType
    kind: ChangeKind
    label: string
    at: number
    fields: Record<string, [unknown, unknown]>
    forgotten?: string[]
  }
  names: Names
}

const ChangeHead = ({ entry }: ChangeProps) => (
  <div class={styles.head}>
    <Badge kind={tone[entry.kind]}>{t(entry.kind)}</Badge>
    <b class="ellipsis">{entry.label || t('unnamed')}</b>
    <span class="meta">{labelOf(declarationOf(entry.type).label)}</span>
    <time class={styles.time} dateTime={new Date(entry.at).toISOString()}>
      {formatDateTime(entry.at)}
    </time>
  </div>
)

const Changes = ({ entry, names }: ChangeProps) => (
  <dl class={styles.fields}>
    {fieldWords(entry.type, entry.fields, names, entry.forgotten).map((words) => (
      <div key={words.label}>
        <dt>{words.label}</dt>
        <dd>
          {entry.kind !== 'created' && (
            <>
              <span class="visually-hidden">{t('was')}: </span>
              {words.forgotten ? (
                <span class="meta">{words.before}</span>
              ) : (
                <del>{words.before}</del>
              )}
              <span aria-hidden="true"> → </span>
            </>
          )}
          <span class="visually-hidden">{t('became')}: </span>
          <span>{words.after}</span>
        </dd>
      </div>
    ))}
  </dl>
)

const Waiting = ({ entry, names }: { entry: OutboxEntry; names: Names }) => {
  const replica = useReplica()
  const [asking, setAsking] = useState(false)
  const discard = async () => {
    setAsking(false)
    await replica.discard(entry.n)
    showToast({ text: t('discarded') })
  }
  const name = entry.label || t('unnamed')
  return (
    <li class={styles.change}>
      <ChangeHead entry={entry} names={names} />
      <Changes entry={entry} names={names} />
      <div class={styles.actions}>
        <Button kind="quiet" onClick={() => setAsking(true)}>
          {t('discard')}
        </Button>
      </div>
      {asking && (
        <Dialog
          title={t('discard.title')}
          onClose={() => setAsking(false)}
          footer={
            <>
              <Button onClick={() => setAsking(false)}>{t('keep')}</Button>
              <Button kind="danger" onClick={discard}>
                {t('discard')}
              </Button>
            </>
          }
        >
          <p>{t(entry.kind === 'created' ? 'discard.created' : 'discard.text', { name })}</p>
        </Dialog>
      )}
    </li>
  )
}

const Refused = ({ entry, names }: { entry: RejectedEntry; names: Names }) => {
  const replica = useReplica()
  const about = refusalWords(entry, names)
  const copy = async () => {
    const lines = fieldWords(entry.type, entry.fields, names).map(
      ({ label, after }) => `${label}: ${after}`,
    )
    try {
      await navigator.clipboard.writeText([entry.label, ...lines].join('\n'))
      showToast({ text: t('copied') })
    } catch {
      // The browser asks for a permission that was not given.
      showToast({ text: t('notCopied') })
    }
  }
  const retry = async () => {
    const result = await replica.retry(entry.id)
    showToast({ text: result.ok ? t('retried') : reasonText(result.reason) })
  }
  return (
    <li class={styles.change}>
      <ChangeHead entry={entry} names={names} />
      <p class={styles.reason}>
        {reasonText(entry.reason)}
        {about && ` ${about}.`}
      </p>
      <Changes entry={entry} names={names} />
      <div class={styles.actions}>
        <Button onClick={retry}>{t('retry')}</Button>
        <Button kind="quiet" onClick={copy}>
          {t('copy')}
        </Button>
        <Button kind="quiet" onClick={() => replica.dismiss(entry.id)}>
          {t('dismiss')}
        </Button>
      </div>
    </li>
  )
}

/** Also a part of Настройки → Об этом устройстве. */
export const DeviceFacts = () => {
  const replica = useReplica()
  const { lastSyncAt, complete, progress } = replica.status.value
  const [size, setSize] = useState<number | null>(null)
  useEffect(() => {
    replica.sizeOnDevice().then(setSize)
  }, [replica, lastSyncAt])
  return (
    <Section title={t('device')}>
      <dl class={styles.facts}>
        <div>
          <dt>{t('lastSync')}</dt>
          <dd>{lastSyncAt === null ? t('never') : formatDateTime(lastSyncAt)}</dd>
        </div>
        <div>
          <dt>{t('complete')}</dt>
          <dd>
            {complete ? t('isComplete') : progress ? t('isPartial', progress) : t('isUnknown')}
          </dd>
        </div>
        <div>
          <dt>{t('program')}</dt>
          <dd>{t(`program.${programOnDevice.value}`)}</dd>
        </div>
        <div>
          <dt>{t('size')}</dt>
          <dd>{size === null ? '…' : formatBytes(size)}</dd>
        </div>
      </dl>
    </Section>
  )
}
