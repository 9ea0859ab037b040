/** Texts of letters to choose from, with the values of the client and of an Interest of theirs (F30). */
import { useState } from 'preact/hooks'
import { templateSubjects } from '../../../shared/records/template.ts'
import { languageOf, renderText } from '../../../shared/templates/render.ts'
import { Dialog, Field, Input, Select, showToast } from '../../design/index.ts'
import { labelOf } from '../../i18n/index.ts'
import { identitiesOf, type Replica, type StoredRow, useLive } from '../../replica/index.ts'
import picker from '../clients/contact-picker.module.css'
import type { LetterText } from './letter-entry.ts'
import { readFilling, readTemplates, type Template, usable } from './queries.ts'
import { t } from './texts.ts'

interface LetterTemplatesProps {
  replica: Replica
  /** Whom the letter is to, as far as that is known. */
  client?: string | undefined
  person?: string | undefined
  onInsert: (letter: LetterText) => void
  onClose: () => void
}

/** Open Interests of the client, the newest first. */
const openInterests = async (
  { base }: Replica,
  client: string | undefined,
): Promise<StoredRow<'interest'>[]> => {
  if (client === undefined) return []
  const rows = await base.interest
    .where('client')
    .anyOf(await identitiesOf(base, 'client', client))
    .toArray()
  return rows
    .filter(({ status, deletedAt }) => status === 'open' && deletedAt === undefined)
    .sort((a, b) => (a.id < b.id ? 1 : -1))
}

const plain = (text: string): string => text.toLowerCase().replaceAll('ё', 'е')

export const LetterTemplates = (props: LetterTemplatesProps) => {
  const { replica, client, person, onInsert, onClose } = props
  const [typed, setTyped] = useState('')
  const [active, setActive] = useState(0)
  const [chosen, setChosen] = useState('')
  const found = useLive<{ templates: Template[]; interests: StoredRow<'interest'>[] } | null>(
    async () => ({
      templates: await readTemplates(replica.base),
      interests: await openInterests(replica, client),
    }),
    [replica, client],
    null,
  ).value
  if (!found) return null
  const { interests } = found
  const interest = interests.find(({ id }) => id === chosen) ?? interests[0]
  const shown = usable(found.templates, 'letter', [
    ...(client ? (['client'] as const) : []),
    ...(interest ? (['interest'] as const) : []),
  ]).filter(({ name }) => plain(name).includes(plain(typed.trim())))

  const insert = async (template: Template | undefined) => {
    const id = template?.about === 'interest' ? interest?.id : client
    if (!template || id === undefined) return
    const { about, body = '', subject = '' } = template
    const filling = await readFilling(
      replica,
      { about, id, ...(person && { person }) },
      languageOf(body),
      new Date(),
    )
    // It was deleted, or taken away, while the list was looked at.
    if (!filling) return onClose()
    const [text, title] = [renderText(body, filling), renderText(subject, filling)]
    const lacks = [...new Set([...text.problems, ...title.problems].map(({ label }) => label))]
    onInsert({ text: text.content, subject: title.content })
    if (lacks.length > 0)
      showToast({ text: t('letter.lacks', { fields: lacks.join(', ') }), stays: true })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setActive(Math.min(active + 1, shown.length - 1))
    else if (event.key === 'ArrowUp') setActive(Math.max(active - 1, 0))
    else return
    event.preventDefault()
  }
  return (
    <Dialog title={t('letter.title')} onClose={onClose} onSubmit={() => void insert(shown[active])}>
      <div class={picker.picker}>
        <Input
          type="search"
          value={typed}
          onValue={(value) => {
            setTyped(value)
            setActive(0)
          }}
          onKeyDown={onKeyDown}
          placeholder={t('letter.search')}
          aria-label={t('letter.search')}
          role="combobox"
          aria-expanded={shown.length > 0}
          aria-controls="letter-templates"
          aria-activedescendant={shown[active] ? `letter-template-${active}` : undefined}
          autocomplete="off"
        />
        {shown.length === 0 ? (
          <p class={picker.none}>{t(client ? 'letter.none' : 'letter.noClient')}</p>
        ) : (
          <div role="listbox" id="letter-templates" aria-label={t('letters')} class={picker.list}>
            {shown.map((template, index) => (
              // The keyboard moves through the options from the field (aria-activedescendant).
              // biome-ignore lint/a11y/useKeyWithClickEvents: see above
              <div
                key={template.id}
                id={`letter-template-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === active}
                class={picker.option}
                onClick={() => void insert(template)}
              >
                <span class={picker.words}>
                  <span class="ellipsis">{template.name}</span>
                  <span class={picker.ways}>
                    {template.about === 'interest' && interest
                      ? interest.name
                      : labelOf(templateSubjects[template.about])}
                  </span>
                </span>
              </div>
            ))}
          </div>
        )}
      </div>
      {interests.length > 1 && (
        <Field label={t('letter.interest')}>
          {(control) => (
            <Select
              {...control}
              value={interest?.id ?? ''}
              onValue={setChosen}
              options={interests.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
        </Field>
      )}
    </Dialog>
  )
}
