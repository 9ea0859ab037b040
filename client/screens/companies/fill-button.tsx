import { Sparkles } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { isInn } from '../../../shared/inn.ts'
import type { ClientRow } from '../../../shared/records/client.ts'
import { Button } from '../../design/index.ts'
import type { Replica } from '../../replica/index.ts'
import { FillDialog } from './fill-dialog.tsx'
import { t } from './texts.ts'

/** Beside an ИНН whose check digits agree; with no network it says why it cannot be pressed. */
export const FillButton = ({ client, replica }: { client: ClientRow; replica: Replica }) => {
  /** The ИНН that is asked for: the card may change under the open dialog. */
  const [asked, setAsked] = useState<string | null>(null)
  const { inn } = client
  if (inn === undefined || !isInn(inn)) return null
  const offline = replica.status.value.state === 'offline'
  return (
    <>
      <Button
        icon={Sparkles}
        kind="quiet"
        disabled={offline}
        title={offline ? t('offline') : undefined}
        onClick={() => setAsked(inn)}
      >
        {t('fill')}
      </Button>
      {asked !== null && (
        <FillDialog client={client} inn={asked} replica={replica} onClose={() => setAsked(null)} />
      )}
    </>
  )
}
