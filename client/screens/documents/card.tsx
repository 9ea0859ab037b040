/** The card of a contract: number and status · fields · history · what belongs to it. */
import { ArrowLeft, Copy, FileSignature, MoreHorizontal, Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Link, useLocation } from 'wouter-preact'
import { formatDay } from '../../../shared/fields/days.ts'
import type { Result } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { rights } from '../../../shared/rights.ts'
import { Badge, Button, Icon, IconButton, Menu, showToast, Tabs } from '../../design/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { type Replica, resolveRow, useLive } from '../../replica/index.ts'
import card from '../clients/card.module.css'
import { Gone } from '../clients/gone.tsx'
import { RecordHistory } from '../history/record-history.tsx'
import { ContractFields } from './fields.tsx'
import type { Contract } from './queries.ts'
import { ContractRelated } from './related.tsx'
import { LapsedBadge, StatusBadge, StatusMenu } from './status.tsx'
import { t } from './texts.ts'
import { moveToTrash, restore } from './trash.ts'

export const ContractScreen = ({ params: { id } }: { params: { id: string } }) => {
  const replica = useReplica()
  const loaded = useLive(
    async () => {
      const row = (await replica.base.contract.get(id)) ?? null
      return { id, row, client: await resolveRow(replica.base, 'client', row?.client) }
    },
    [id, replica],
    null,
  ).value
  if (loaded?.id !== id) return <div class={card.screen} />
  const { row, client } = loaded
  if (!row)
    return (
      <Gone
        isGone={async () => !(await replica.base.contract.get(id))}
        icon={FileSignature}
        title={t('gone.title')}
        text={t('gone.text')}
        list={{ path: '/documents', words: t('back') }}
      />
    )
  return <Card key={id} row={row} client={client} replica={replica} />
}

type Part = 'fields' | 'timeline' | 'related'

interface CardProps {
  row: Contract
  client: { id: string; name: string } | undefined
  replica: Replica
}

const Card = ({ row, client, replica }: CardProps) => {
  /** Which part a phone shows. */
  const [part, setPart] = useState<Part>('fields')
  const readOnly = rights(replica.subject.value, row, row) !== null
  const save = async (patch: Patch): Promise<Result<unknown>> => {
    const result = await replica.write('contract', row.id, patch)
    if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
    return result
  }
  const shared = { row, save, replica, readOnly }
  return (
    <div class={card.screen}>
      <Head row={row} client={client} replica={replica} readOnly={readOnly} />
      {row.deletedAt !== undefined && (
        <div class={card.trash} role="status">
          {t('inTrash')}
          {!readOnly && <Button onClick={() => restore(replica, row.id)}>{t('restore')}</Button>}
        </div>
      )}
      <div class={card.tabs}>
        <Tabs
          label={row.subject}
          value={part}
          onValue={setPart}
          tabs={[
            { value: 'fields', label: t('tab.fields') },
            { value: 'timeline', label: t('tab.history') },
            { value: 'related', label: t('tab.related') },
          ]}
        />
      </div>
      <div class={card.parts} data-part={part}>
        <section class={card.left} aria-label={t('tab.fields')}>
          <ContractFields {...shared} />
        </section>
        <div class={card.centre}>
          <RecordHistory table="contract" id={row.id} replica={replica} readOnly={readOnly} />
        </div>
        <section class={card.right} aria-label={t('tab.related')}>
          <ContractRelated {...shared} />
        </section>
      </div>
    </div>
  )
}

const Head = ({ row, client, replica, readOnly }: CardProps & { readOnly: boolean }) => {
  const [, navigate] = useLocation()
  const gone = { ...row, deletedAt: Date.now() }
  const mayDelete = rights(replica.subject.value, row, gone) === null
  const { number, date } = row
  const name = number === undefined ? t('noNumber') : t('number', { number })
  return (
    <header class={card.head}>
      <Link href="/documents" class={card.back} data-back aria-label={t('back')}>
        <Icon of={ArrowLeft} size={20} />
      </Link>
      <div class={card.names}>
        <h1 class={card.name}>{row.subject}</h1>
        <p class={card.subtitle}>
          {readOnly || row.deletedAt !== undefined ? (
            <StatusBadge row={row} />
          ) : (
            <LapsedBadge row={row} />
          )}
          <span>{date === undefined ? name : t('dated', { name, date: formatDay(date) })}</span>
          {client && (
            <Link class="link" href={`/clients/${client.id}`}>
              {client.name}
            </Link>
          )}
          {readOnly && <Badge>{t('readOnly')}</Badge>}
        </p>
      </div>
      {row.deletedAt === undefined && (
        <>
          {!readOnly && (
            <span class={card.status}>
              <StatusMenu row={row} replica={replica} />
            </span>
          )}
          <Menu
            label={t('menu')}
            trigger={(trigger) => (
              <IconButton {...trigger} icon={MoreHorizontal} size={20} label={t('menu')} />
            )}
            items={[
              { label: t('copy'), icon: Copy, href: `/documents/new?copy=${row.id}` },
              ...(mayDelete
                ? [
                    {
                      label: t('delete'),
                      icon: Trash2,
                      danger: true,
                      separated: true,
                      onSelect: async () => {
                        if (await moveToTrash(replica, row)) navigate('/documents')
                      },
                    },
                  ]
                : []),
            ]}
          />
        </>
      )}
    </header>
  )
}
