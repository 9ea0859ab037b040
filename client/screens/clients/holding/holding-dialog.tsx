/** Makes a client part of a holding: with the company above it, or with one in it, known or new (F67). */
import { Plus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { ClientRow } from '../../../../shared/records/client.ts'
import { Button, Choice, Dialog } from '../../../design/index.ts'
import type { Replica } from '../../../replica/index.ts'
import { ContactPicker } from '../contact-picker.tsx'
import { NewClientDialog } from '../new-client-dialog.tsx'
import related from '../related.module.css'
import { put } from './holding.tsx'
import { t } from './texts.ts'

interface HoldingDialogProps {
  client: ClientRow
  replica: Replica
  onClose: () => void
}

type Place = 'inside' | 'above'

export const HoldingDialog = ({ client, replica, onClose }: HoldingDialogProps) => {
  const [place, setPlace] = useState<Place>('inside')
  const [creating, setCreating] = useState(false)
  const join = async (other: string) => {
    const done =
      place === 'inside'
        ? await put(replica, other, client.id)
        : await put(replica, client.id, other)
    if (done) onClose()
  }
  if (creating)
    return (
      <NewClientDialog
        replica={replica}
        draft={`new-client:${place}:${client.id}`}
        {...(place === 'inside' && { initial: { also: { parent: client.id } } })}
        onClose={onClose}
        onCreated={({ id }) => (place === 'above' ? join(id) : onClose())}
      />
    )
  return (
    <Dialog title={t('dialog', { name: client.name })} onClose={onClose}>
      <Choice
        label={t('place')}
        value={place}
        onValue={setPlace}
        options={[
          { value: 'inside', label: t('place.inside') },
          { value: 'above', label: t('place.above') },
        ]}
      />
      <ContactPicker
        table="client"
        replica={replica}
        except={client.id}
        onPick={({ id }) => join(id)}
      />
      <div class={related.buttons}>
        <Button icon={Plus} onClick={() => setCreating(true)}>
          {t('create')}
        </Button>
      </div>
    </Dialog>
  )
}
