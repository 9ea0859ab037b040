/**
 * Makes a field of one's own, or changes one. It opens over whatever is on the screen, also over a
 * form that is being filled in, which stays as it is (F52).
 */
import { generateNKeysBetween } from 'fractional-indexing'
import { Plus, X } from 'lucide-preact'
import { newId } from '../../../../shared/ids.ts'
import {
  canBeHidden,
  type FieldKind,
  type FieldRow,
  fieldKinds,
} from '../../../../shared/records/field.ts'
import { Button, Choice, Field, IconButton, Input, Select, Switch } from '../../../design/index.ts'
import { lastOrder } from '../../../fields/order.ts'
import { type Definition, useDefinitions, useNames } from '../../../fields/use-fields.ts'
import { useReplica } from '../../../frame/app-context.ts'
import { problemsOf } from '../../../frame/checks.ts'
import { FormError, useForm } from '../../../frame/form.tsx'
import { labelOf } from '../../../i18n/index.ts'
import { FormDialog } from '../../forms/form-dialog.tsx'
import { useDepartments, useRoles } from '../organisation.ts'
import { useEmployees } from '../use-mail-accounts.ts'
import type { CardType } from './card-types.ts'
import { FieldDefault } from './field-default.tsx'
import styles from './field-dialog.module.css'
import { canStart, noStart, startOf, storedStart } from './start.ts'
import { t } from './texts.ts'

interface FieldDialogProps {
  type: CardType
  /** Null makes one. */
  definition: Definition | null
  onClose: () => void
}

const hasOptions = (kind: FieldKind): boolean => kind === 'oneOf' || kind === 'manyOf'

