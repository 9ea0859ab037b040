/** Creates an entry of a directory, or changes one. */
import type { LucideIcon } from 'lucide-preact'
import { useId } from 'preact/hooks'
import { dayOf } from '../../../../shared/fields/days.ts'
import { parseNumber } from '../../../../shared/fields/words.ts'
import { newId } from '../../../../shared/ids.ts'
import {
  type DirectoryName,
  type EntryColour,
  entryColours,
  tagId,
} from '../../../../shared/records/directory.ts'
import { Field, Icon, Input, Select } from '../../../design/index.ts'
import { isUsed, type Uses } from '../../../fields/entry-uses.ts'
import { indented, treeOf, withBelow } from '../../../fields/folder-tree.ts'
import { lastOrder } from '../../../fields/order.ts'
import { type Entry, entriesOf, useDirectory } from '../../../fields/use-directory.ts'
import { useReplica } from '../../../frame/app-context.ts'
import { problemsOf } from '../../../frame/checks.ts'
import { FormError, useForm } from '../../../frame/form.tsx'
import { labelOf } from '../../../i18n/index.ts'
import { FormDialog } from '../../forms/form-dialog.tsx'
import { type CategoryIcon, categoryIcons, taskIcon } from '../../tasks/task-icons.ts'
import styles from './directories.module.css'
import { t } from './texts.ts'
import { usesWords } from './uses-words.ts'

/** Directories whose entries have a colour. */
const coloured: ReadonlySet<DirectoryName> = new Set(['heat', 'tag', 'contactType'])

const sameName = (a: string, b: string): boolean =>
  a.trim().toLowerCase() === b.trim().toLowerCase()

interface EntryDialogProps {
  directory: DirectoryName
  /** Null creates. */
  entry: Entry | null
  uses: Uses
  onClose: () => void
  onSaved?: (id: string) => void
}

export const EntryDialog = ({ directory, entry, uses, onClose, onSaved }: EntryDialogProps) => {
  const replica = useReplica()
  const all = entriesOf(useDirectory(replica), directory)
  const form = useForm({
    initial: {
      name: entry?.name ?? '',
      color: entry?.color ?? '',
      icon: entry?.icon ?? '',
      parent: entry?.parent ?? '',
      code: entry?.code ?? '',
      rate: entry?.rate === undefined ? '' : String(entry.rate).replace('.', ','),
    },
  })
  const { values, errors, set } = form
  // F50: a type in use keeps its name.
  const nameIsFixed = directory === 'contactType' && entry !== null && isUsed(uses)
  const isCurrency = directory === 'currency'
  const rate = values.rate.trim() === '' ? null : parseNumber(values.rate)

  const submit = async () => {
    const name = values.name.trim()
    const taken = all.some((other) => other.id !== entry?.id && sameName(other.name, name))
    const problems = problemsOf({
      name: name === '' ? t('error.name') : taken ? t('error.taken') : undefined,
      code:
        isCurrency && !entry && !/^[a-z]{3}$/i.test(values.code.trim())
          ? t('error.code')
          : undefined,
      rate: values.rate.trim() !== '' && (rate === null || rate <= 0) ? t('error.rate') : undefined,
    })
    // A tag that was renamed keeps its id: the old name is then free for another one.
    const derived = directory === 'tag' ? tagId(name) : newId()
    const id = entry?.id ?? ((await replica.base.directory.get(derived)) ? newId() : derived)
    const sent = await form.submit(problems, () =>
      replica.write('directory', id, {
        ...(entry === null && {
          directory,
          order: lastOrder(all),
          ...(isCurrency && { code: values.code.trim().toUpperCase() }),
        }),
        name,
        ...(coloured.has(directory) && { color: values.color || null }),
        ...(directory === 'taskCategory' && { icon: values.icon || null }),
        ...(directory === 'folder' && { parent: values.parent || null }),
        // A rate is of the day on which it is set (F319).
        ...(isCurrency &&
          rate !== (entry?.rate ?? null) && {
            rate,
            rateAt: rate === null ? null : dayOf(new Date()),
          }),
      }),
    )
    if (!sent) return
    onClose()
    onSaved?.(id)
  }

  const inside = entry ? withBelow(entry.id, all) : new Set<string>()
  return (
    <FormDialog
      title={entry ? t('change') : t('add')}
      onClose={onClose}
      onSubmit={submit}
      busy={form.busy}
    >
      <Field
        label={t('name')}
        error={errors.name}
        {...(nameIsFixed && { hint: t('used.rename', { uses: usesWords(uses) }) })}
      >
        {(control) => (
          <Input
            {...control}
            value={values.name}
            onValue={(name) => set({ name })}
            readOnly={nameIsFixed}
            autocomplete="off"
          />
        )}
      </Field>
      {coloured.has(directory) && (
        <Field label={t('colour')}>
          {(control) => (
            <Select
              {...control}
              value={values.color}
              onValue={(color) => set({ color })}
              options={[
                { value: '' as const, label: t('noColour') },
                // Object.entries forgets the key type
                ...(
                  Object.entries(entryColours) as [EntryColour, { ru: string; en: string }][]
                ).map(([value, label]) => ({ value, label: labelOf(label) })),
              ]}
            />
          )}
        </Field>
      )}
      {directory === 'taskCategory' && (
        <IconField value={values.icon} onValue={(icon) => set({ icon })} />
      )}
      {directory === 'folder' && (
        <Field label={t('parent')}>
          {(control) => (
            <Select
              {...control}
              value={values.parent}
              onValue={(parent) => set({ parent })}
              options={[
                { value: '', label: t('top') },
                ...treeOf(all)
                  .filter((placed) => !inside.has(placed.entry.id))
                  .map((placed) => ({ value: placed.entry.id, label: indented(placed) })),
              ]}
            />
          )}
        </Field>
      )}
      {isCurrency && (
        <>
          <Field label={t('code')} error={errors.code}>
            {(control) => (
              <Input
                {...control}
                value={values.code}
                onValue={(code) => set({ code })}
                readOnly={entry !== null}
                maxLength={3}
                autocomplete="off"
              />
            )}
          </Field>
          <Field label={t('rate')} error={errors.rate}>
            {(control) => (
              <Input
                {...control}
                value={values.rate}
                onValue={(next) => set({ rate: next })}
                inputMode="decimal"
                autocomplete="off"
              />
            )}
          </Field>
        </>
      )}
      <FormError error={errors.form} detail={form.detail} />
    </FormDialog>
  )
}

/** The picture that tasks of a category have in lists. */
const IconField = ({ value, onValue }: { value: string; onValue: (icon: string) => void }) => {
  const name = useId()
  const icons = Object.entries(categoryIcons) as [CategoryIcon, LucideIcon][] // Object.entries forgets the key type
  const options: { icon: string; label: string; of: LucideIcon }[] = [
    { icon: '', label: t('noIcon'), of: taskIcon('task', undefined) },
    ...icons.map(([icon, of]) => ({ icon, label: t(`icon.${icon}`), of })),
  ]
  return (
    <fieldset class={styles.icons} aria-label={t('icon')}>
      <span class={styles.iconsLabel} aria-hidden="true">
        {t('icon')}
      </span>
      {options.map(({ icon, label, of }) => (
        <label key={icon} class={styles.iconChoice} title={label}>
          <input
            type="radio"
            class="visually-hidden"
            name={name}
            aria-label={label}
            checked={value === icon}
            onChange={() => onValue(icon)}
          />
          <Icon of={of} size={20} />
        </label>
      ))}
    </fieldset>
  )
}
