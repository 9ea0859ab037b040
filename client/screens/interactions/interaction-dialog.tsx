/** An event written down by hand: made, read, changed, thrown away (F69, F148). */
import { Trash2 } from 'lucide-preact'
import { useRef, useState } from 'preact/hooks'
import { sameValue } from '../../../shared/equality.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { entryId } from '../../../shared/records/directory.ts'
import type { FileRef } from '../../../shared/records/segment.ts'
import {
  Button,
  Dialog,
  Field,
  Input,
  Select,
  showToast,
  Textarea,
  useOnce,
} from '../../design/index.ts'
import { entriesOf, useDirectory } from '../../fields/use-directory.ts'
import { formatDateTime } from '../../format/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { Choices } from '../../lists/choices.tsx'
import { type Replica, type StoredRow, useLive } from '../../replica/index.ts'
import { personsOf } from '../clients/client-queries.ts'
import { ContactPicker } from '../clients/contact-picker.tsx'
import type { Entered } from '../clients/new-values.ts'
import { OwnFields } from '../clients/own-fields.tsx'
import { focusFirstWrong, useOwnValues } from '../clients/own-values.tsx'
import { useAttaching } from '../dialogs/attaching.ts'
import { AttachButton, AttachmentList, DropArea } from '../dialogs/attachments.tsx'
import { FileList } from '../dialogs/file-list.tsx'
import { useDraft } from '../dialogs/use-draft.ts'
import { useEmployees } from '../dialogs/use-employees.ts'
import { Change } from '../history/change.tsx'
import { useHistory } from '../history/use-history.ts'
import { createInteraction, type Whose } from './create.ts'
import styles from './interaction.module.css'
import { t } from './texts.ts'
import { parseWhen } from './when.ts'

/** With whom: a client, or a contact person. */
export interface Contact {
  table: 'client' | 'person'
  row: { id: string; name: string; client?: string }
}

interface InteractionDialogProps {
  replica: Replica
  /** Of a new one: with whom; null: it is chosen in the form. */
  contact: Contact | null
  /** Null: a new one. */
  interaction: StoredRow<'interaction'> | null
  readOnly?: boolean
  onClose: () => void
}

interface Form {
  /** The client chosen in the form, where it was not clear from the beginning. */
  with?: { id: string; name: string } | null
  kind: string
  when: string
  text: string
  persons: string[]
  files: FileRef[]
  /** Of fields of one's own, by their key; a draft of before has none. */
  custom?: Entered
}

const note = entryId('interactionKind', 'note')

const formOf = (row: StoredRow<'interaction'> | null, present: string[]): Form => ({
  kind: row?.kind ?? note,
  when: row ? formatDateTime(row.at) : '',
  text: row?.text ?? '',
  persons: row?.persons ?? present,
  files: row?.files ?? [],
})

/**
 * Of a person at a client it is the client's, with the person among those who took part; where the
 * client may not be changed by this user, the person's own.
 */
const contactsOf = ({ table, row }: Contact): Whose[] => {
  const own: Whose = { contact: row.id, contactType: table }
  const client = table === 'person' ? row.client : undefined
  return client === undefined ? [own] : [{ contact: client, contactType: 'client' }, own]
}

