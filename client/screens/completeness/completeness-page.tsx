/** Клиенты → Заполненность (F73): which cards lack what, by field and by responsible. */
import { ClipboardCheck, Plus, SlidersHorizontal } from 'lucide-preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import {
  type ControlledType,
  contactWay,
  contactWayLabel,
  fieldsOfKeys,
  lackingFilter,
  openReport,
  percent,
  type Report,
} from '../../../shared/fields/completeness.ts'
import type { Group } from '../../../shared/fields/filter.ts'
import { Button, Choice, EmptyState, LinkButton } from '../../design/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { Page, Section } from '../../frame/page.tsx'
import { WhenComplete } from '../../frame/when-complete.tsx'
import { labelOf } from '../../i18n/index.ts'
import { infosOf } from '../../lists/query.ts'
import { useFields } from '../../lists/use-list.ts'
import { openValueCache } from '../../lists/value-cache.ts'
import { followPaced } from '../../replica/index.ts'
import { t as clientTexts } from '../clients/texts.ts'
import styles from './completeness.module.css'
import { FieldsDialog } from './fields-dialog.tsx'
import { ShareRow } from './share-row.tsx'
import { t } from './texts.ts'
import { useControlled } from './use-controlled.ts'

export const CompletenessPage = () => {
  const replica = useReplica()
  const [type, setType] = useState<ControlledType>('client')
  const [choosing, setChoosing] = useState(false)
  const { infos, sources } = useFields(replica, type)
  const chosen = useControlled(replica, type)
  const keys = useMemo(
    () =>
      chosen?.filter((key) => key === contactWay || infos.some((info) => info.key === key)) ?? null,
    [chosen, infos],
  )
  const { base } = replica
  const cache = useMemo(() => openValueCache(base, type), [base, type])
  useEffect(() => () => cache.close(), [cache])
  const [counted, setCounted] = useState<{ type: ControlledType; report: Report } | null>(null)
  useEffect(() => {
    if (!keys) return
    let over = false
    const end = followPaced(
      base,
      type,
      async () => {
        const { add, report } = openReport(keys)
        // Those in the trash and merged ones have no place in this index.
        const ids = (await base.table(type).orderBy('sortName').primaryKeys()) as string[] // ids are strings
        const wanted = infosOf(fieldsOfKeys(keys), infos)
        await cache.each(
          ids,
          wanted,
          (_, values) => values && add(values),
          () => over,
        )
        return report
      },
      (report) => {
        if (!over) setCounted({ type, report })
      },
    )
    return () => {
      over = true
      end()
    }
  }, [base, cache, type, keys, infos])
  const report = counted?.type === type ? counted.report : null
  const root = type === 'client' ? '/clients' : '/persons'
  const linkTo = (filter: Group) => `${root}?filter=${encodeURIComponent(JSON.stringify(filter))}`
  const labelOfKey = (key: string) =>
    labelOf(infos.find((info) => info.key === key)?.label ?? contactWayLabel)
  const nameOf = (id: string | null) =>
    id === null ? t('nobody') : (sources.employees.get(id)?.name ?? t('former'))
  return (
    <Page
      title={t('title')}
      back="/clients"
      width="wide"
      actions={
        replica.subject.value.administrator && (
          <Button icon={SlidersHorizontal} onClick={() => setChoosing(true)}>
            {t('choose')}
          </Button>
        )
      }
    >
      <Choice
        label={t('which')}
        value={type}
        onValue={setType}
        options={[
          { value: 'client', label: t('client') },
          { value: 'person', label: t('person') },
        ]}
      />
      {!report || !keys ? (
        <p class="meta" role="status">
          {t('counting')}
        </p>
      ) : report.all.records === 0 ? (
        <WhenComplete
          isMissing={async () =>
            (await base.table(type).orderBy('sortName').limit(1).count()) === 0
          }
        >
          <EmptyState
            icon={ClipboardCheck}
            title={t('empty.title')}
            text={t('empty.text')}
            action={
              <LinkButton kind="primary" icon={Plus} href={`${root}/new`}>
                {clientTexts(type === 'client' ? 'clients.new' : 'client.persons.new')}
              </LinkButton>
            }
          />
        </WhenComplete>
      ) : (
        <>
          <div class={styles.whole} role="status">
            <b class={styles.big}>{t('all', { share: percent(report.all) })}</b>
            {report.all.lacking > 0 ? (
              <Link class="link" href={linkTo(lackingFilter(type, keys))}>
                {t('records', { count: report.all.lacking })}
              </Link>
            ) : (
              <span>{t('whole')}</span>
            )}
          </div>
          <Section title={t('byField')}>
            <ul class={styles.list} aria-label={t('byField')}>
              {[...report.byField]
                .sort(([, a], [, b]) => b.missing - a.missing)
                .map(([key, { asked, missing }]) => (
                  <ShareRow
                    key={key}
                    name={labelOfKey(key)}
                    share={percent({ asked, filled: asked - missing })}
                    words={missing > 0 ? t('missing', { count: missing }) : ''}
                    href={missing > 0 ? linkTo(lackingFilter(type, [key])) : null}
                  />
                ))}
            </ul>
          </Section>
          <Section title={t('byManager')}>
            <ul class={styles.list} aria-label={t('byManager')}>
              {[...report.byManager]
                .sort(([, a], [, b]) => percent(a) - percent(b) || b.lacking - a.lacking)
                .map(([id, share]) => (
                  <ShareRow
                    key={id}
                    name={nameOf(id)}
                    share={percent(share)}
                    words={t('lacking', { lacking: share.lacking, records: share.records })}
                    href={share.lacking > 0 ? linkTo(lackingFilter(type, keys, id)) : null}
                  />
                ))}
            </ul>
          </Section>
        </>
      )}
      {choosing && keys && (
        <FieldsDialog
          replica={replica}
          type={type}
          infos={infos}
          keys={keys}
          onClose={() => setChoosing(false)}
        />
      )}
    </Page>
  )
}
