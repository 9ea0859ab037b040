/** Клиенты → Сегменты (F75). */
import {
  ChartPie,
  ListTodo,
  MoreHorizontal,
  PencilLine,
  Plus,
  Trash2,
  UserRoundSearch,
} from 'lucide-preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { clientSegment } from '../../../shared/records/client-segment.ts'
import { Badge, Button, EmptyState, IconButton, Menu, showToast } from '../../design/index.ts'
import { useSegments } from '../../fields/use-segments.ts'
import { useReplica } from '../../frame/app-context.ts'
import { Page, Rows } from '../../frame/page.tsx'
import { WhenComplete } from '../../frame/when-complete.tsx'
import { reasonText } from '../../i18n/reasons.ts'
import { ruleWords } from '../../lists/filter-words.ts'
import { useFields, useFilterContext, useNames, useRowNames } from '../../lists/use-list.ts'
import { openValueCache } from '../../lists/value-cache.ts'
import { followPaced, type StoredRow } from '../../replica/index.ts'
import { t as portraitTexts } from '../portrait/texts.ts'
import { countSegments } from './count.ts'
import { errandWords } from './errand-words.ts'
import { ErrandsDialog } from './errands-dialog.tsx'
import { SegmentDialog } from './segment-dialog.tsx'
import styles from './segments.module.css'
import { t } from './texts.ts'

export const SegmentsPage = () => {
  const replica = useReplica()
  const segments = useSegments(replica)
  const [opened, setOpened] = useState<StoredRow<'clientSegment'> | 'new' | null>(null)
  const [asking, setAsking] = useState<string | null>(null)
  // Whoever makes a rule sees whom it finds.
  const { infos, sources, isReady } = useFields(replica, 'client', opened !== null)
  const context = useFilterContext(replica, sources)
  const rules = [...(sources.rules?.values() ?? [])]
  const names = useRowNames(replica, useNames(sources), {
    filter: { join: 'any', of: rules },
    infos,
  })
  const { base } = replica
  const cache = useMemo(() => openValueCache(base, 'client'), [base])
  useEffect(() => () => cache.close(), [cache])
  const [counts, setCounts] = useState<ReadonlyMap<string, number> | null>(null)
  useEffect(() => {
    if (!isReady) return
    let over = false
    const end = followPaced(
      base,
      'client',
      () => countSegments(base, cache, segments, infos, context, () => over),
      (found) => {
        if (!over && found) setCounts(found)
      },
    )
    return () => {
      over = true
      end()
    }
  }, [base, cache, segments, infos, context, isReady])
  const { user } = replica.session
  const subject = replica.subject.value
  const list = [...segments.rows.values()].sort((a, b) => a.name.localeCompare(b.name, 'ru'))
  const asked = asking === null ? undefined : segments.rows.get(asking)
  const remove = async ({ id, name }: StoredRow<'clientSegment'>) => {
    const result = await replica.write('clientSegment', id, {
      deletedAt: Date.now(),
      deletedBy: user.id,
    })
    if (!result.ok) return showToast({ text: reasonText(result.reason), stays: true })
    showToast({
      text: t('deleted', { name }),
      undo: () => void replica.write('clientSegment', id, { deletedAt: null, deletedBy: null }),
    })
  }
  return (
    <Page
      title={t('title')}
      back="/clients"
      width="wide"
      actions={
        list.length > 0 && (
          <Button kind="primary" icon={Plus} onClick={() => setOpened('new')}>
            {t('new')}
          </Button>
        )
      }
    >
      {list.length === 0 ? (
        <WhenComplete isMissing={async () => (await base.clientSegment.count()) === 0}>
          <EmptyState
            icon={ChartPie}
            title={t('empty.title')}
            text={t('empty.text')}
            action={
              <Button kind="primary" icon={Plus} onClick={() => setOpened('new')}>
                {t('new')}
              </Button>
            }
          />
        </WhenComplete>
      ) : (
        <>
          <p class="meta">{t('intro')}</p>
          <Rows>
            {list.map((row) => {
              const rule = segments.rules.get(row.id)
              const count = counts?.get(row.id)
              const errands = errandWords(row)
              return (
                <li key={row.id} class={styles.row}>
                  <span class={styles.words}>
                    <Link class="link" href={`/clients?segment=${row.id}`}>
                      {row.name}
                    </Link>
                    <span class="meta">
                      {rule ? (ruleWords(rule, infos, names) ?? t('how.rule')) : t('how.hand')}
                    </span>
                    {errands && (
                      <span class="meta">
                        {errands.asked} · {errands.made}
                      </span>
                    )}
                    {errands?.stopped && (
                      <span class={`meta ${styles.stopped}`}>{errands.stopped}</span>
                    )}
                  </span>
                  <Badge>{t(row.shared ? 'mark.shared' : 'mark.mine')}</Badge>
                  <span class={styles.count}>
                    {count === undefined ? t('counting') : t('count', { count })}
                  </span>
                  {clientSegment.mayWrite(subject, row, row) === null ? (
                    <Menu
                      label={t('actions', { name: row.name })}
                      trigger={(trigger) => (
                        <IconButton
                          {...trigger}
                          icon={MoreHorizontal}
                          label={t('actions', { name: row.name })}
                        />
                      )}
                      items={[
                        { label: t('change'), icon: PencilLine, onSelect: () => setOpened(row) },
                        {
                          label: portraitTexts('title'),
                          icon: UserRoundSearch,
                          href: `/clients/portrait?segment=${row.id}`,
                        },
                        {
                          label: t('errands'),
                          icon: ListTodo,
                          onSelect: () => setAsking(row.id),
                        },
                        {
                          label: t('delete'),
                          icon: Trash2,
                          danger: true,
                          onSelect: () => void remove(row),
                        },
                      ]}
                    />
                  ) : (
                    <span />
                  )}
                </li>
              )
            })}
          </Rows>
        </>
      )}
      {asked && (
        <ErrandsDialog
          key={asked.id}
          replica={replica}
          segment={asked}
          segments={segments}
          infos={infos}
          context={context}
          count={counts?.get(asked.id)}
          onClose={() => setAsking(null)}
        />
      )}
      {opened && (
        <SegmentDialog
          replica={replica}
          segment={opened === 'new' ? null : opened}
          infos={infos}
          context={context}
          sources={sources}
          names={names}
          onClose={() => setOpened(null)}
        />
      )}
    </Page>
  )
}
