import { Sparkles } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { isInn } from '../../../shared/inn.ts'
import { ok } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { ClientRow } from '../../../shared/records/client.ts'
import { Button, showToast } from '../../design/index.ts'
import type { Replica } from '../../replica/index.ts'
import { personsOf } from '../clients/client-queries.ts'
import styles from './fill-dialog.module.css'
import { FillDialog, type FillProps } from './fill-dialog.tsx'
import { type Head, headWrite } from './head.ts'
import { t } from './texts.ts'

/** On the card of a client: what is chosen is written at once. */
export const FillButton = ({ client, replica }: { client: ClientRow; replica: Replica }) => (
  <Ask
    card={client}
    inn={client.inn ?? ''}
    replica={replica}
    persons={async () => (await personsOf(replica.base, client.id)).map(({ name }) => name)}
    onFill={async (patch, head) => {
      const result = await replica.writeAll([
        { type: 'client', id: client.id, patch },
        ...(head ? [headWrite(head, client, replica.session.user.id)] : []),
      ])
      if (result.ok) showToast({ text: t('done') })
      return result
    }}
  />
)

interface FillNewButtonProps extends Pick<FillProps, 'card' | 'inn' | 'replica'> {
  onFill: (patch: Patch, head: Head | null) => void
}

/** In the form of a new client: what is chosen waits there with the rest. */
export const FillNewButton = ({ onFill, ...props }: FillNewButtonProps) => (
  <Ask
    {...props}
    persons={async () => []}
    onFill={async (patch, head) => {
      onFill(patch, head)
      return ok(null)
    }}
  />
)

/** Beside an ИНН whose check digits agree. */
const Ask = (props: FillProps) => {
  /** The ИНН that is asked for: the card may change under the open dialog. */
  const [asked, setAsked] = useState<string | null>(null)
  const { inn } = props
  if (!isInn(inn)) return null
  return (
    <>
      <Button icon={Sparkles} kind="quiet" class={styles.ask} onClick={() => setAsked(inn)}>
        {t('fill')}
      </Button>
      {asked !== null && <FillDialog {...props} inn={asked} onClose={() => setAsked(null)} />}
    </>
  )
}
