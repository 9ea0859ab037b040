/** Настройки → «Архив данных»: everything as one file, made by the relay (F47). */
import { FileArchive } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import type { ArchiveInfo } from '../../../shared/protocol/archives.ts'
import { Button, showToast } from '../../design/index.ts'
import { formatBytes, formatDateTime } from '../../format/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { FormError } from '../../frame/form.tsx'
import { Page, Rows, Section } from '../../frame/page.tsx'
import { useLatest } from '../../frame/use-latest.ts'
import { locale } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { api } from '../../session/index.ts'
import { useEmployees } from '../dialogs/use-employees.ts'
import styles from './archives.module.css'
import { t } from './texts.ts'

/** How often a running one is asked after, ms. */
const lookEvery = 2_000

export const ArchivesPage = () => {
  const { administrator } = useReplica().subject.value
  return (
    <Page title={t('title')} back="/settings">
      {administrator ? <Archives /> : <p class="meta">{t('administrators')}</p>}
    </Page>
  )
}

const Archives = () => {
  const [archives, setArchives] = useState<ArchiveInfo[] | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const isRunning = archives?.some(({ state }) => state === 'running') ?? false
  const begin = useLatest()
  const look = async () => {
    const isLatest = begin()
    const answer = await api.archives()
    // One deleted meanwhile would stand there again.
    if (!isLatest()) return
    if (!answer.ok) return setFailure(reasonText(answer.reason))
    setFailure(null)
    setArchives(answer.value.archives)
    return answer.value.archives
  }
  useEffect(() => void look(), [])
  useEffect(() => {
    if (!isRunning) return
    const timer = setInterval(async () => {
      const found = await look()
      if (found && !found.some(({ state }) => state === 'running') && found[0]?.ready)
        showToast({ text: t('done') })
    }, lookEvery)
    return () => clearInterval(timer)
  }, [isRunning])
  const make = async () => {
    const answer = await api.makeArchive({ language: locale.peek() })
    if (!answer.ok) return setFailure(reasonText(answer.reason))
    await look()
  }
  const remove = async (id: string) => {
    const answer = await api.deleteArchive(id)
    if (!answer.ok) return setFailure(reasonText(answer.reason))
    await look()
  }
  return (
    <>
      <p>{t('about')}</p>
      <p class="meta">{t('restore')}</p>
      <div>
        <Button kind="primary" icon={FileArchive} busy={isRunning} onClick={make}>
          {t('make')}
        </Button>
      </div>
      {failure !== null && <FormError error={failure} />}
      {archives && archives.length > 0 && (
        <Section title={t('list')}>
          <Rows>
            {archives.map((archive) => (
              <ArchiveRow key={archive.id} archive={archive} onDelete={() => remove(archive.id)} />
            ))}
          </Rows>
        </Section>
      )}
    </>
  )
}

const ArchiveRow = ({ archive, onDelete }: { archive: ArchiveInfo; onDelete: () => void }) => {
  const replica = useReplica()
  const name = useEmployees(replica).get(archive.by)?.name ?? ''
  const { id, at, by, state, ready } = archive
  return (
    <li class={styles.row}>
      <div class={styles.words}>
        <b>
          {formatDateTime(at)}
          {name && ` · ${name}`}
        </b>
        <span class="meta" role={state === 'running' ? 'status' : undefined}>
          {factsOf(archive)}
        </span>
      </div>
      {ready && by === replica.session.user.id && (
        <a class="link" href={`/api/archives/${id}/file`} download>
          {t('download')}
        </a>
      )}
      {state !== 'running' && (
        <Button kind="quiet" onClick={onDelete}>
          {t('delete')}
        </Button>
      )}
    </li>
  )
}

const factsOf = ({ state, records, ready }: ArchiveInfo): string => {
  if (state === 'failed') return t('failed')
  if (!ready) return t('running', { count: records })
  const last = ready.fetched.at(-1)
  return [
    t('ready', { count: records }),
    t('files', { count: ready.files }),
    ...(ready.missing > 0 ? [t('missing', { count: ready.missing })] : []),
    formatBytes(ready.bytes),
    t('until', { when: formatDateTime(ready.until) }),
    ...(last !== undefined ? [t('fetched', { when: formatDateTime(last) })] : []),
  ].join(' · ')
}