export const InteractionDialog = (props: InteractionDialogProps) => {
  const { replica, interaction, readOnly = false, onClose } = props
  const present =
    props.contact && contactsOf(props.contact).length > 1 ? [props.contact.row.id] : []
  const start = formOf(interaction, present)
  const draft = useDraft(
    replica,
    `interaction:${interaction?.id ?? props.contact?.row.id ?? 'news'}`,
    start,
  )
  const form = draft.value
  const chosen: Contact | null =
    props.contact ?? (form.with ? { table: 'client', row: form.with } : null)
  const [errors, setErrors] = useState<Partial<Record<'when' | 'text' | 'client', string>>>({})
  const textField = useRef<HTMLTextAreaElement>(null)
  const set = (change: Partial<Form>) => {
    draft.change({ ...draft.latest(), ...change })
    setErrors({})
  }
  const attaching = useAttaching(replica, draft, (files) => set({ files }))
  const own = useOwnValues(replica, 'interaction', form.custom ?? {}, (custom) => set({ custom }))
  const kinds = entriesOf(useDirectory(replica), 'interactionKind')
  const contacts = chosen ? contactsOf(chosen) : interaction ? [interaction] : []
  const [contact] = contacts
  const client = contact?.contactType === 'client' ? contact.contact : null
  const persons = useLive<StoredRow<'person'>[]>(
    async () => (client ? personsOf(replica.base, client) : []),
    [client, replica],
    [],
  ).value

  const save = useOnce(async (another: boolean) => {
    if (!contact) return setErrors({ client: t('error.client') })
    await attaching.settled()
    const form = draft.latest()
    const now = new Date()
    const at =
      form.when.trim() === ''
        ? { ok: true as const, value: now.getTime() }
        : form.when === start.when && interaction
          ? { ok: true as const, value: interaction.at }
          : parseWhen(form.when, now)
    if (!at.ok) return setErrors({ when: t('error.when') })
    if (form.text.trim() === '' && form.files.length === 0)
      return setErrors({ text: t('error.text') })
    const custom = interaction ? {} : own.check()
    if (!custom) return focusFirstWrong()
    const values: Patch = {
      kind: form.kind,
      at: at.value,
      text: form.text.trim(),
      persons: form.persons.length > 0 ? form.persons : null,
      files: form.files.length > 0 ? form.files : null,
    }
    const result = interaction
      ? await replica.write('interaction', interaction.id, changesOf(interaction, values))
      : await createInteraction(replica, contacts, {
          ...values,
          ...(Object.keys(custom).length > 0 && { custom }),
        })
    if (!result.ok) return showToast({ text: reasonText(result.reason), stays: true })
    draft.clear()
    showToast({ text: t('saved') })
    if (!another) return onClose()
    if (form.with) draft.change({ ...start, with: form.with })
    textField.current?.focus()
  })
  const remove = async () => {
    if (!interaction) return
    draft.clear()
    if (await moveInteractionToTrash(replica, interaction.id)) onClose()
  }

  // What is typed before the draft is read would give way to it.
  if (!draft.loaded) return null
  return (
    <Dialog
      title={interaction ? t('title') : t('add')}
      onClose={onClose}
      {...(!readOnly && { onSubmit: () => save(false) })}
      footer={
        readOnly ? (
          <Button onClick={onClose}>{t('close')}</Button>
        ) : (
          <>
            {interaction ? (
              <Button kind="quiet" icon={Trash2} onClick={remove}>
                {t('delete')}
              </Button>
            ) : (
              <Button onClick={() => save(true)}>{t('another')}</Button>
            )}
            <Button kind="primary" type="submit">
              {t('save')}
            </Button>
          </>
        )
      }
    >
      {!interaction && props.contact === null && (
        <Field label={t('client')} error={errors.client ?? null} required>
          {() =>
            chosen ? (
              <p class={styles.chosen}>
                <b>{chosen.row.name}</b>
                <Button kind="quiet" onClick={() => set({ with: null, persons: [] })}>
                  {t('client.change')}
                </Button>
              </p>
            ) : (
              <ContactPicker
                table="client"
                replica={replica}
                onPick={({ id, name }) => set({ with: { id, name } })}
              />
            )
          }
        </Field>
      )}
      <div class={styles.line}>
        <Field label={t('kind')}>
          {(control) => (
            <Select
              {...control}
              value={form.kind}
              onValue={(kind) => set({ kind })}
              disabled={readOnly}
              options={kinds.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
        </Field>
        <Field label={t('when')} error={errors.when ?? null}>
          {(control) => (
            <Input
              {...control}
              value={form.when}
              onValue={(when) => set({ when })}
              readOnly={readOnly}
              placeholder={formatDateTime(Date.now())}
              title={t('when.hint')}
              autocomplete="off"
            />
          )}
        </Field>
      </div>
      <DropArea onFiles={attaching.add}>
        <Field label={t('text')} error={errors.text ?? null}>
          {(control) => (
            <Textarea
              {...control}
              textareaRef={textField}
              rows={6}
              value={form.text}
              onValue={(text) => set({ text })}
              readOnly={readOnly}
              autofocus
            />
          )}
        </Field>
      </DropArea>
      {persons.length > 0 && !readOnly && (
        <Field label={t('persons')}>
          {() => (
            <Choices
              label={t('persons')}
              choices={persons.map(({ id, name }) => ({ value: id, label: name }))}
              value={form.persons}
              onValue={(ids) => set({ persons: ids })}
            />
          )}
        </Field>
      )}
      {readOnly || interaction ? <FileList files={form.files} replica={replica} /> : null}
      {!readOnly && (
        <div class={styles.files}>
          <AttachButton onFiles={attaching.add} />
          <AttachmentList files={form.files} onFiles={(files) => set({ files })} />
        </div>
      )}
      {interaction ? (
        <OwnFields type="interaction" row={interaction} replica={replica} readOnly={readOnly} />
      ) : (
        own.fields
      )}
      {interaction && <Changes interaction={interaction} replica={replica} readOnly={readOnly} />}
    </Dialog>
  )
}

/** What differs from the record: who only looked changes nothing. */
const changesOf = (row: StoredRow<'interaction'>, values: Patch): Patch => {
  const held: Record<string, unknown> = { ...row }
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => !sameValue(held[name] ?? null, value)),
  )
}

/** Says so with «Отменить», or why not. */
const moveInteractionToTrash = async (replica: Replica, id: string): Promise<boolean> => {
  const result = await replica.write('interaction', id, {
    deletedAt: Date.now(),
    deletedBy: replica.session.user.id,
  })
  if (result.ok)
    showToast({
      text: t('deleted'),
      undo: () => void replica.write('interaction', id, { deletedAt: null, deletedBy: null }),
    })
  else showToast({ text: reasonText(result.reason), stays: true })
  return result.ok
}

const Changes = ({
  interaction,
  replica,
  readOnly,
}: {
  interaction: StoredRow<'interaction'>
  replica: Replica
  readOnly: boolean
}) => {
  const history = useHistory(replica, interaction.id)
  const employees = useEmployees(replica)
  if (history.entries.length === 0) return null
  return (
    <details class={styles.history}>
      <summary>{t('history')}</summary>
      {history.entries.map((entry) => (
        <Change
          key={entry.seq}
          table="interaction"
          id={interaction.id}
          entry={entry}
          history={history}
          replica={replica}
          employees={employees}
          readOnly={readOnly}
          dated
        />
      ))}
    </details>
  )
}
