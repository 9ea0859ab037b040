/** Клиенты → Портрет клиента (F75): what all clients, or those of a segment, have in common. */
import { Plus, SlidersHorizontal, UserRoundSearch } from 'lucide-preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { useLocation, useSearch } from 'wouter-preact'
import type { FieldInfo } from '../../../shared/fields/fields.ts'
import { fieldsRead, inSegment } from '../../../shared/fields/filter.ts'
import {
  byFrequency,
  openPortrait,
  type Portrait,
  portraitKeys,
  shareOf,
  spreadOf,
  type Trait,
  traitFilter,
} from '../../../shared/fields/portrait.ts'
import { type Names, wordsOf } from '../../../shared/fields/words.ts'
import { Button, EmptyState, LinkButton, Select } from '../../design/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { Page, Section } from '../../frame/page.tsx'
import { WhenComplete } from '../../frame/when-complete.tsx'
import { labelOf } from '../../i18n/index.ts'
import { infosOf } from '../../lists/query.ts'
import { useFields, useFilterContext, useNames } from '../../lists/use-list.ts'
import { openValueCache } from '../../lists/value-cache.ts'
import { followPaced, useLive } from '../../replica/index.ts'
import { t as clientTexts } from '../clients/texts.ts'
import completeness from '../completeness/completeness.module.css'
import { ShareRow } from '../completeness/share-row.tsx'
import styles from './portrait.module.css'
import { PortraitDialog } from './portrait-dialog.tsx'
import { t } from './texts.ts'

/** Values of a characteristic seen at first. */
const shownAtFirst = 6

export const PortraitPage = () => {
  const replica = useReplica()
  const { base } = replica
  const [, navigate] = useLocation()
  const [choosing, setChoosing] = useState(false)
  const asked = new URLSearchParams(useSearch()).get('segment')
  const kept = useLive(() => base.completeness.toArray(), [base], null).value
  const keys = useMemo(() => kept && portraitKeys(kept), [kept])
  const asksClasses = choosing || keys?.some((key) => key === 'abc' || key === 'xyz') === true
  const { infos, sources, isReady } = useFields(replica, 'client', asksClasses)
  const segment = asked !== null && sources.segments?.has(asked) ? asked : null
  const context = useFilterContext(replica, sources)
  const names = useNames(sources)
  const traits = useMemo(
    () => keys?.flatMap((key) => infos.find((info) => info.key === key) ?? []) ?? null,
    [keys, infos],
  )
  const cache = useMemo(() => openValueCache(base, 'client'), [base])
  useEffect(() => () => cache.close(), [cache])
  const [drawn, setDrawn] = useState<{ segment: string | null; portrait: Portrait } | null>(null)
  useEffect(() => {
    if (!traits || !isReady) return
    let over = false
    const end = followPaced(
      base,
      'client',
      async () => {
        const { add, portrait } = openPortrait(
          traits,
          segment ? inSegment(segment, infos, context) : () => true,
        )
        // Those in the trash and merged ones have no place in this index.
        const ids = (await base.client.orderBy('sortName').primaryKeys()) as string[] // ids are strings
        const read = segment
          ? fieldsRead({ field: 'segments', op: 'is', value: [segment] }, context)
          : []
        await cache.each(
          ids,
          infosOf([...new Set([...traits.map(({ key }) => key), ...read])], infos),
          (_, values) => values && add(values),
          () => over,
        )
        return portrait
      },
      (portrait) => {
        if (!over) setDrawn({ segment, portrait })
      },
    )
    return () => {
      over = true
      end()
    }
  }, [base, cache, traits, segment, infos, context, isReady])
  const portrait = drawn?.segment === segment ? drawn.portrait : null
  const segments = [...(sources.segments?.values() ?? [])]
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
      <p class="meta">{t('intro')}</p>
      {segments.length > 0 && (
        <div class={styles.whose}>
          <Select
            aria-label={t('whose')}
            value={segment ?? ''}
            onValue={(id) => navigate(`/clients/portrait${id && `?segment=${id}`}`)}
            options={[
              { value: '', label: t('everyone') },
              ...segments
                .sort((a, b) => a.name.localeCompare(b.name, 'ru'))
                .map(({ id, name }) => ({ value: id, label: t('segment', { name }) })),
            ]}
          />
        </div>
      )}
      {!portrait || !traits ? (
        <p class="meta" role="status">
          {t('counting')}
        </p>
      ) : portrait.records.all === 0 ? (
        <WhenComplete
          isMissing={async () => (await base.client.orderBy('sortName').limit(1).count()) === 0}
        >
          <EmptyState
            icon={UserRoundSearch}
            title={t('empty.title')}
            text={t('empty.text')}
            action={
              <LinkButton kind="primary" icon={Plus} href="/clients/new">
                {clientTexts('clients.new')}
              </LinkButton>
            }
          />
        </WhenComplete>
      ) : portrait.records.group === 0 ? (
        <EmptyState
          icon={UserRoundSearch}
          title={t('nobody.title')}
          text={t('nobody.text')}
          action={<LinkButton href="/clients/portrait">{t('everyone')}</LinkButton>}
        />
      ) : traits.length === 0 ? (
        <EmptyState icon={UserRoundSearch} title={t('nothing.title')} text={t('nothing.text')} />
      ) : (
        <>
          <p class={completeness.whole} role="status">
            <b class={completeness.big}>{t('clients', { count: portrait.records.group })}</b>
          </p>
          {traits.map((info) => {
            const trait = portrait.traits.get(info.key)
            return (
              trait && (
                <TraitSection
                  key={info.key}
                  info={info}
                  trait={trait}
                  records={portrait.records}
                  names={names}
                  segment={segment}
                />
              )
            )
          })}
        </>
      )}
      {choosing && keys && (
        <PortraitDialog
          replica={replica}
          infos={infos}
          keys={keys}
          onClose={() => setChoosing(false)}
        />
      )}
    </Page>
  )
}

