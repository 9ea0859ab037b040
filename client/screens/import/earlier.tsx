/** Imports made before, newest first, each to be undone. */
import { useState } from 'preact/hooks'
import { Button, classNames, Dialog } from '../../design/index.ts'
import { formatDateTime } from '../../format/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { Rows, Section } from '../../frame/page.tsx'
import { workTypes } from '../../import/plan.ts'
import { type StoredRow, useLive } from '../../replica/index.ts'
import styles from './import.module.css'
import { ProgressBar } from './progress-bar.tsx'
import { t } from './texts.ts'
import type { Wizard } from './wizard.ts'

type Import = StoredRow<'import'>

export const Earlier = ({ wizard }: { wizard: Wizard }) => {
  const replica = useReplica()
  const [undoing, setUndoing] = useState<Import | null>(null)
  const imports = useLive<Import[]>(
    async () => await replica.base.import.orderBy('at').reverse().toArray(),
    [replica],
    [],
  ).value
  if (imports.length === 0) return null
  return (
    <Section title={t('earlier')}>
      <Rows>
        {imports.map((each) => (
          <li key={each.id} class={styles.earlier}>
            <div class={styles.earlierWords}>
              <b class={classNames('ellipsis', styles.earlierLine)}>{each.name}</b>
              <span class={classNames('meta', styles.earlierLine)}>
                {formatDateTime(each.at)} · {contentOf(each)} ·{' '}
                {t(`state.${stateOf(wizard, each)}`)}
                {countsOf(each) && ` · ${countsOf(each)}`}
              </span>
            </div>
            {(each.state === 'done' || each.state === 'cancelled') && (
              <Button kind="quiet" onClick={() => setUndoing(each)}>
                {t('undo')}
              </Button>
            )}
          </li>
        ))}
      </Rows>
      {undoing && (
        <UndoDialog
          wizard={wizard}
          id={undoing.id}
          name={undoing.name}
          onClose={() => setUndoing(null)}
          onDone={() => setUndoing(null)}
        />
      )}
    </Section>
  )
}

/** What was interrupted here stays «running» in its record until somebody goes on or gives it up. */
const stateOf = ({ interrupted }: Wizard, { id, state }: Import) =>
  state === 'running' && interrupted.value?.id === id ? 'waiting' : state

/** Earlier programs loaded nothing else. */
const contentOf = ({ options }: Import): string =>
  t(`content.${workTypes.find((type) => type === options?.content) ?? 'contact'}`)

const countsOf = ({ state, counts = {} }: Import): string => {
  const count = (name: string) => Number(counts[name] ?? 0)
  if (state === 'undone')
    return t('counts.undone', {
      removed: count('removed'),
      restored: count('restored'),
      kept: count('kept'),
    })
  return state === 'running'
    ? ''
    : t('counts.loaded', { create: count('create'), change: count('change') })
}

interface UndoProps {
  wizard: Wizard
  id: string
  name: string
  onClose: () => void
  onDone: () => void
}

export const UndoDialog = ({ wizard, id, name, onClose, onDone }: UndoProps) => {
  const isBusy = wizard.busy.value === 'undo'
  return (
    <Dialog
      title={t('undo.sure', { name })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose} disabled={isBusy}>
            {t('undo.keep')}
          </Button>
          <Button
            kind="primary"
            busy={isBusy}
            onClick={async () => {
              await wizard.undo(id)
              onDone()
            }}
          >
            {t('undo')}
          </Button>
        </>
      }
    >
      <p>{t('undo.text')}</p>
      {isBusy && <ProgressBar wizard={wizard} />}
    </Dialog>
  )
}
