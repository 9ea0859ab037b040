/** Настройки → Шаблоны: texts of documents and letters (F305). */
import { Copy, Eye, EyeOff, MoreHorizontal, Pencil, Plus, Trash2 } from 'lucide-preact'
import { useMemo } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import { newId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { type TemplateKind, templateSubjects } from '../../../shared/records/template.ts'
import { samplePatch, sampleTemplates } from '../../../shared/templates/samples.ts'
import { Badge, Button, IconButton, LinkButton, Menu, showToast } from '../../design/index.ts'
import { Sortable } from '../../design/Sortable.tsx'
import { lastOrder, movedOrders } from '../../fields/order.ts'
import { useReplica } from '../../frame/app-context.ts'
import { Page, Section } from '../../frame/page.tsx'
import { WhenComplete } from '../../frame/when-complete.tsx'
import { labelOf, locale } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { t as listTexts } from '../../lists/texts.ts'
import { useTicks } from '../../lists/use-ticks.ts'
import { type Replica, useLive } from '../../replica/index.ts'
import lists from '../settings/directories/directories.module.css'
import { readTemplates, type Template } from './queries.ts'
import bar from './template-bar.module.css'
import { TemplateBar } from './template-bar.tsx'
import { t } from './texts.ts'

const sections = [
  ['document', 'documents'],
  ['letter', 'letters'],
] as const satisfies [TemplateKind, string][]

const write = async (replica: Replica, id: string, patch: Patch): Promise<boolean> => {
  const result = await replica.write('template', id, patch)
  if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
  return result.ok
}

export const TemplatesPage = () => {
  const replica = useReplica()
  const templates = useLive<Template[] | null>(
    () => readTemplates(replica.base),
    [replica],
    null,
  ).value
  const mayChange = replica.subject.value.administrator
  // As they stand on the screen: a range goes over what is seen between.
  const shown = useMemo(
    () =>
      sections.flatMap(([kind]) => (templates ?? []).filter((template) => template.kind === kind)),
    [templates],
  )
  const ids = useMemo(() => shown.map(({ id }) => id), [shown])
  const ticks = useTicks(ids)
  const missing = sampleTemplates.filter(({ id }) => !templates?.some((each) => each.id === id))
  const addSamples = async () => {
    const kept = await replica.base.template.bulkGet(missing.map(({ id }) => id))
    let order = lastOrder(templates ?? [])
    const result = await replica.writeAll(
      missing.map((sample, at) => {
        const placed = { order }
        order = lastOrder([{ id: '', order }])
        // One that was deleted comes back as it was: its text may have been changed since.
        const patch = kept[at]
          ? { deletedAt: null, deletedBy: null }
          : samplePatch(sample, locale.value)
        return { type: 'template' as const, id: sample.id, patch: { ...patch, ...placed } }
      }),
    )
    showToast(
      result.ok
        ? { text: t('samples.added', { count: missing.length }) }
        : { text: reasonText(result.reason), stays: true },
    )
  }
  return (
    <Page
      title={t('title')}
      back="/settings"
      width="wide"
      actions={
        mayChange &&
        templates && (
          <>
            {missing.length > 0 && <Button onClick={addSamples}>{t('samples')}</Button>}
            <LinkButton kind="primary" icon={Plus} href="/settings/templates/new">
              {t('new')}
            </LinkButton>
          </>
        )
      }
    >
      <p class="meta">
        {t('about')} {!mayChange && t('onlyAdministrators')}
      </p>
      {mayChange && ticks.ids.length > 0 && (
        <TemplateBar
          templates={shown.filter(({ id }) => ticks.has(id))}
          total={ids.length}
          replica={replica}
          onAll={ticks.all}
          onNone={ticks.none}
        />
      )}
      {templates &&
        sections.map(([kind, title]) => (
          <Section key={kind} title={t(title)}>
            <List
              templates={templates.filter((each) => each.kind === kind)}
              label={t(title)}
              replica={replica}
              mayChange={mayChange}
              isTicked={ticks.has}
              onTick={(id, isTicked, isRange) => ticks.tick(ids.indexOf(id), isTicked, isRange)}
            />
          </Section>
        ))}
    </Page>
  )
}

interface ListProps {
  templates: Template[]
  label: string
  replica: Replica
  mayChange: boolean
  isTicked: (id: string) => boolean
  onTick: (id: string, isTicked: boolean, isRange: boolean) => void
}

const List = ({ templates, label, replica, mayChange, isTicked, onTick }: ListProps) => {
  const byId = new Map(templates.map((each) => [each.id, each]))
  const move = async (id: string, index: number) => {
    const result = await replica.writeAll(
      [...movedOrders(templates, id, index)].map(([each, order]) => ({
        type: 'template' as const,
        id: each,
        patch: { order },
      })),
    )
    if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
  }
  if (templates.length === 0)
    return (
      <WhenComplete small isMissing={async () => true}>
        <p class="meta">{t('none')}</p>
      </WhenComplete>
    )
  return (
    <Sortable
      ids={templates.map(({ id }) => id)}
      onMove={move}
      disabled={!mayChange}
      class={lists.list}
      label={label}
      nameOf={(id) => byId.get(id)?.name ?? ''}
    >
      {(id, grip) => {
        const template = byId.get(id)
        return (
          template && (
            <div class={lists.row}>
              {grip}
              {mayChange && (
                <label class={bar.tick}>
                  <input
                    type="checkbox"
                    checked={isTicked(id)}
                    aria-label={listTexts('group.tick', { name: template.name })}
                    onClick={(event) => onTick(id, event.currentTarget.checked, event.shiftKey)}
                  />
                </label>
              )}
              <span class={lists.words}>
                <span class={lists.name}>
                  <Link class="link" href={`/settings/templates/${id}`}>
                    {template.name}
                  </Link>
                  {template.off && <Badge>{t('off')}</Badge>}
                </span>
                <span class="meta">{labelOf(templateSubjects[template.about])}</span>
              </span>
              {mayChange && <Acts template={template} templates={templates} replica={replica} />}
            </div>
          )
        )
      }}
    </Sortable>
  )
}

interface ActsProps {
  template: Template
  templates: Template[]
  replica: Replica
}

const Acts = ({ template, templates, replica }: ActsProps) => {
  const [, navigate] = useLocation()
  const { id, name, kind, about, subject, body, off } = template
  const copy = async () => {
    const made = newId()
    const isDone = await write(replica, made, {
      name: t('copyOf', { name }).slice(0, 200),
      kind,
      about,
      body: body ?? '',
      ...(subject && { subject }),
      order: lastOrder(templates),
    })
    if (isDone) navigate(`/settings/templates/${made}`)
  }
  const remove = async () => {
    const deleted = { deletedAt: Date.now(), deletedBy: replica.session.user.id }
    if (!(await write(replica, id, deleted))) return
    showToast({
      text: t('deleted', { name }),
      undo: () => void write(replica, id, { deletedAt: null, deletedBy: null }),
    })
  }
  return (
    <Menu
      label={t('menu', { name })}
      trigger={(trigger) => (
        <IconButton {...trigger} icon={MoreHorizontal} label={t('menu', { name })} />
      )}
      items={[
        { label: t('open'), icon: Pencil, href: `/settings/templates/${id}` },
        { label: t('copy'), icon: Copy, onSelect: copy },
        {
          label: t(off ? 'turnOn' : 'turnOff'),
          icon: off ? Eye : EyeOff,
          onSelect: () => void write(replica, id, { off: off ? null : true }),
        },
        {
          label: t('delete'),
          icon: Trash2,
          danger: true,
          separated: true,
          onSelect: () => void remove(),
        },
      ]}
    />
  )
}
