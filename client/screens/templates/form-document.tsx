/** «Сформировать по шаблону»: a document of one record, to print, take away or keep. */
import { Download, FolderDown, Printer } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { TemplateSubject } from '../../../shared/records/template.ts'
import { languageOf, renderDocument } from '../../../shared/templates/render.ts'
import { Button, Dialog, Field, LinkButton, Select, showToast } from '../../design/index.ts'
import { saveFile } from '../../export/save-file.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { type Replica, type StoredRow, useLive } from '../../replica/index.ts'
import { personsOf } from '../clients/client-queries.ts'
import sheet from './document.module.css'
import { DocumentView } from './document-view.tsx'
import styles from './editor.module.css'
import { docxBlob, fileNameOf, keepDocument, type Place, placeOf } from './keep.ts'
import { printDocument } from './print.tsx'
import { Problems } from './problems.tsx'
import { readFilling, readTemplates, type Template, usable } from './queries.ts'
import { t } from './texts.ts'

interface FormDocumentProps {
  replica: Replica
  about: TemplateSubject
  id: string
  onClose: () => void
}

export const FormDocument = ({ replica, about, id, onClose }: FormDocumentProps) => {
  const templates = useLive<Template[] | null>(
    async () => usable(await readTemplates(replica.base), 'document', [about]),
    [replica, about],
    null,
  ).value
  const [chosen, setChosen] = useState<string | null>(null)
  const template = templates?.find((each) => each.id === chosen) ?? templates?.[0]
  if (!templates) return null
  if (!template)
    return (
      <Dialog
        title={t('form.title')}
        onClose={onClose}
        footer={
          replica.subject.value.administrator && (
            <LinkButton kind="primary" href="/settings/templates">
              {t('form.settings')}
            </LinkButton>
          )
        }
      >
        <p>{t('form.none')}</p>
      </Dialog>
    )
  return (
    <Forming
      replica={replica}
      about={about}
      id={id}
      template={template}
      templates={templates}
      onTemplate={setChosen}
      onClose={onClose}
    />
  )
}

interface FormingProps extends FormDocumentProps {
  template: Template
  templates: readonly Template[]
  onTemplate: (id: string) => void
}

const Forming = (props: FormingProps) => {
  const { replica, about, id, template, templates, onTemplate, onClose } = props
  const [person, setPerson] = useState('')
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const source = template.body ?? ''
  const language = languageOf(source)
  const filled = useLive(
    async () => ({
      person,
      language,
      filling: await readFilling(
        replica,
        { about, id, ...(person && { person }) },
        language,
        new Date(),
      ),
    }),
    [replica, about, id, person, language],
    null,
  ).value
  const place = useLive<Place | null>(() => placeOf(replica, about, id), [replica, about, id], null)
  const filling = filled?.filling
  const client = filling?.records.client?.id
  const persons = useLive<StoredRow<'person'>[]>(
    async () => (typeof client === 'string' ? personsOf(replica.base, client) : []),
    [replica, client],
    [],
  ).value
  if (!filling) return null
  // What is on the sheet goes to nobody as long as it names whom one chose before.
  const isCurrent = filled?.person === person && filled.language === language
  const { content, problems, restricted } = renderDocument(source, filling)
  const main = filling.records[about]
  const called = about === 'contract' ? (main?.number ? `№ ${main.number}` : '') : main?.name
  const name = fileNameOf(template.name, typeof called === 'string' ? called : '', new Date())
  const print = () => {
    setAsking(false)
    printDocument(content, name)
  }
  const keep = async () => {
    if (!place.value) return
    setBusy(true)
    const result = await keepDocument(replica, place.value, content, name)
    setBusy(false)
    if (!result.ok) return showToast({ text: reasonText(result.reason), stays: true })
    showToast({ text: t('form.kept', { name: `${name}.docx` }) })
    onClose()
  }
  return (
    <Dialog
      title={t('form.title')}
      width="page"
      onClose={onClose}
      footer={
        asking ? (
          <>
            <p class={styles.asking} role="alert">
              {t('form.check')}
            </p>
            <Button onClick={() => setAsking(false)}>{t('form.back')}</Button>
            <Button kind="primary" disabled={!isCurrent} onClick={print}>
              {t('form.continue')}
            </Button>
          </>
        ) : (
          <>
            {place.value && (
              <Button
                icon={FolderDown}
                class={styles.keep}
                busy={busy}
                disabled={!isCurrent}
                onClick={keep}
              >
                {t('form.keep')}
              </Button>
            )}
            <Button
              icon={Download}
              disabled={!isCurrent}
              onClick={() => saveFile(docxBlob(content), `${name}.docx`)}
            >
              {t('form.download')}
            </Button>
            <Button
              kind="primary"
              icon={Printer}
              disabled={!isCurrent}
              onClick={() => (problems.length > 0 ? setAsking(true) : print())}
            >
              {t('form.print')}
            </Button>
          </>
        )
      }
    >
      <div class={styles.pair}>
        <Field label={t('form.template')}>
          {(control) => (
            <Select
              {...control}
              value={template.id}
              onValue={onTemplate}
              options={templates.map((each) => ({ value: each.id, label: each.name }))}
            />
          )}
        </Field>
        {persons.length > 0 && (
          <Field label={t('form.person')}>
            {(control) => (
              <Select
                {...control}
                value={person || String(filling.records.person?.id ?? '')}
                onValue={setPerson}
                options={personOptions(persons, filling.records.person)}
              />
            )}
          </Field>
        )}
      </div>
      <Problems problems={problems} restricted={restricted} />
      <div class={sheet.desk}>
        <div class={sheet.sheet}>
          <DocumentView blocks={content} />
        </div>
      </div>
    </Dialog>
  )
}

/** Those of the client, and whom the record names though they are not among them. */
const personOptions = (
  persons: readonly StoredRow<'person'>[],
  named: Readonly<Record<string, unknown>> | undefined,
): { value: string; label: string }[] => {
  const all = persons.map(({ id, name }) => ({ value: id, label: name }))
  if (!named) return [{ value: '', label: t('form.nobody') }, ...all]
  return all.some(({ value }) => value === named.id)
    ? all
    : [{ value: String(named.id), label: String(named.name) }, ...all]
}
