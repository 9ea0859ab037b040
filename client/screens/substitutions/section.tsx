import { UserRoundCheck } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { handedParts, isRunning, partsOf } from '../../../shared/substitutions.ts'
import { Avatar, Badge, Button, classNames, showToast } from '../../design/index.ts'
import { formatDate } from '../../format/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { Rows, Section } from '../../frame/page.tsx'
import { labelOf } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import styles from '../settings/settings.module.css'
import { type Employee, useEmployees } from '../settings/use-mail-accounts.ts'
import { AppointDialog } from './appoint-dialog.tsx'
import { lastDayBefore } from './days.ts'
import own from './substitutions.module.css'
import { t } from './texts.ts'
import { type Substitution, useSubstitutions } from './use-substitutions.ts'

/** Absences of an employee, and who stands in for them (F283). */
export const SubstitutionSection = ({ employee }: { employee: string }) => {
  const [appointing, setAppointing] = useState(false)
  const running = useSubstitutions().filter(({ absent }) => absent === employee)
  return (
    <Section
      title={t('title')}
      hint={t('hint')}
      actions={
        <Button icon={UserRoundCheck} onClick={() => setAppointing(true)}>
          {t('appoint')}
        </Button>
      }
    >
      {running.length === 0 ? (
        <p class="meta">{t('none')}</p>
      ) : (
        <Rows>
          {running.map((one) => (
            <Line key={one.id} one={one} who="deputy" />
          ))}
        </Rows>
      )}
      {appointing && <AppointDialog absent={employee} onClose={() => setAppointing(false)} />}
    </Section>
  )
}

/** Whom the user stands in for, where there is anybody. */
export const StandingInSection = () => {
  const { session } = useReplica()
  const mine = useSubstitutions().filter(({ deputy }) => deputy === session.user.id)
  if (mine.length === 0) return null
  return (
    <Section title={t('you.title')} hint={t('you.hint')}>
      <Rows>
        {mine.map((one) => (
          <Line key={one.id} one={one} who="absent" />
        ))}
      </Rows>
    </Section>
  )
}

const Line = ({ one, who }: { one: Substitution; who: 'deputy' | 'absent' }) => {
  const replica = useReplica()
  const name = useEmployees().value.find(({ id }) => id === one[who])?.name ?? '…'
  const runs = isRunning(one, Date.now())
  /** Early, and taken back where one thinks better of it. */
  const end = async () => {
    const { id, from, to } = one
    const now = Date.now()
    const result = await replica.write('substitution', id, { to: runs ? now : from })
    if (!result.ok) return void showToast({ text: reasonText(result.reason) })
    showToast({
      text: t(runs ? 'returned' : 'takenBack'),
      undo: () => replica.write('substitution', id, { to }),
    })
  }
  const words = [
    t('term', { from: formatDate(one.from), until: formatDate(lastDayBefore(one.to)) }),
    ...(one.parts ? [...partsOf(one)].map((part) => labelOf(handedParts[part])) : []),
    one.note,
  ]
  return (
    <li class={styles.row}>
      <Avatar name={name} />
      <span class={classNames(styles.rowWords, own.words)}>
        <b class="ellipsis">{who === 'deputy' ? t('by', { name }) : name}</b>
        <span class="meta ellipsis">{words.filter(Boolean).join(' · ')}</span>
      </span>
      <span class={own.ends}>
        <Badge kind={runs ? 'green' : 'quiet'}>{t(runs ? 'running' : 'planned')}</Badge>
        {who === 'deputy' && (
          <Button kind="quiet" onClick={end}>
            {t(runs ? 'returnNow' : 'takeBack')}
          </Button>
        )}
      </span>
    </li>
  )
}

interface BadgesProps {
  employee: string
  employees: readonly Employee[]
  substitutions: readonly Substitution[]
}

/** In lists of employees: who is away, and who does their work meanwhile. */
export const SubstitutionBadges = ({ employee, employees, substitutions }: BadgesProps) => {
  const now = Date.now()
  const nameOf = (user: string) => employees.find(({ id }) => id === user)?.name ?? '…'
  const badges = substitutions.flatMap((one) => {
    if (!isRunning(one, now)) return []
    const until = formatDate(lastDayBefore(one.to))
    if (one.absent === employee)
      return [
        <Badge key={one.id} title={t('by', { name: nameOf(one.deputy) })}>
          {t('away', { date: until })}
        </Badge>,
      ]
    return one.deputy === employee
      ? [
          <Badge key={one.id} kind="accent" title={t('away', { date: until })}>
            {t('instead', { name: nameOf(one.absent) })}
          </Badge>,
        ]
      : []
  })
  return badges.length > 0 ? <span class={own.badges}>{badges}</span> : null
}
