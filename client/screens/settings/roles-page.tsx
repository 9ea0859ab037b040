import { KeyRound, Plus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { newId } from '../../../shared/ids.ts'
import { factorySettings } from '../../../shared/rights-matrix.ts'
import { Button, EmptyState, Field, Input, showToast } from '../../design/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { filled, problemsOf } from '../../frame/checks.ts'
import { FormError, useForm } from '../../frame/form.tsx'
import { Page, Section } from '../../frame/page.tsx'
import { reasonText } from '../../i18n/reasons.ts'
import type { OfKept } from '../../replica/index.ts'
import { FormDialog } from '../forms/form-dialog.tsx'
import { MatrixFields } from './matrix-fields.tsx'
import { type Role, useRoles } from './organisation.ts'
import { t } from './people-texts.ts'
import { useEmployees } from './use-mail-accounts.ts'

/** Roles, each with its matrix; a cell is saved as it is chosen. */
export const RolesPage = () => {
  const replica = useReplica()
  const roles = useRoles().value
  const employees = useEmployees().value
  const [naming, setNaming] = useState<Role | 'new' | null>(null)
  const mayChange = replica.subject.value.administrator
  const save = async (role: Role, patch: { matrix?: OfKept; deletedAt?: number }) => {
    const result = await replica.write('role', role.id, patch)
    if (!result.ok) showToast({ text: reasonText(result.reason) })
    return result.ok
  }
  const remove = async (role: Role) => {
    if (!(await save(role, { deletedAt: Date.now() }))) return
    showToast({
      text: t('roles.removed', { name: role.name }),
      undo: () => replica.write('role', role.id, { deletedAt: null }),
    })
  }
  const add = mayChange && (
    <Button kind="primary" icon={Plus} onClick={() => setNaming('new')}>
      {t('roles.add')}
    </Button>
  )
  return (
    <Page
      title={t('roles.title')}
      back="/settings/employees"
      width="widest"
      actions={roles.length > 0 && add}
    >
      <p class="meta">{t('roles.hint')}</p>
      {roles.length === 0 && (
        <EmptyState
          icon={KeyRound}
          title={t('roles.none')}
          text={t('roles.noneText')}
          action={add}
        />
      )}
      {roles.map((role) => (
        <Section
          key={role.id}
          title={role.name}
          hint={t('roles.holders', {
            count: employees.filter((each) => each.roles?.includes(role.id)).length,
          })}
          actions={
            mayChange && (
              <>
                <Button kind="quiet" onClick={() => setNaming(role)}>
                  {t('rename')}
                </Button>
                <Button kind="quiet" onClick={() => remove(role)}>
                  {t('remove')}
                </Button>
              </>
            )
          }
        >
          <MatrixFields
            label={role.name}
            value={role.matrix ?? {}}
            usual={(type, action) =>
              t('roles.usual', { scope: t(`scope.${factorySettings[type][action]}`) })
            }
            readOnly={!mayChange}
            onChange={(matrix) => save(role, { matrix })}
          />
        </Section>
      ))}
      {naming && (
        <RoleDialog role={naming === 'new' ? null : naming} onClose={() => setNaming(null)} />
      )}
    </Page>
  )
}

const RoleDialog = ({ role, onClose }: { role: Role | null; onClose: () => void }) => {
  const replica = useReplica()
  const form = useForm({ initial: { name: role?.name ?? '' } })
  const { values, errors, set } = form
  const submit = async () => {
    const sent = await form.submit(problemsOf({ name: filled(values.name) }), () =>
      replica.write('role', role?.id ?? newId(), {
        name: values.name.trim(),
        ...(role === null && {
          createdAt: Date.now(),
          createdBy: replica.session.user.id,
        }),
      }),
    )
    if (sent) onClose()
  }
  return (
    <FormDialog
      title={t(role ? 'rename' : 'roles.add')}
      onClose={onClose}
      onSubmit={submit}
      busy={form.busy}
    >
      <Field label={t('name')} error={errors.name}>
        {(control) => <Input {...control} value={values.name} onValue={(name) => set({ name })} />}
      </Field>
      <FormError error={errors.form} detail={form.detail} />
    </FormDialog>
  )
}
