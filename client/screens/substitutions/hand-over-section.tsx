import { UsersRound } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Button, Dialog, Field, Select, Switch, showToast } from '../../design/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { Section } from '../../frame/page.tsx'
import { reasonText } from '../../i18n/reasons.ts'
import { type Replica, useLive, type Write } from '../../replica/index.ts'
import styles from '../settings/settings.module.css'
import { useEmployees } from '../settings/use-mail-accounts.ts'
import {
  type HandedType,
  handedTypes,
  handOverWrites,
  recordsOf,
  takeBackWrites,
} from './hand-over.ts'
import { t } from './texts.ts'

/** «Передать дела»: everything an employee answers for gets a new responsible. */
export const HandOverSection = ({ employee }: { employee: string }) => {
  const [open, setOpen] = useState(false)
  return (
    <Section
      title={t('hand.title')}
      hint={t('hand.hint')}
      actions={
        <Button icon={UsersRound} onClick={() => setOpen(true)}>
          {t('hand.start')}
        </Button>
      }
    >
      {open && <HandOverDialog from={employee} onClose={() => setOpen(false)} />}
    </Section>
  )
}

/** Written together; a transaction of more would hold up what is typed meanwhile. */
const atOnce = 500

const writeInSteps = async (replica: Replica, writes: readonly Write[]) => {
  for (let at = 0; at < writes.length; at += atOnce) {
    const result = await replica.writeAll(writes.slice(at, at + atOnce))
    if (!result.ok) return result
  }
  return { ok: true as const }
}

const HandOverDialog = ({ from, onClose }: { from: string; onClose: () => void }) => {
  const replica = useReplica()
  const { base } = replica
  const colleagues = useEmployees().value.filter(
    ({ id, state }) => id !== from && state !== 'blocked',
  )
  const [to, setTo] = useState('')
  const [left, setLeft] = useState<readonly HandedType[]>([])
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const counts = useLive<Record<HandedType, number> | null>(
    async () => {
      const found = await Promise.all(
        handedTypes.map(async (type) => [type, (await recordsOf(base, type, from)).length]),
      )
      return Object.fromEntries(found) as Record<HandedType, number> // one for each type
    },
    [base, from],
    null,
  ).value
  const chosen = handedTypes.filter((type) => counts?.[type] && !left.includes(type))
  const total = chosen.reduce((sum, type) => sum + (counts?.[type] ?? 0), 0)

  const handOver = async () => {
    if (to === '') return setError(t('noDeputy'))
    setBusy(true)
    const before = new Map<HandedType, Awaited<ReturnType<typeof recordsOf>>>()
    for (const type of chosen) before.set(type, await recordsOf(base, type, from))
    const writes = [...before].flatMap(([type, records]) => handOverWrites(type, records, from, to))
    const result = await writeInSteps(replica, writes)
    setBusy(false)
    if (!result.ok) return setError(reasonText(result.reason))
    onClose()
    showToast({
      text: t('hand.done', { count: writes.length }),
      undo: async () => {
        for (const [type, records] of before) {
          const rows = await base[type].bulkGet(records.map(({ id }) => id))
          const now = new Map(rows.flatMap((row) => (row ? [[row.id, row] as const] : [])))
          const undone = await writeInSteps(replica, takeBackWrites(type, records, now, from, to))
          if (!undone.ok) showToast({ text: reasonText(undone.reason) })
        }
      },
    })
  }
  return (
    <Dialog
      title={t('hand.title')}
      onClose={onClose}
      onSubmit={handOver}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy} disabled={total === 0}>
            {t('hand.start')}
          </Button>
        </>
      }
    >
      <Field label={t('hand.to')} error={error} required>
        {(control) => (
          <Select
            {...control}
            value={to}
            onValue={(user) => {
              setTo(user)
              setError(null)
            }}
            options={[
              { value: '', label: t('choose') },
              ...colleagues.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
      </Field>
      <fieldset>
        <legend class={styles.legend}>{t('parts')}</legend>
        {counts &&
          handedTypes.map((type) => (
            <Switch
              key={type}
              look="tick"
              label={`${t(`hand.${type}`)}: ${counts[type]}`}
              disabled={counts[type] === 0}
              checked={chosen.includes(type)}
              onChecked={(on) =>
                setLeft(on ? left.filter((each) => each !== type) : [...left, type])
              }
            />
          ))}
      </fieldset>
      <p class="meta">
        {t(counts && total === 0 && left.length === 0 ? 'hand.nothing' : 'hand.visible')}
      </p>
    </Dialog>
  )
}
