import { FileArchive } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Button } from '../../design/index.ts'
import type { Exported } from '../../export/export-archive.ts'
import { saveFile } from '../../export/save-file.ts'
import { useReplica } from '../../frame/app-context.ts'
import { Section } from '../../frame/page.tsx'
import { locale } from '../../i18n/index.ts'
import type { Replica } from '../../replica/index.ts'
import { t } from './device-texts.ts'

type Work =
  | { kind: 'none' | 'failed' }
  | { kind: 'running'; done: number }
  | ({ kind: 'done' } & Pick<Exported, 'records' | 'missing'>)

/** «Выгрузить данные»: all that the device holds, as one archive. */
export const ExportSection = () => {
  const replica = useReplica()
  const [work, setWork] = useState<Work>({ kind: 'none' })
  const start = async () => {
    setWork({ kind: 'running', done: 0 })
    try {
      const { blob, records, missing } = await exported(replica, (done) =>
        setWork({ kind: 'running', done }),
      )
      saveFile(blob, `interes-${new Date().toISOString().slice(0, 10)}.zip`)
      setWork({ kind: 'done', records, missing })
    } catch (error) {
      // Browsers have several names for a full disk; what else fails here is seen in the console.
      console.error(error)
      setWork({ kind: 'failed' })
    }
  }
  return (
    <Section title={t('export.title')}>
      <p>{t('export.text')}</p>
      {!replica.status.value.complete && <p>{t('export.incomplete')}</p>}
      <div>
        <Button icon={FileArchive} onClick={start} busy={work.kind === 'running'}>
          {t('export.start')}
        </Button>
      </div>
      <p role="status">
        {work.kind === 'running' && t('export.running', { done: work.done })}
        {work.kind === 'failed' && t('export.failed')}
        {work.kind === 'done' && t('export.records', { count: work.records })}
        {work.kind === 'done' &&
          work.missing > 0 &&
          ` ${t('export.missing', { count: work.missing })}`}
      </p>
    </Section>
  )
}

const exported = async (
  { base, session, subject }: Replica,
  onProgress: (done: number) => void,
) => {
  const { exportArchive } = await import('../../export/export-archive.ts')
  return exportArchive({
    base,
    language: locale.peek(),
    at: Date.now(),
    user: session.user.name,
    company: session.workspace.name,
    subject: subject.peek(),
    onProgress,
  })
}
