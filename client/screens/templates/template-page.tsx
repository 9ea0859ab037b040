/** One template: what it is for, its text, and how that comes out. */
import { Undo2 } from 'lucide-preact'
import { useMemo, useRef, useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { sameValue } from '../../../shared/equality.ts'
import { newId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import {
  longestTemplate,
  subjectsOf,
  type TemplateKind,
  type TemplateSubject,
  templateKinds,
  templateSubjects,
} from '../../../shared/records/template.ts'
import { Button, Choice, Field, Input, Select, Switch, showToast } from '../../design/index.ts'
import { lastOrder } from '../../fields/order.ts'
import { useReplica } from '../../frame/app-context.ts'
import { Page, Section } from '../../frame/page.tsx'
import { labelOf, locale } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { type Replica, useLive } from '../../replica/index.ts'
import { useDraft } from '../dialogs/use-draft.ts'
import { RecordHistory } from '../history/record-history.tsx'
import { BodyEditor, type BodyEditorHandle } from './body-editor.tsx'
import styles from './editor.module.css'
import { FieldsList } from './fields-list.tsx'
import { labelsOf } from './labels.ts'
import { Preview } from './preview.tsx'
import { readTemplates, type Template, useVariables } from './queries.ts'
import { t } from './texts.ts'

interface Form {
  name: string
  kind: TemplateKind
  about: TemplateSubject
  subject: string
  body: string
  off: boolean
}

const formOf = (row: Template | null): Form => ({
  name: row?.name ?? '',
  kind: row?.kind ?? 'document',
  about: row?.about ?? 'client',
  subject: row?.subject ?? '',
  body: row?.body ?? '',
  off: row?.off === true,
})

export const TemplatePage = ({ id }: { id: string }) => {
  const replica = useReplica()
  const loaded = useLive<{ row: Template | null } | null>(
    async () => ({ row: id === 'new' ? null : ((await replica.base.template.get(id)) ?? null) }),
    [id, replica],
    null,
  ).value
  const title = id === 'new' ? t('new') : (loaded?.row?.name ?? t('title'))
  return (
    <Page title={title} back="/settings/templates" width="widest">
      {loaded &&
        (id !== 'new' && !loaded.row ? (
          <p>{t('gone')}</p>
        ) : loaded.row?.deletedAt !== undefined ? (
          <InTrash row={loaded.row} replica={replica} />
        ) : (
          <Editor row={loaded.row} replica={replica} />
        ))}
      {loaded?.row && (
        <Section title={t('history')}>
          <RecordHistory
            table="template"
            id={loaded.row.id}
            replica={replica}
            readOnly={!replica.subject.value.administrator}
          />
        </Section>
      )}
    </Page>
  )
}

const InTrash = ({ row: { id }, replica }: { row: Template; replica: Replica }) => {
  const restore = async () => {
    const result = await replica.write('template', id, { deletedAt: null, deletedBy: null })
    if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
  }
  return (
    <>
      <p>{t('inTrash')}</p>
      {replica.subject.value.administrator && (
        <Button icon={Undo2} class={styles.restore} onClick={restore}>
          {t('restore')}
        </Button>
      )}
    </>
  )
}

type Errors = Partial<Record<'name' | 'body', string>>

const Editor = ({ row, replica }: { row: Template | null; replica: Replica }) => {
  const [, navigate] = useLocation()
  const kept = formOf(row)
  const draft = useDraft<Form | null>(replica, `template:${row?.id ?? 'new'}`, null)
  const form = draft.value ?? kept
  const [errors, setErrors] = useState<Errors>({})
  const editor = useRef<BodyEditorHandle>(null)
  const readOnly = !replica.subject.value.administrator
  const variables = useVariables(replica, form.about)
  const labels = useMemo(
    () => (variables ? labelsOf(variables, locale.value) : null),
    [variables, locale.value],
  )
  const set = (change: Partial<Form>) => {
    draft.change({ ...form, ...change })
    setErrors({})
  }
  const save = async () => {
    const name = form.name.trim()
    const problems: Errors = {
      ...(name === '' && { name: t('error.name') }),
      ...(form.body.trim() === '' && { body: t('error.body') }),
      ...(form.body.length > longestTemplate && {
        body: t('error.long', { count: longestTemplate }),
      }),
    }
    if (Object.keys(problems).length > 0) return setErrors(problems)
    const id = row?.id ?? newId()
    const patch: Patch = {
      ...changesOf(kept, { ...form, name }, row === null),
      ...(!row && { order: lastOrder(await readTemplates(replica.base)) }),
    }
    const result = await replica.write('template', id, patch)
    if (!result.ok) return showToast({ text: reasonText(result.reason), stays: true })
    draft.clear()
    showToast({ text: t('saved') })
    if (!row) navigate(`/settings/templates/${id}`, { replace: true })
  }
  if (!labels || !draft.loaded) return null
  return (
    <form
      class={styles.main}
      noValidate
      aria-label={t('title')}
      onSubmit={(event) => {
        event.preventDefault()
        if (event.target === event.currentTarget) void save()
      }}
    >
      {readOnly && <p class="meta">{t('onlyAdministrators')}</p>}
      <div class={styles.pair}>
        <Field label={t('name')} error={errors.name ?? null} required>
          {(control) => (
            <Input
              {...control}
              value={form.name}
              onValue={(name) => set({ name })}
              maxLength={200}
              readOnly={readOnly}
              autocomplete="off"
            />
          )}
        </Field>
        <Field label={t('aboutWhat')}>
          {(control) => (
            <Select
              {...control}
              value={form.about}
              onValue={(about) => set({ about })}
              disabled={readOnly}
              options={subjectsOf[form.kind].map((value) => ({
                value,
                label: labelOf(templateSubjects[value]),
              }))}
            />
          )}
        </Field>
      </div>
      {!readOnly && (
        <Choice
          label={t('kind')}
          labelShown
          value={form.kind}
          onValue={(kind) =>
            set({ kind, ...(!subjectsOf[kind].includes(form.about) && { about: 'client' }) })
          }
          options={(['document', 'letter'] as const).map((value) => ({
            value,
            label: labelOf(templateKinds[value]),
          }))}
        />
      )}
      <div class={styles.columns}>
        <div class={styles.main}>
          {form.kind === 'letter' && (
            <Field label={t('subject')}>
              {(control) => (
                <BodyEditor
                  control={control}
                  value={form.subject}
                  onValue={(subject) => set({ subject })}
                  labels={labels}
                  readOnly={readOnly}
                  single
                />
              )}
            </Field>
          )}
          <Field label={t('body')} error={errors.body ?? null} hint={t('body.hint')} required>
            {(control) => (
              <BodyEditor
                control={control}
                value={form.body}
                onValue={(body) => set({ body })}
                labels={labels}
                readOnly={readOnly}
                editorRef={editor}
              />
            )}
          </Field>
        </div>
        {!readOnly && (
          <FieldsList
            labels={labels}
            isDocument={form.kind === 'document'}
            onPick={(label) => editor.current?.insert(`{${label}}`)}
          />
        )}
      </div>
      {!readOnly && (
        <>
          <Switch
            label={t('inUse')}
            checked={!form.off}
            onChecked={(inUse) => set({ off: !inUse })}
          />
          <div class={styles.bar}>
            <Button kind="primary" type="submit">
              {t('save')}
            </Button>
            {draft.value && !sameValue(draft.value, kept) && (
              <>
                <Button onClick={draft.clear}>{t('discard')}</Button>
                <span class="meta">{t('unsaved')}</span>
              </>
            )}
          </div>
        </>
      )}
      <Section title={t('preview')}>
        <Preview
          key={form.about}
          replica={replica}
          kind={form.kind}
          about={form.about}
          subject={form.subject}
          body={form.body}
        />
      </Section>
    </form>
  )
}

/** What differs from the record; of a new one all that is not empty. */
const changesOf = (kept: Form, form: Form, isNew: boolean): Patch => {
  const patch: Patch = {}
  for (const key of ['name', 'kind', 'about', 'subject', 'body', 'off'] as const) {
    const value = form[key]
    if (isNew ? value : !sameValue(value, kept[key]))
      patch[key] = key === 'body' ? value : value || null
  }
  return patch
}
