/** Клиенты → Классы ABC/XYZ (F75): how many clients are in each class, and by which rules. */
import { ChartPie, SlidersHorizontal } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { Group } from '../../../shared/fields/filter.ts'
import type { AbcClass, XyzClass } from '../../../shared/interests/classes.ts'
import { Button, EmptyState, LinkButton } from '../../design/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { Page } from '../../frame/page.tsx'
import { WhenComplete } from '../../frame/when-complete.tsx'
import { type Classes, readRules } from '../../lists/read-classes.ts'
import { useClasses } from '../../lists/use-classes.ts'
import { useLive } from '../../replica/index.ts'
import styles from './classes.module.css'
import { RulesDialog } from './rules-dialog.tsx'
import { t } from './texts.ts'

const rows: readonly AbcClass[] = ['a', 'b', 'c']
const columns: readonly XyzClass[] = ['x', 'y', 'z']

export const ClassesPage = () => {
  const replica = useReplica()
  const [setting, setSetting] = useState(false)
  const rules = useLive(() => readRules(replica.base), [replica], null).value
  const classes = useClasses(replica, true)
  return (
    <Page
      title={t('title')}
      back="/clients"
      width="wide"
      actions={
        rules &&
        replica.subject.value.administrator && (
          <Button icon={SlidersHorizontal} onClick={() => setSetting(true)}>
            {t('set')}
          </Button>
        )
      }
    >
      {rules && (
        <p class="meta">
          {t('period', { count: rules.months })} {t(`whose.${rules.whose}`)} A: {t('a.hint', rules)}
          , B: {t('b.hint', rules)}, C: {t('c.hint')}. X: {t('x.hint', rules)}, Y:{' '}
          {t('y.hint', rules)}, Z: {t('z.hint')}.
        </p>
      )}
      {!classes ? (
        <p class="meta" role="status">
          {t('counting')}
        </p>
      ) : classes.size === 0 ? (
        <WhenComplete isMissing={async () => true}>
          <EmptyState
            icon={ChartPie}
            title={t('empty.title')}
            text={t('empty.text')}
            action={<LinkButton href="/interests">{t('empty.do')}</LinkButton>}
          />
        </WhenComplete>
      ) : (
        <Matrix classes={classes} />
      )}
      {setting && rules && (
        <RulesDialog replica={replica} rules={rules} onClose={() => setSetting(false)} />
      )}
    </Page>
  )
}

const linkTo = (abc: AbcClass | null, xyz: XyzClass | null): string => {
  const filter: Group = {
    join: 'all',
    of: [
      ...(abc ? [{ field: 'abc', op: 'is' as const, value: [abc] }] : []),
      ...(xyz ? [{ field: 'xyz', op: 'is' as const, value: [xyz] }] : []),
    ],
  }
  return `/clients?filter=${encodeURIComponent(JSON.stringify(filter))}`
}

const Matrix = ({ classes }: { classes: Classes }) => {
  const all = [...classes.values()]
  const cell = (abc: AbcClass | null, xyz: XyzClass | null) => {
    const found = all.filter(
      (one) => (abc === null || one.abc === abc) && (xyz === null || one.xyz === xyz),
    )
    const share = found.reduce((sum, one) => sum + one.share, 0)
    const name = `${abc ?? ''}${xyz ?? ''}`.toUpperCase()
    return (
      <td key={xyz} class={styles.count}>
        {found.length === 0 ? (
          '—'
        ) : (
          <>
            <Link class="link" href={linkTo(abc, xyz)} title={t('cell', { cell: name })}>
              {t('clients', { count: found.length })}
            </Link>
            <br />
            <span class="meta">{t('share', { share: Math.round(share) })}</span>
          </>
        )}
      </td>
    )
  }
  const letter = (one: AbcClass | XyzClass) => (
    <span class={styles.letter}>{one.toUpperCase()}</span>
  )
  return (
    <table class={styles.matrix}>
      <caption class="visually-hidden">{t('title')}</caption>
      <thead>
        <tr>
          <td />
          {columns.map((one) => (
            <th key={one} scope="col">
              {letter(one)}
            </th>
          ))}
          <th scope="col">{t('all')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((abc) => (
          <tr key={abc}>
            <th scope="row">{letter(abc)}</th>
            {columns.map((xyz) => cell(abc, xyz))}
            {cell(abc, null)}
          </tr>
        ))}
        <tr>
          <th scope="row">{t('all')}</th>
          {columns.map((xyz) => cell(null, xyz))}
          <td class={styles.count}>{t('clients', { count: all.length })}</td>
        </tr>
      </tbody>
    </table>
  )
}
