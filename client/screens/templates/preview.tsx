/** A template as it comes out with one record. */
import { useState } from 'preact/hooks'
import type { TemplateKind, TemplateSubject } from '../../../shared/records/template.ts'
import { languageOf, renderDocument, renderText } from '../../../shared/templates/render.ts'
import { Button, Dialog, Input } from '../../design/index.ts'
import { type Replica, type ReplicaBase, useAnswer, useSuggestions } from '../../replica/index.ts'
import { foundByWordsAndNames } from '../clients/client-list.ts'
import picker from '../clients/contact-picker.module.css'
import sheet from './document.module.css'
import { DocumentView } from './document-view.tsx'
import styles from './editor.module.css'
import { Problems } from './problems.tsx'
import { readFilling } from './queries.ts'
import { t } from './texts.ts'

interface PreviewProps {
  replica: Replica
  kind: TemplateKind
  about: TemplateSubject
  subject: string
  body: string
}

interface Named {
  id: string
  name: string
}

/** Records offered at once. */
const offered = 8

const nameOf = (row: { id: string; name?: string; subject?: string }): Named => ({
  id: row.id,
  name: row.name ?? row.subject ?? '',
})

/** Those whose words begin so; the newest where nothing is asked for. */
const recordsNamed = async (
  base: ReplicaBase,
  about: TemplateSubject,
  typed: string,
): Promise<Named[]> => {
  const table = base.table<
    { id: string; name?: string; subject?: string; deletedAt?: number },
    string
  >(about)
  if (typed.trim() === '')
    return (
      await table
        .orderBy('id')
        .reverse()
        .filter(({ deletedAt }) => deletedAt === undefined)
        .limit(offered)
        .toArray()
    ).map(nameOf)
  const found = [...(await foundByWordsAndNames(base, about, typed))].slice(0, offered)
  return (await table.bulkGet(found)).flatMap((row) => (row ? [nameOf(row)] : []))
}

export const Preview = ({ replica, kind, about, subject, body }: PreviewProps) => {
  const [chosen, setChosen] = useState<Named | null>(null)
  const [choosing, setChoosing] = useState(false)
  const newest = useAnswer(
    about,
    async () => (await recordsNamed(replica.base, about, ''))[0] ?? null,
    [replica],
  )
  const record = chosen ?? newest?.answer
  const language = languageOf(body)
  const filling = useAnswer(
    `${about} ${record?.id} ${language}`,
    async () =>
      record ? readFilling(replica, { about, id: record.id }, language, new Date()) : undefined,
    [replica],
  )?.answer
  if (!record) return newest && <p class="meta">{t('preview.none')}</p>
  return (
    <>
      <div class={styles.previewHead}>
        <span>
          {t('preview.of')}: <b>{record.name}</b>
        </span>
        <Button kind="quiet" onClick={() => setChoosing(true)}>
          {t('preview.other')}
        </Button>
      </div>
      {filling && kind === 'document' && <DocumentPreview {...renderDocument(body, filling)} />}
      {filling && kind === 'letter' && (
        <LetterPreview
          subject={renderText(subject, filling).content}
          rendered={renderText(body, filling)}
        />
      )}
      {choosing && (
        <RecordDialog
          replica={replica}
          about={about}
          onClose={() => setChoosing(false)}
          onPick={(picked) => {
            setChosen(picked)
            setChoosing(false)
          }}
        />
      )}
    </>
  )
}

const DocumentPreview = ({ content, ...faults }: ReturnType<typeof renderDocument>) => (
  <>
    <Problems {...faults} />
    <div class={sheet.desk}>
      <div class={sheet.sheet}>
        <DocumentView blocks={content} />
      </div>
    </div>
  </>
)

interface LetterPreviewProps {
  subject: string
  rendered: ReturnType<typeof renderText>
}

const LetterPreview = ({ subject, rendered }: LetterPreviewProps) => (
  <>
    <Problems {...rendered} />
    <div class={styles.letter}>
      {subject && <p>{subject && <b>{subject}</b>}</p>}
      {rendered.content}
    </div>
  </>
)

interface RecordDialogProps {
  replica: Replica
  about: TemplateSubject
  onPick: (record: Named) => void
  onClose: () => void
}

const RecordDialog = ({ replica, about, onPick, onClose }: RecordDialogProps) => {
  const [typed, setTyped] = useState('')
  const { found, take } = useSuggestions<Named>(
    typed,
    (words) => recordsNamed(replica.base, about, words),
    [replica, about],
  )
  return (
    <Dialog
      title={t('preview.other')}
      onClose={onClose}
      onSubmit={async () => {
        const first = await take()
        if (first) onPick(first)
      }}
    >
      <Input
        type="search"
        value={typed}
        onValue={setTyped}
        placeholder={t('preview.search')}
        aria-label={t('preview.search')}
      />
      <div class={picker.list}>
        {found.map((record) => (
          <button
            key={record.id}
            type="button"
            class={picker.option}
            onClick={() => onPick(record)}
          >
            {record.name}
          </button>
        ))}
      </div>
    </Dialog>
  )
}
