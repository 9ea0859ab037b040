/** One value of any kind, edited where it stands: built-in and custom fields alike. */
import '../../format/world-phones.ts'
import { Paperclip, PencilLine, X } from 'lucide-preact'
import { useRef, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import {
  type FieldInfo,
  fieldValue,
  missingFields,
  patchOf,
} from '../../../shared/fields/fields.ts'
import { type Names, namesWith, parseWords, wordsOf } from '../../../shared/fields/words.ts'
import type { Result } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { isFileValue } from '../../../shared/records/contact.ts'
import type { CustomValue } from '../../../shared/records/custom-value.ts'
import { Button, Dialog, IconButton, showToast } from '../../design/index.ts'
import { labelOf } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { itemsChanged, type Replica, resolveRow, useAnswer } from '../../replica/index.ts'
import type { InputError } from './contact-input.ts'
import { ContactPicker } from './contact-picker.tsx'
import { EntrySelect } from './entry-select.tsx'
import { InlineInput, InlineSelect } from './inline-field.tsx'
import { t } from './texts.ts'
import { useRemoval } from './use-removal.ts'
import styles from './value-field.module.css'

export interface ValueFieldProps {
  info: FieldInfo
  row: Readonly<Record<string, unknown>>
  names: Names
  save: (patch: Patch) => Promise<Result<unknown>>
  replica: Replica
  readOnly: boolean
}

export const ValueField = (props: ValueFieldProps) => {
  const { info, row } = props
  const missing = missingFields([info], row).length > 0
  return (
    <div class={styles.value}>
      <Control {...props} />
      {missing && <span class={styles.missing}>{t('client.required')}</span>}
    </div>
  )
}

const Control = ({ info, row, names, save, replica, readOnly }: ValueFieldProps) => {
  const value = fieldValue(info, row)
  const label = labelOf(info.label)
  const removal = useRemoval()
  const set = (next: unknown) => save(patchOf(info, next))
  /** Of what has a cross to take it off. */
  const setOrTake = (next: CustomValue | null) =>
    next === null
      ? removal(
          label,
          () => set(null),
          () => set(value),
        )
      : set(next)
  switch (info.kind) {
    case 'yesNo':
      return (
        <InlineSelect
          label={label}
          value={value === true ? 'yes' : value === false ? 'no' : ''}
          options={[
            { value: '' as const, label: t('client.empty') },
            { value: 'yes' as const, label: t('client.yes') },
            { value: 'no' as const, label: t('client.no') },
          ]}
          readOnly={readOnly}
          onSave={(next) => set(next === '' ? null : next === 'yes')}
        />
      )
    case 'oneOf':
      return (
        <InlineSelect
          label={label}
          value={String(value ?? '')}
          options={[
            ...(info.required && value !== undefined
              ? []
              : [{ value: '', label: t('client.empty') }]),
            ...(info.options ?? [])
              .filter(({ id, archived }) => !archived || id === value)
              .map((option) => ({ value: option.id, label: labelOf(option.label) })),
          ]}
          readOnly={readOnly}
          onSave={(next) => set(next || null)}
        />
      )
    case 'manyOf':
      return (
        <ManyOf
          info={info}
          value={value}
          readOnly={readOnly}
          onChange={(id, isIn) => {
            const put = (isChosen: boolean) => set(itemsChanged({ [id]: isChosen }))
            return isIn
              ? put(true)
              : removal(
                  label,
                  () => put(false),
                  () => put(true),
                )
          }}
        />
      )
    case 'entry':
      return info.directory ? (
        <EntrySelect
          directory={info.directory}
          label={label}
          value={typeof value === 'string' ? value : undefined}
          readOnly={readOnly}
          onSave={set}
        />
      ) : null
    case 'employee':
      return (
        <InlineSelect
          label={label}
          value={String(value ?? '')}
          options={[
            { value: '', label: t('client.empty') },
            ...[...names.records].map(([id, name]) => ({ value: id, label: name })),
          ]}
          readOnly={readOnly}
          onSave={(next) => set(next || null)}
        />
      )
    case 'client':
      return (
        <ClientValue
          label={label}
          value={value}
          self={String(row.id)}
          replica={replica}
          readOnly={readOnly}
          onSave={setOrTake}
        />
      )
    case 'file':
      return (
        <FileValue
          label={label}
          value={value}
          replica={replica}
          readOnly={readOnly}
          onSave={setOrTake}
        />
      )
    default: {
      const words = wordsOf(info, value, names)
      const typedNames = namesWith(names, value)
      return (
        <InlineInput
          label={label}
          value={words}
          parse={(typed) =>
            parseWords(info, typed, typedNames).ok
              ? { ok: true, value: typed.trim() }
              : { ok: false, error: errorOf(info) }
          }
          {...(inputModes[info.kind] && { inputMode: inputModes[info.kind] })}
          readOnly={readOnly}
          onSave={(typed) => {
            const parsed = parseWords(info, typed, typedNames)
            return set(parsed.ok ? (parsed.value ?? null) : null)
          }}
        />
      )
    }
  }
}

const inputModes: Partial<Record<FieldInfo['kind'], 'tel' | 'email'>> = {
  phone: 'tel',
  email: 'email',
}

const errorOf = ({ kind }: FieldInfo): InputError => {
  if (kind === 'phone') return 'client.error.phone'
  if (kind === 'email') return 'client.error.email'
  return kind === 'date' ? 'client.error.day' : 'client.error.value'
}

interface PartProps {
  readOnly: boolean
  onSave: (value: CustomValue | null) => unknown
}

interface ManyOfProps {
  info: FieldInfo
  value: unknown
  readOnly: boolean
  /** Of what changes alone: by the next choice the row may not have come back with this one. */
  onChange: (option: string, isIn: boolean) => unknown
}

/** Chosen ones as words with a cross, the others in a list to add from. */
export const ManyOf = ({ info, value, readOnly, onChange }: ManyOfProps) => {
  const chosen = Array.isArray(value) ? value.map(String) : []
  const options = info.options ?? []
  const left = options.filter(({ id, archived }) => !archived && !chosen.includes(id))
  return (
    <div class={styles.chips}>
      {options
        .filter(({ id }) => chosen.includes(id))
        .map(({ id, label }) => (
          <span key={id} class={styles.chip}>
            {labelOf(label)}
            {!readOnly && (
              <IconButton
                icon={X}
                class={styles.small}
                label={`${t('client.remove')}: ${labelOf(label)}`}
                onClick={() => onChange(id, false)}
              />
            )}
          </span>
        ))}
      {!readOnly && left.length > 0 && (
        <InlineSelect
          class={styles.add}
          label={`${t('client.add')}: ${labelOf(info.label)}`}
          value=""
          options={[
            { value: '', label: `+ ${t('client.add')}` },
            ...left.map(({ id, label }) => ({ value: id, label: labelOf(label) })),
          ]}
          onSave={(id) => id && onChange(id, true)}
        />
      )}
    </div>
  )
}

/** Another client, picked by the beginning of a name. */
export const ClientValue = ({
  label,
  value,
  self,
  replica,
  readOnly,
  required = false,
  onSave,
}: PartProps & {
  label: string
  value: unknown
  self?: string
  replica: Replica
  /** Another can be chosen, none cannot. */
  required?: boolean
}) => {
  const id = typeof value === 'string' && value !== '' ? value : null
  const [choosing, setChoosing] = useState(false)
  const client = useAnswer(
    id ?? undefined,
    () => resolveRow(replica.base, 'client', id ?? undefined),
    [replica],
  )?.answer
  return (
    <div class={styles.reference}>
      {client && (
        <Link class="link" href={`/clients/${client.id}`}>
          {client.name}
        </Link>
      )}
      {!readOnly && id && !required && (
        <IconButton
          icon={X}
          class={styles.small}
          label={`${t('client.remove')}: ${label}`}
          onClick={() => onSave(null)}
        />
      )}
      {!readOnly && id && required && (
        <IconButton
          icon={PencilLine}
          class={styles.small}
          label={`${t('client.chooseOther')}: ${label}`}
          onClick={() => setChoosing(true)}
        />
      )}
      {!readOnly && !id && (
        <Button kind="quiet" class={styles.choose} onClick={() => setChoosing(true)}>
          {t('client.choose')}
          <span class="visually-hidden">: {label}</span>
        </Button>
      )}
      {choosing && (
        <Dialog title={label} onClose={() => setChoosing(false)}>
          <ContactPicker
            table="client"
            replica={replica}
            {...(self !== undefined && { except: self })}
            onPick={(picked) => {
              setChoosing(false)
              onSave(picked.id)
            }}
          />
        </Dialog>
      )}
    </div>
  )
}

export const FileValue = ({
  label,
  value,
  replica,
  readOnly,
  onSave,
}: PartProps & { label: string; value: unknown; replica: Replica }) => {
  const input = useRef<HTMLInputElement>(null)
  const add = async (file: File | undefined) => {
    if (!file) return
    const kept = await replica.putFile(file, file.name)
    if (kept.ok) await onSave([kept.value.hash, file.name.slice(0, 500), kept.value.type])
    else showToast({ text: reasonText(kept.reason), stays: true })
  }
  const open = async ([hash, name]: [string, string, string]) => {
    const content = await replica.readFile(hash)
    if (!content.ok) return showToast({ text: reasonText(content.reason), stays: true })
    const url = URL.createObjectURL(content.value)
    const link = document.createElement('a')
    link.href = url
    link.download = name
    link.click()
    // The browser has taken the address with the click.
    setTimeout(() => URL.revokeObjectURL(url))
  }
  return (
    <div class={styles.reference}>
      {isFileValue(value) && (
        <Button kind="quiet" icon={Paperclip} class={styles.choose} onClick={() => open(value)}>
          {value[1]}
        </Button>
      )}
      {!readOnly && isFileValue(value) && (
        <IconButton
          icon={X}
          class={styles.small}
          label={`${t('client.remove')}: ${label}`}
          onClick={() => onSave(null)}
        />
      )}
      {!readOnly && !isFileValue(value) && (
        <Button
          kind="quiet"
          icon={Paperclip}
          class={styles.choose}
          onClick={() => input.current?.click()}
        >
          {t('client.addFile')}
        </Button>
      )}
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        onChange={(event) => add(event.currentTarget.files?.[0])}
      />
    </div>
  )
}
