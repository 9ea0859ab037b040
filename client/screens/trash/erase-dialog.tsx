/** «Стереть»: what goes with it, and the name typed by hand, since nobody can take it back. */
import { useState } from 'preact/hooks'
import { Button, Dialog, Field, Input, Switch, showToast } from '../../design/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { Replica } from '../../replica/index.ts'
import { api } from '../../session/index.ts'
import { t } from './texts.ts'

interface EraseDialogProps {
  table: 'client' | 'person' | 'interest' | 'contract' | 'task'
  record: { id: string; name: string }
  replica: Replica
  onClose: () => void
  onErased?: () => void
}

export const EraseDialog = ({ table, record, replica, onClose, onErased }: EraseDialogProps) => {
  const { id, name } = record
  const [typed, setTyped] = useState('')
  const [persons, setPersons] = useState(table === 'client')
  const [messages, setMessages] = useState(true)
  const [interests, setInterests] = useState(true)
  const [contracts, setContracts] = useState(true)
  const [error, setError] = useState<string>()
  const [busy, setBusy] = useState(false)
  const offline = replica.status.value.state === 'offline'
  const submit = async () => {
    if (typed.trim() !== name.trim()) return setError(t('erase.wrong'))
    setBusy(true)
    const answer = await api.erase({
      record: id,
      confirm: typed,
      persons,
      messages,
      interests,
      contracts: table === 'client' && contracts,
    })
    setBusy(false)
    if (!answer.ok) return setError(reasonText(answer.reason))
    showToast({ text: t('erase.done', { name }) })
    onClose()
    onErased?.()
  }
  return (
    <Dialog
      title={t('erase.title', { name })}
      onClose={onClose}
      onSubmit={submit}
      footer={
        <Button kind="danger" type="submit" busy={busy} disabled={offline}>
          {t('erase.menu')}
        </Button>
      }
    >
      <p>{t('erase.text')}</p>
      {offline && <p role="status">{t('erase.online')}</p>}
      {table === 'client' && (
        <Switch label={t('erase.persons')} checked={persons} onChecked={setPersons} />
      )}
      {(table === 'client' || table === 'person') && (
        <>
          <Switch label={t('erase.messages')} checked={messages} onChecked={setMessages} />
          <Switch
            label={t('erase.interests')}
            hint={t('erase.interestsHint')}
            checked={interests}
            onChecked={setInterests}
          />
        </>
      )}
      {table === 'client' && (
        <Switch
          label={t('erase.contracts')}
          hint={t('erase.contractsHint')}
          checked={contracts}
          onChecked={setContracts}
        />
      )}
      <Field label={t('erase.confirm', { name })} error={error} required>
        {(control) => (
          <Input
            {...control}
            value={typed}
            onValue={(value) => {
              setTyped(value)
              setError(undefined)
            }}
            autocomplete="off"
            autofocus
          />
        )}
      </Field>
    </Dialog>
  )
}
