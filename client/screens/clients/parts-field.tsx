/** Phones, e-mails, addresses, links: several values, each with its kind, added and removed in place. */

import type { LucideIcon } from 'lucide-preact'
import { ExternalLink, Mail, MapPin, MessageCircle, Phone, Plus, X } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useContext } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { Result } from '../../../shared/reasons.ts'
import { Button, Icon, IconButton } from '../../design/index.ts'
import { Sortable } from '../../design/Sortable.tsx'
import { movedOrders } from '../../fields/order.ts'
import { labelOf } from '../../i18n/index.ts'
import { partChanged } from '../../replica/index.ts'
import { FormWordsContext } from '../forms/form-words.ts'
import { useAdding } from './adding.ts'
import type { Parsed } from './contact-input.ts'
import { InlineInput, InlineSelect } from './inline-field.tsx'
import { newPart } from './new-contact.ts'
import styles from './parts-field.module.css'
import { t } from './texts.ts'
import { useRemoval } from './use-removal.ts'
import { mapUrl, messengerAddress, webAddress } from './web-addresses.ts'

interface ContactPart {
  id: string
  order: string
  value: string
  kind?: string
}

interface PartsFieldProps {
  label: string
  parts: readonly ContactPart[]
  /** Kinds a value may have; the first is what a new one gets. */
  kinds?: Readonly<Record<string, { ru: string; en: string }>>
  onChange: (parts: Record<string, unknown>) => Promise<Result<unknown>>
  parse?: (typed: string) => Parsed
  format?: (value: string) => string
  /** Where the value leads: a call, a letter, a map. */
  action?: {
    icon: LucideIcon
    label: string
    href: (value: string, kind?: string) => string
    external: boolean
  }
  type?: 'text' | 'tel' | 'email' | 'url'
  readOnly: boolean
}

export const PartsField = ({
  label,
  parts,
  kinds,
  onChange,
  parse,
  format,
  action,
  type = 'text',
  readOnly,
}: PartsFieldProps) => {
  const inForm = useContext(FormWordsContext)
  const addLabel = `${t('client.add')}: ${label}`
  const adding = useAdding(inForm?.of(addLabel) !== undefined)
  const removal = useRemoval()
  const firstKind = Object.keys(kinds ?? {})[0]
  const options = Object.entries(kinds ?? {}).map(([value, text]) => ({
    value,
    label: labelOf(text),
  }))
  const change = (part: ContactPart, next: Partial<ContactPart>) =>
    onChange({ [part.id]: partChanged(part, next) })
  const words = (value: string) => (format ? format(value) : value)
  const remove = ({ id, ...part }: ContactPart) => {
    inForm?.set(id, null)
    return removal(
      words(part.value),
      () => onChange({ [id]: null }),
      () => onChange({ [id]: part }),
    )
  }
  const save = (part: ContactPart) => (value: string) =>
    value === '' ? remove(part) : change(part, { value })
  // Emptied means removed, so that it needs no check.
  const parsePart = (typed: string): Parsed =>
    typed.trim() === '' || !parse ? { ok: true, value: typed.trim() } : parse(typed)

  const byId = new Map(parts.map((part) => [part.id, part]))
  const move = (id: string, index: number) =>
    onChange(
      Object.fromEntries(
        [...movedOrders(parts, id, index)].flatMap(([each, order]) => {
          const part = byId.get(each)
          return part ? [[each, partChanged(part, { order })]] : []
        }),
      ),
    )
  const row = (part: ContactPart, grip: ComponentChildren) => (
    <div class={styles.part}>
      {grip}
      <div class={styles.words}>
        <InlineInput
          class={styles.value}
          label={label}
          keptAs={part.id}
          value={part.value}
          {...(format && { format })}
          parse={parsePart}
          type={type}
          readOnly={readOnly}
          onSave={save(part)}
        />
        <div class={styles.about}>
          {parts.length > 1 && part.id === parts[0]?.id && (
            <span class={styles.main}>{t('client.main')}</span>
          )}
          {kinds && (
            <InlineSelect
              class={styles.kind}
              label={t('client.kindOf', { field: label })}
              value={part.kind ?? ''}
              options={options}
              readOnly={readOnly}
              onSave={(kind) => change(part, { kind })}
            />
          )}
        </div>
      </div>
      {/* From a form one would be led away. */}
      {action && !inForm && <PartAction action={action} part={part} />}
      {!readOnly && (
        <IconButton
          icon={X}
          label={`${t('client.remove')}: ${words(part.value)}`}
          class={styles.small}
          onClick={() => remove(part)}
        />
      )}
    </div>
  )
  return (
    <fieldset class={styles.field} aria-label={label}>
      <div class={styles.head}>
        <span class={styles.label}>{label}</span>
        {!readOnly && (
          <IconButton icon={Plus} label={addLabel} class={styles.small} onClick={adding.add} />
        )}
      </div>
      <Sortable
        ids={parts.map(({ id }) => id)}
        onMove={move}
        disabled={readOnly}
        nameOf={(id) => byId.get(id)?.value ?? ''}
      >
        {(id, grip) => {
          const part = byId.get(id)
          return part && row(part, grip)
        }}
      </Sortable>
      {adding.fields.map(({ key, isHidden }) => (
        <div key={key} class={styles.part} hidden={isHidden}>
          <InlineInput
            class={styles.value}
            label={addLabel}
            value=""
            parse={parsePart}
            type={type}
            autofocus
            onDone={() => adding.remove(key)}
            onSave={(value) => {
              const part = { value, ...(firstKind && { kind: firstKind }) }
              return adding.store(key, () => onChange(newPart(parts, part)))
            }}
          />
        </div>
      ))}
      {parts.length === 0 && adding.fields.length === 0 && !readOnly && (
        <Button kind="quiet" class={styles.none} onClick={adding.add}>
          {t('client.add')}
        </Button>
      )}
    </fieldset>
  )
}

const PartAction = ({
  action,
  part: { value, kind },
}: {
  action: NonNullable<PartsFieldProps['action']>
  part: ContactPart
}) => {
  const name = `${action.label}: ${value}`
  const href = action.href(value, kind)
  if (href === '') return null
  return action.external ? (
    <a
      href={href}
      class={styles.action}
      aria-label={name}
      title={action.label}
      {...(href.startsWith('http') && { target: '_blank', rel: 'noopener noreferrer' })}
    >
      <Icon of={action.icon} />
    </a>
  ) : (
    <Link href={href} class={styles.action} aria-label={name} title={action.label}>
      <Icon of={action.icon} />
    </Link>
  )
}

export const callAction = () => ({
  icon: Phone,
  label: t('client.call'),
  href: (number: string) => `tel:${number}`,
  external: true,
})
export const letterAction = (client: string | undefined) => ({
  icon: Mail,
  label: t('client.letter'),
  href: (address: string) =>
    `/mail/new?to=${encodeURIComponent(address)}${client ? `&client=${client}` : ''}`,
  external: false,
})
export const mapAction = () => ({
  icon: MapPin,
  label: t('client.map'),
  href: mapUrl,
  external: true,
})
export const linkAction = () => ({
  icon: ExternalLink,
  label: t('client.openLink'),
  href: webAddress,
  external: true,
})

export const messengerAction = () => ({
  icon: MessageCircle,
  label: t('client.messenger'),
  href: messengerAddress,
  external: true,
})
