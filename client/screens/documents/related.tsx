/** What belongs to a contract: its files, who signs for the client, the Interest that it came of. */
import { FileText, Paperclip } from 'lucide-preact'
import { useRef, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { newId } from '../../../shared/ids.ts'
import type { Result } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { FileRef } from '../../../shared/records/segment.ts'
import { Button, showToast } from '../../design/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { type Replica, useLive } from '../../replica/index.ts'
import block from '../clients/related.module.css'
import { FileList } from '../dialogs/file-list.tsx'
import { PersonBlock } from '../interests/person-block.tsx'
import { FormDocument, t as formTexts, useHasDocuments } from '../templates/form-entry.ts'
import { attach } from './attach.ts'
import type { Contract } from './queries.ts'
import { t } from './texts.ts'

interface RelatedProps {
  row: Contract
  save: (patch: Patch) => Promise<Result<unknown>>
  replica: Replica
  readOnly: boolean
}

export const ContractRelated = (props: RelatedProps) => {
  const { row, save, replica, readOnly } = props
  const interest = useLive(
    async () => (row.interest ? replica.base.interest.get(row.interest) : undefined),
    [row.interest, replica],
    undefined,
  ).value
  return (
    <div class={block.related}>
      <Files {...props} />
      <PersonBlock
        words={{
          title: t('signatory'),
          choose: t('chooseSignatory'),
          remove: t('removeSignatory'),
        }}
        person={row.person}
        save={save}
        replica={replica}
        readOnly={readOnly}
      />
      {interest && (
        <section class={block.block}>
          <h2 class={block.title}>{t('interest')}</h2>
          <Link class="link" href={`/interests/${interest.id}`}>
            {interest.name}
          </Link>
        </section>
      )}
    </div>
  )
}

const Files = ({ row, save, replica, readOnly }: RelatedProps) => {
  const input = useRef<HTMLInputElement>(null)
  const [forming, setForming] = useState(false)
  const hasDocuments = useHasDocuments(replica, 'contract')
  const remove = async ({ hash, name }: FileRef) => {
    const parts = row.files.filter((file) => file.hash === hash && file.name === name)
    const patchOf = (value: (part: (typeof parts)[number]) => unknown): Patch => ({
      files: Object.fromEntries(parts.map((part) => [part.id, value(part)])),
    })
    const result = await save(patchOf(() => null))
    if (result.ok)
      showToast({
        text: t('files.removed', { name }),
        undo: () => void save(patchOf(({ id: _, ...value }) => value)),
      })
  }
  return (
    <section class={block.block}>
      <h2 class={block.title}>{t('files')}</h2>
      {row.files.length === 0 ? (
        <p class="meta">{t('files.none')}</p>
      ) : (
        <FileList
          files={row.files}
          replica={replica}
          {...(!readOnly && { onRemove: (file: FileRef) => void remove(file) })}
        />
      )}
      <div class={block.buttons}>
        {hasDocuments && (
          <Button icon={FileText} onClick={() => setForming(true)}>
            {formTexts('form')}
          </Button>
        )}
        {!readOnly && (
          <Button icon={Paperclip} onClick={() => input.current?.click()}>
            {t('files.add')}
          </Button>
        )}
        <input
          ref={input}
          type="file"
          multiple
          hidden
          aria-label={t('files.add')}
          onChange={async ({ currentTarget }) => {
            const chosen = [...(currentTarget.files ?? [])]
            // The same file can be chosen again.
            currentTarget.value = ''
            for (const file of chosen) {
              const added = await attach(replica, row.id, file, file.name, newId())
              if (!added.ok) showToast({ text: reasonText(added.reason), stays: true })
            }
          }}
        />
      </div>
      {forming && (
        <FormDocument
          replica={replica}
          about="contract"
          id={row.id}
          onClose={() => setForming(false)}
        />
      )}
    </section>
  )
}