interface TraitSectionProps {
  info: FieldInfo
  trait: Trait
  records: Portrait['records']
  names: Names
  /** Whose portrait it is; null: everyone's. */
  segment: string | null
}

const TraitSection = ({ info, trait, records, names, segment }: TraitSectionProps) => {
  const [all, setAll] = useState(false)
  const found = byFrequency(trait)
  const shown = all ? found : found.slice(0, shownAtFirst)
  const spread = spreadOf(trait.numbers)
  const unknown = records.group - trait.filled.group
  const linkTo = (value: string | null) =>
    `/clients?filter=${encodeURIComponent(JSON.stringify(traitFilter(info, value, segment)))}`
  const words = (group: number, of: number) => {
    const clients = t('clients', { count: group })
    // Compared with itself a group tells nothing.
    return segment ? t('among', { clients, share: shareOf(of, records.all) }) : clients
  }
  const nameOf = (value: string): string => {
    if (info.kind === 'yesNo') return wordsOf(info, true, names)
    return wordsOf(info, info.kind === 'manyOf' || info.kind === 'tags' ? [value] : value, names)
  }
  return (
    <Section title={labelOf(info.label)}>
      {spread && (
        <p>
          {t('numbers', {
            least: wordsOf(info, spread.least, names),
            middle: wordsOf(info, spread.middle, names),
            most: wordsOf(info, spread.most, names),
          })}
        </p>
      )}
      <ul class={completeness.list}>
        {shown.map(([value, { group, all: of }]) => (
          <ShareRow
            key={value}
            name={nameOf(value)}
            share={shareOf(group, records.group)}
            words={words(group, of)}
            href={linkTo(value)}
          />
        ))}
        {unknown > 0 && (
          <ShareRow
            name={t(info.kind === 'yesNo' ? 'not' : 'unknown')}
            share={shareOf(unknown, records.group)}
            words={words(unknown, records.all - trait.filled.all)}
            href={linkTo(null)}
          />
        )}
      </ul>
      {shown.length < found.length && (
        <Button kind="quiet" onClick={() => setAll(true)}>
          {t('more', { count: found.length - shown.length })}
        </Button>
      )}
    </Section>
  )
}
