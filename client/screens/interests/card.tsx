/** The card of an Interest: stages · fields · history · what belongs to it. */
import { ArrowLeft, Copy, FileText, Handshake, MoreHorizontal, Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import type { Result } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { stageKinds } from '../../../shared/records/scenario.ts'
import { rights } from '../../../shared/rights.ts'
import {
  Badge,
  Button,
  classNames,
  Icon,
  IconButton,
  Menu,
  showToast,
  Tabs,
} from '../../design/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { labelOf } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { type Replica, resolveRow, useLive } from '../../replica/index.ts'
import card from '../clients/card.module.css'
import { Gone } from '../clients/gone.tsx'
import { FormDocument, t as formTexts, useHasDocuments } from '../templates/form-entry.ts'
import { Centre, type CentrePart, centreParts } from './centre.tsx'
import { InterestFields } from './fields.tsx'
import { useMove } from './move.tsx'
import { type Interest, type Scenario, useScenarios } from './queries.ts'
import { InterestRelated } from './related.tsx'
import { StageBar } from './stage-bar.tsx'
import { t } from './texts.ts'
import { moveToTrash, restore } from './trash.ts'

export const InterestScreen = ({ params: { id } }: { params: { id: string } }) => {
  const replica = useReplica()
  const loaded = useLive(
    async () => {
      const row = (await replica.base.interest.get(id)) ?? null
      return { id, row, client: await resolveRow(replica.base, 'client', row?.client) }
    },
    [id, replica],
    null,
  ).value
  const scenarios = useScenarios(replica)
  if (loaded?.id !== id) return <div class={card.screen} />
  const { row, client } = loaded
  if (!row)
    return (
      <Gone
        isGone={async () => !(await replica.base.interest.get(id))}
        icon={Handshake}
        title={t('gone.title')}
        text={t('gone.text')}
        list={{ path: '/interests', words: t('back') }}
      />
    )
  return (
    <Card
      key={id}
      row={row}
      client={client}
      scenario={scenarios.find((each) => each.id === row.scenario)}
      replica={replica}
    />
  )
}

type Part = 'fields' | CentrePart | 'related'

interface CardProps {
  row: Interest
  client: { id: string; name: string } | undefined
  scenario: Scenario | undefined
  replica: Replica
}

const Card = ({ row, client, scenario, replica }: CardProps) => {
  /** Which part a phone shows. */
  const [part, setPart] = useState<Part>('fields')
  const [centre, setCentre] = useState<CentrePart>(row.lines.length > 0 ? 'lines' : 'timeline')
  const { move, asking } = useMove(replica)
  const readOnly = rights(replica.subject.value, row, row) !== null
  const save = async (patch: Patch): Promise<Result<unknown>> => {
    const result = await replica.write('interest', row.id, patch)
    if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
    return result
  }
  return (
    <div class={card.screen}>
      <Head row={row} client={client} replica={replica} readOnly={readOnly} />
      {row.deletedAt !== undefined && (
        <div class={card.trash} role="status">
          {t('inTrash')}
          {!readOnly && <Button onClick={() => restore(replica, row.id)}>{t('restore')}</Button>}
        </div>
      )}
      {scenario && (
        <StageBar
          row={row}
          scenario={scenario}
          readOnly={readOnly || row.deletedAt !== undefined}
          onMove={(stage) => move(row, scenario, stage)}
        />
      )}
      <div class={card.tabs}>
        <Tabs
          label={row.name}
          value={part}
          onValue={(next) => {
            setPart(next)
            const shown = centreParts.find((each) => each === next)
            if (shown) setCentre(shown)
          }}
          tabs={[
            { value: 'fields', label: t('tab.fields') },
            { value: 'lines', label: t('tab.lines'), count: row.lines.length },
            { value: 'documents', label: t('tab.documents') },
            { value: 'timeline', label: t('tab.history') },
            { value: 'related', label: t('tab.related') },
          ]}
        />
      </div>
      <div class={card.parts} data-part={part === centre ? 'timeline' : part}>
        <section class={card.left} aria-label={t('tab.fields')}>
          <InterestFields
            row={row}
            scenario={scenario}
            save={save}
            replica={replica}
            readOnly={readOnly}
          />
        </section>
        <div class={card.centre}>
          <Centre
            row={row}
            part={centre}
            onPart={setCentre}
            save={save}
            replica={replica}
            readOnly={readOnly || row.deletedAt !== undefined}
          />
        </div>
        <section class={card.right} aria-label={t('tab.related')}>
          <InterestRelated
            row={row}
            client={client}
            save={save}
            replica={replica}
            readOnly={readOnly}
          />
        </section>
      </div>
      {asking}
    </div>
  )
}

const badges = { open: 'accent', won: 'green', lost: 'red' } as const

const Head = ({
  row,
  client,
  replica,
  readOnly,
}: Omit<CardProps, 'scenario'> & { readOnly: boolean }) => {
  const [, navigate] = useLocation()
  const gone = { ...row, deletedAt: Date.now() }
  const mayDelete = rights(replica.subject.value, row, gone) === null
  const [forming, setForming] = useState(false)
  const hasDocuments = useHasDocuments(replica, 'interest')
  return (
    <header class={card.head}>
      <Link href="/interests" class={card.back} data-back aria-label={t('back')}>
        <Icon of={ArrowLeft} size={20} />
      </Link>
      <div class={card.names}>
        <h1 class={classNames(card.name)}>{row.name}</h1>
        <p class={card.subtitle}>
          <Badge kind={badges[row.status]}>{labelOf(stageKinds[row.status])}</Badge>
          {client && (
            <Link class="link" href={`/clients/${client.id}`}>
              {client.name}
            </Link>
          )}
          {readOnly && <Badge>{t('readOnly')}</Badge>}
        </p>
      </div>
      {row.deletedAt === undefined && (
        <Menu
          label={t('menu')}
          trigger={(trigger) => (
            <IconButton {...trigger} icon={MoreHorizontal} size={20} label={t('menu')} />
          )}
          items={[
            { label: t('copy'), icon: Copy, href: `/interests/new?copy=${row.id}` },
            ...(hasDocuments
              ? [{ label: formTexts('form'), icon: FileText, onSelect: () => setForming(true) }]
              : []),
            ...(mayDelete
              ? [
                  {
                    label: t('delete'),
                    icon: Trash2,
                    danger: true,
                    separated: true,
                    onSelect: async () => {
                      if (await moveToTrash(replica, row)) navigate('/interests')
                    },
                  },
                ]
              : []),
          ]}
        />
      )}
      {forming && (
        <FormDocument
          replica={replica}
          about="interest"
          id={row.id}
          onClose={() => setForming(false)}
        />
      )}
    </header>
  )
}
