import { Network, Plus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { newId } from '../../../shared/ids.ts'
import { Button, EmptyState, Field, Input, Select, showToast } from '../../design/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { filled, problemsOf } from '../../frame/checks.ts'
import { FormError, useForm } from '../../frame/form.tsx'
import { Page, Rows } from '../../frame/page.tsx'
import { reasonText } from '../../i18n/reasons.ts'
import { FormDialog } from '../forms/form-dialog.tsx'
import {
  type Department,
  indented,
  possibleParents,
  treeOf,
  useDepartments,
} from './organisation.ts'
import { t } from './people-texts.ts'
import styles from './settings.module.css'
import { useEmployees } from './use-mail-accounts.ts'

/** The tree of departments (F282), with who is in each. */
export const DepartmentsPage = () => {
  const replica = useReplica()
  const departments = useDepartments().value
  const employees = useEmployees().value
  const [editing, setEditing] = useState<Department | 'new' | null>(null)
  const mayChange = replica.subject.value.administrator
  const remove = async ({ id, name }: Department) => {
    const result = await replica.write('department', id, { deletedAt: Date.now() })
    if (!result.ok) return void showToast({ text: reasonText(result.reason) })
    showToast({
      text: t('departments.removed', { name }),
      undo: () => replica.write('department', id, { deletedAt: null }),
    })
  }
  const add = mayChange && (
    <Button kind="primary" icon={Plus} onClick={() => setEditing('new')}>
      {t('departments.add')}
    </Button>
  )
  return (
    <Page
      title={t('departments.title')}
      back="/settings/employees"
      actions={departments.length > 0 && add}
    >
      {departments.length === 0 ? (
        <EmptyState
          icon={Network}
          title={t('departments.none')}
          text={t('departments.noneText')}
          action={add}
        />
      ) : (
        <Rows>
          {treeOf(departments).map(({ department, depth }) => (
            <li
              key={department.id}
              class={styles.row}
              style={{ paddingInlineStart: `calc(var(--s4) * ${depth + 1})` }}
            >
              <span class={styles.rowWords}>
                <b class="ellipsis">{department.name}</b>
                <span class="meta ellipsis">
                  {employees
                    .filter((each) => each.department === department.id)
                    .map(({ name }) => name)
                    .join(', ') || t('departments.empty')}
                </span>
              </span>
              {mayChange && (
                <span class={styles.rowActions}>
                  <Button kind="quiet" onClick={() => setEditing(department)}>
                    {t('change')}
                  </Button>
                  <Button kind="quiet" onClick={() => remove(department)}>
                    {t('remove')}
                  </Button>
                </span>
              )}
            </li>
          ))}
        </Rows>
      )}
      {editing && (
        <DepartmentDialog
          department={editing === 'new' ? null : editing}
          departments={departments}
          onClose={() => setEditing(null)}
        />
      )}
    </Page>
  )
}

interface DepartmentDialogProps {
  department: Department | null
  departments: readonly Department[]
  onClose: () => void
}

const DepartmentDialog = ({ department, departments, onClose }: DepartmentDialogProps) => {
  const replica = useReplica()
  const employees = useEmployees().value
  const form = useForm({
    initial: {
      name: department?.name ?? '',
      parent: department?.parent ?? '',
      head: department?.head ?? '',
    },
  })
  const { values, errors, set } = form
  const submit = async () => {
    const sent = await form.submit(problemsOf({ name: filled(values.name) }), () =>
      replica.write('department', department?.id ?? newId(), {
        name: values.name.trim(),
        parent: values.parent || null,
        head: values.head || null,
        ...(department === null && {
          createdAt: Date.now(),
          createdBy: replica.session.user.id,
        }),
      }),
    )
    if (sent) onClose()
  }
  return (
    <FormDialog
      title={t(department ? 'departments.change' : 'departments.add')}
      onClose={onClose}
      onSubmit={submit}
      busy={form.busy}
    >
      <Field label={t('name')} error={errors.name}>
        {(control) => <Input {...control} value={values.name} onValue={(name) => set({ name })} />}
      </Field>
      <Field label={t('departments.parent')}>
        {(control) => (
          <Select
            {...control}
            value={values.parent}
            onValue={(parent) => set({ parent })}
            options={[
              { value: '', label: t('departments.top') },
              ...possibleParents(department?.id ?? null, departments).map((placed) => ({
                value: placed.department.id,
                label: indented(placed),
              })),
            ]}
          />
        )}
      </Field>
      <Field label={t('departments.head')} hint={t('departments.headHint')}>
        {(control) => (
          <Select
            {...control}
            value={employees.some(({ id }) => id === values.head) ? values.head : ''}
            onValue={(head) => set({ head })}
            options={[
              { value: '', label: t('departments.noHead') },
              ...employees.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
      </Field>
      <FormError error={errors.form} detail={form.detail} />
    </FormDialog>
  )
}
