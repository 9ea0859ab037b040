/** Настройки → Поля: the fields of one's own of each record type (F52). */
import { MoreHorizontal, Pencil, Plus, TextCursorInput, Trash2 } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { fieldKinds } from '../../../../shared/records/field.ts'
import {
  Badge,
  Button,
  EmptyState,
  IconButton,
  Menu,
  showToast,
  Tabs,
} from '../../../design/index.ts'
import { Sortable } from '../../../design/Sortable.tsx'
import { movedOrders } from '../../../fields/order.ts'
import { type Definition, useDefinitions } from '../../../fields/use-fields.ts'
import { useReplica } from '../../../frame/app-context.ts'
import { Page } from '../../../frame/page.tsx'
import { labelOf } from '../../../i18n/index.ts'
import { reasonText } from '../../../i18n/reasons.ts'
import styles from '../directories/directories.module.css'
import { type CardType, cardTypes, isCardType } from './card-types.ts'
import { FieldDialog } from './field-dialog.tsx'
import { t } from './texts.ts'

/** Where fields of a type are shown. */
const hintOf = (type: CardType) => {
  if (type === 'dialog' || type === 'appeal') return 'hint.beside'
  return type === 'task' || type === 'interaction' ? 'hint.inForm' : 'hint'
}

export const FieldsPage = ({ type: asked }: { type?: string }) => {
  const replica = useReplica()
  const [, navigate] = useLocation()
  const type: CardType = isCardType(asked) ? asked : 'client'
  const definitions = useDefinitions(replica, type)
  const [editing, setEditing] = useState<Definition | 'new' | null>(null)
  const mayChange = replica.subject.value.administrator

  const say = (result: { ok: true } | { ok: false; reason: Parameters<typeof reasonText>[0] }) => {
    if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
    return result.ok
  }
  const move = async (id: string, index: number) => {
    const orders = [...movedOrders(definitions, id, index)]
    say(
      await replica.writeAll(
        orders.map(([each, order]) => ({ type: 'field', id: each, patch: { order } })),
      ),
    )
  }
  const remove = async ({ id, name }: Definition) => {
    const gone = { deletedAt: Date.now(), deletedBy: replica.session.user.id }
    if (!say(await replica.write('field', id, gone))) return
    showToast({
      text: t('removed', { name }),
      undo: () => replica.write('field', id, { deletedAt: null, deletedBy: null }).then(say),
    })
  }
  const row = (definition: Definition, grip: ComponentChildren) => (
    <div class={styles.row}>
      {grip}
      <span class={styles.words}>
        <span class={styles.name}>
          {definition.name}
          {definition.required && <Badge kind="accent">{t('required')}</Badge>}
        </span>
        <span class="meta">
          {[labelOf(fieldKinds[definition.kind]), definition.section].filter(Boolean).join(' · ')}
        </span>
      </span>
      {mayChange && (
        <Menu
          label={t('actions', { name: definition.name })}
          trigger={(trigger) => (
            <IconButton
              {...trigger}
              icon={MoreHorizontal}
              label={t('actions', { name: definition.name })}
            />
          )}
          items={[
            { label: t('change'), icon: Pencil, onSelect: () => setEditing(definition) },
            {
              label: t('remove'),
              icon: Trash2,
              danger: true,
              onSelect: () => void remove(definition),
            },
          ]}
        />
      )}
    </div>
  )
  const add = mayChange && (
    <Button kind="primary" icon={Plus} onClick={() => setEditing('new')}>
      {t('add')}
    </Button>
  )
  const byId = new Map(definitions.map((definition) => [definition.id, definition]))
  return (
    <Page title={t('title')} back="/settings" width="wide" actions={definitions.length > 0 && add}>
      <div class={styles.tabs}>
        <Tabs
          label={t('title')}
          value={type}
          onValue={(next) => navigate(`/settings/fields/${next}`, { replace: true })}
          tabs={Object.entries(cardTypes).map(([value, label]) => ({
            value: value as CardType, // a key of cardTypes
            label: labelOf(label),
          }))}
        />
      </div>
      <p class="meta">{t(mayChange ? hintOf(type) : 'onlyAdministrators')}</p>
      {definitions.length === 0 && (
        <EmptyState icon={TextCursorInput} title={t('empty')} text={t('empty.text')} action={add} />
      )}
      <Sortable
        ids={definitions.map(({ id }) => id)}
        onMove={move}
        disabled={!mayChange}
        class={styles.list}
        label={t('title')}
        nameOf={(id) => byId.get(id)?.name ?? ''}
      >
        {(id, grip) => {
          const definition = byId.get(id)
          return definition && row(definition, grip)
        }}
      </Sortable>
      {editing && (
        <FieldDialog
          type={type}
          definition={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </Page>
  )
}