export const FieldDialog = ({ type, definition, onClose }: FieldDialogProps) => {
  const replica = useReplica()
  const others = useDefinitions(replica, type).filter(({ id }) => id !== definition?.id)
  const names = useNames(replica)
  const form = useForm({
    initial: {
      name: definition?.name ?? '',
      kind: definition?.kind ?? ('text' as FieldKind),
      options: definition?.options.filter(({ archived }) => !archived) ?? [
        { id: newId(), order: '', name: '' },
      ],
      required: definition?.required === true,
      default: startOf(definition, names),
      hint: definition?.hint ?? '',
      section: definition?.section ?? '',
      limited: definition?.writers !== undefined,
      writers: definition?.writers ?? [],
      hidden: definition?.readers !== undefined,
      readers: definition?.readers ?? [],
    },
  })
  const { values, errors, set } = form
  const options = values.options.filter(({ name }) => name.trim() !== '')
  const described: FieldRow = {
    id: definition?.id ?? '',
    type: 'field',
    recordType: type,
    kind: values.kind,
    name: values.name.trim(),
    options: options.map((option) => ({ ...option, name: option.name.trim() })),
  }

  /** Places by the order on the screen; those taken out are kept for the values that name them. */
  const optionParts = () => {
    const keys = generateNKeysBetween(null, null, options.length)
    const kept = options.map(({ id, name }, index) => [
      id,
      { name: name.trim(), order: keys[index] ?? '' },
    ])
    const gone = (definition?.options ?? [])
      .filter(({ id }) => !options.some((option) => option.id === id))
      .map(({ id, name, order }) => [id, { name, order, archived: true }])
    return Object.fromEntries([...kept, ...gone])
  }

  const submit = async () => {
    const name = values.name.trim()
    const start = storedStart(described, values.default, names)
    const taken = others.some((other) => other.name.toLowerCase() === name.toLowerCase())
    const problems = problemsOf({
      name: name === '' ? t('error.name') : taken ? t('error.taken') : undefined,
      options: hasOptions(values.kind) && options.length === 0 ? t('error.options') : undefined,
      default: start.ok ? undefined : t('error.default'),
    })
    const id = definition?.id ?? newId()
    const sent = await form.submit(problems, () =>
      replica.write('field', id, {
        ...(definition === null && {
          recordType: type,
          kind: values.kind,
          order: lastOrder(others),
        }),
        name,
        ...(hasOptions(values.kind) && { options: optionParts() }),
        required: values.required || null,
        default: start.ok ? start.value : null,
        hint: values.hint.trim() || null,
        section: values.section.trim() || null,
        writers: values.limited ? values.writers : null,
        readers: values.hidden ? values.readers : null,
      }),
    )
    if (sent) onClose()
  }

  const change = (id: string, name: string) =>
    set({
      options: values.options.map((option) => (option.id === id ? { ...option, name } : option)),
    })

  return (
    <FormDialog
      title={t(definition ? 'change' : 'add')}
      onClose={onClose}
      onSubmit={submit}
      busy={form.busy}
    >
      <Field label={t('name')} error={errors.name} required>
        {(control) => (
          <Input
            {...control}
            value={values.name}
            onValue={(name) => set({ name })}
            autocomplete="off"
          />
        )}
      </Field>
      <Field label={t('kind')} {...(definition && { hint: t('kind.fixed') })}>
        {(control) => (
          <Select
            {...control}
            value={values.kind}
            onValue={(kind) => set({ kind, default: noStart })}
            disabled={definition !== null}
            // Object.entries forgets the key type
            options={(Object.entries(fieldKinds) as [FieldKind, { ru: string; en: string }][]).map(
              ([value, label]) => ({ value, label: labelOf(label) }),
            )}
          />
        )}
      </Field>
      {hasOptions(values.kind) && (
        <fieldset class={styles.options} aria-label={t('options')}>
          <span class={styles.label}>{t('options')}</span>
          {values.options.map(({ id, name }, index) => (
            <span key={id} class={styles.option}>
              <Input
                value={name}
                onValue={(next) => change(id, next)}
                aria-label={t('option', { number: index + 1 })}
                autocomplete="off"
              />
              <IconButton
                icon={X}
                label={t('option.remove', { name })}
                onClick={() =>
                  set({ options: values.options.filter((option) => option.id !== id) })
                }
              />
            </span>
          ))}
          <Button
            kind="quiet"
            icon={Plus}
            class={styles.add}
            onClick={() =>
              set({ options: [...values.options, { id: newId(), order: '', name: '' }] })
            }
          >
            {t('option.add')}
          </Button>
          {errors.options && (
            <span class={styles.error} role="alert">
              {errors.options}
            </span>
          )}
        </fieldset>
      )}
      <Switch
        checked={values.required}
        onChecked={(required) => set({ required })}
        label={t('required')}
        hint={t('required.hint')}
      />
      {canStart(type, values) && (
        <FieldDefault
          definition={described}
          start={values.default}
          onStart={(start) => set({ default: start })}
          names={names}
          error={errors.default}
          replica={replica}
        />
      )}
      <Field label={t('fieldHint')}>
        {(control) => (
          <Input
            {...control}
            value={values.hint}
            onValue={(hint) => set({ hint })}
            maxLength={500}
          />
        )}
      </Field>
      <Field label={t('section')} hint={t('section.hint')}>
        {(control) => (
          <Input
            {...control}
            value={values.section}
            onValue={(section) => set({ section })}
            maxLength={100}
            autocomplete="off"
          />
        )}
      </Field>
      {canBeHidden(type) && (
        <Choice
          label={t('readers')}
          labelShown
          value={values.hidden ? 'chosen' : 'all'}
          onValue={(who) => set({ hidden: who === 'chosen' })}
          options={[
            { value: 'all', label: t('readers.all') },
            { value: 'chosen', label: t('chosen') },
          ]}
          look="list"
        />
      )}
      {values.hidden && (
        <People
          label={t('readers')}
          note={t('readers.note')}
          chosen={values.readers}
          onChosen={(readers) => set({ readers })}
        />
      )}
      <Choice
        label={t('writers')}
        labelShown
        value={values.limited ? 'chosen' : 'all'}
        onValue={(who) => set({ limited: who === 'chosen' })}
        options={[
          { value: 'all', label: t(values.hidden ? 'writers.readers' : 'writers.all') },
          { value: 'chosen', label: t('chosen') },
        ]}
        look="list"
      />
      {values.limited && (
        <People
          label={t('writers')}
          note={t(values.hidden ? 'writers.noteHidden' : 'writers.note')}
          chosen={values.writers}
          onChosen={(writers) => set({ writers })}
        />
      )}
      <FormError error={errors.form} detail={form.detail} />
    </FormDialog>
  )
}

interface PeopleProps {
  label: string
  note: string
  chosen: readonly string[]
  onChosen: (ids: string[]) => void
}

/** Roles, departments and employees to tick. */
const People = ({ label, note, chosen, onChosen }: PeopleProps) => {
  const groups = [
    { title: t('people.roles'), list: useRoles().value },
    { title: t('people.departments'), list: useDepartments().value },
    { title: t('people.employees'), list: useEmployees().value },
  ].filter(({ list }) => list.length > 0)
  return (
    <fieldset class={styles.options} aria-label={label}>
      <p class="meta">{note}</p>
      {groups.map(({ title, list }) => (
        <fieldset key={title} class={styles.options} aria-label={title}>
          <span class="meta">{title}</span>
          {list.map(({ id, name }) => (
            <Switch
              key={id}
              look="tick"
              label={name}
              checked={chosen.includes(id)}
              onChecked={(on) =>
                onChosen(on ? [...chosen, id] : chosen.filter((other) => other !== id))
              }
            />
          ))}
        </fieldset>
      ))}
    </fieldset>
  )
}
