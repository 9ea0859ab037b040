/** A connected mailbox: its health, settings edited in place, password, pause, disconnection. */
import { MailX } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import type { Patch } from '../../../shared/records/change.ts'
import { rights } from '../../../shared/rights.ts'
import {
  Button,
  Dialog,
  EmptyState,
  Field,
  Input,
  LinkButton,
  Switch,
  showToast,
  Textarea,
} from '../../design/index.ts'
import { useReplica, useSession } from '../../frame/app-context.ts'
import { Page, Section } from '../../frame/page.tsx'
import { reasonText } from '../../i18n/reasons.ts'
import { OfKept } from '../../replica/index.ts'
import { type ApiResult, api } from '../../session/index.ts'
import { AccessFields, ResponsibleField } from './account-fields.tsx'
import { Health } from './health.tsx'
import { t } from './mail-texts.ts'
import { PasswordDialog } from './password-dialog.tsx'
import { Quarantine } from './quarantine.tsx'
import styles from './settings.module.css'
import { type Account, useEmployees, useMailAccounts } from './use-mail-accounts.ts'

export const AccountPage = ({ id }: { id: string }) => {
  const replica = useReplica()
  const accounts = useMailAccounts().value
  const account = accounts.find((row) => row.id === id)
  if (!account)
    return (
      <EmptyState
        icon={MailX}
        title={t('account.gone.title')}
        text={t('account.gone.text')}
        action={<LinkButton href="/settings/mail">{t('mail.title')}</LinkButton>}
      />
    )
  const mayChange = rights(replica.subject.value, { ...account }, { ...account }) === null
  return (
    <Page title={account.address} back="/settings/mail">
      <Connection account={account} mayChange={mayChange} />
      {mayChange ? <Settings account={account} /> : <p class="meta">{t('account.readOnly')}</p>}
      {replica.subject.value.administrator && <Quarantine account={account} />}
    </Page>
  )
}

const Connection = ({ account, mayChange }: { account: Account; mayChange: boolean }) => {
  const [, navigate] = useLocation()
  const [open, setOpen] = useState<'password' | 'disconnect' | null>(null)
  const [busy, setBusy] = useState(false)
  const isPaused = account.health?.state === 'paused'
  const { id, address } = account

  const ask = async (
    question: Promise<ApiResult<unknown>>,
    done: () => void = () => undefined,
  ): Promise<void> => {
    setBusy(true)
    const answer = await question
    setBusy(false)
    if (answer.ok) done()
    else showToast({ text: reasonText(answer.reason) })
  }
  const disconnect = () =>
    ask(api.disconnectAccount(id), () => {
      navigate('/settings/mail')
      showToast({ text: t('account.disconnected') })
    })

  return (
    <Section title={t('account.connection')}>
      <Health account={account} />
      {mayChange && (
        <div class={styles.buttons}>
          <Button onClick={() => setOpen('password')}>{t('account.changePassword')}</Button>
          <Button
            busy={busy}
            onClick={() => ask(isPaused ? api.resumeAccount(id) : api.pauseAccount(id))}
          >
            {t(isPaused ? 'account.resume' : 'account.pause')}
          </Button>
          <Button kind="quiet" onClick={() => setOpen('disconnect')}>
            {t('account.disconnect')}
          </Button>
        </div>
      )}
      {open === 'password' && <PasswordDialog account={account} onClose={() => setOpen(null)} />}
      {open === 'disconnect' && (
        <Dialog
          title={t('account.disconnect.title', { address })}
          onClose={() => setOpen(null)}
          footer={
            <>
              <Button onClick={() => setOpen(null)}>{t('cancel')}</Button>
              <Button kind="danger" busy={busy} onClick={disconnect}>
                {t('account.disconnect')}
              </Button>
            </>
          }
        >
          <p>{t('account.disconnect.text')}</p>
        </Dialog>
      )}
    </Section>
  )
}

/** Every change is saved at once, with no network too. */
const Settings = ({ account }: { account: Account }) => {
  const replica = useReplica()
  const { user } = useSession()
  const employees = useEmployees().value
  const [error, setError] = useState<string | null>(null)
  const save = async (patch: Patch) => {
    const result = await replica.write('account', account.id, patch)
    setError(result.ok ? null : reasonText(result.reason))
  }
  const { access, users = [], openForReading, appealSource, reasonRequired } = account

  return (
    <Section title={t('account.settings')}>
      <SavedText
        label={t('senderName')}
        hint={t('senderHint')}
        value={account.name}
        onSave={(name) => (name.trim() === '' ? undefined : save({ name: name.trim() }))}
      />
      <SavedText
        label={t('account.signature')}
        hint={t('account.signatureHint')}
        value={account.signature ?? ''}
        long
        onSave={(signature) => save({ signature: signature === '' ? null : signature })}
      />
      <fieldset>
        <legend class={styles.legend}>{t('use')}</legend>
        <Switch
          label={t('send')}
          checked={account.send ?? false}
          disabled={!account.receive}
          onChecked={(send) => save({ send })}
        />
        <Switch
          label={t('receive')}
          checked={account.receive ?? false}
          disabled={!account.send}
          onChecked={(receive) => save({ receive })}
        />
      </fieldset>
      {user.administrator && (
        <AccessFields
          access={access}
          users={users}
          employees={employees}
          onChange={(change) =>
            save({
              access: change({ access, users }).access,
              users: new OfKept((kept) => {
                // By its declaration.
                const next = change({ access, users: (kept ?? []) as string[] })
                // A mode that names people begins with the one who chose it, never with nobody.
                const named =
                  next.access !== 'all' && next.users.length === 0 ? [user.id] : next.users
                return next.access === 'user' ? named.slice(0, 1) : named
              }),
            })
          }
        />
      )}
      {access !== 'all' && (
        <Switch
          label={t('openForReading')}
          checked={openForReading ?? false}
          onChecked={(next) => save({ openForReading: next })}
        />
      )}
      <Switch
        label={t('appealSource')}
        hint={t('appealHint')}
        checked={appealSource ?? false}
        onChecked={(next) => save({ appealSource: next })}
      />
      {appealSource && (
        <Switch
          label={t('reasonRequired')}
          checked={reasonRequired ?? false}
          onChecked={(next) => save({ reasonRequired: next })}
        />
      )}
      <ResponsibleField
        value={account.responsible ?? ''}
        employees={employees}
        onValue={(next) => save({ responsible: next || null })}
      />
      {error && <p class={styles.failing}>{error}</p>}
    </Section>
  )
}

interface SavedTextProps {
  label: string
  hint: string
  value: string
  long?: boolean
  onSave: (value: string) => void
}

/** Saved when one leaves the field; Esc takes back what was typed. */
const SavedText = ({ label, hint, value, long = false, onSave }: SavedTextProps) => {
  const [typed, setTyped] = useState<string | null>(null)
  const shared = {
    value: typed ?? value,
    onValue: setTyped,
    onBlur: () => {
      if (typed !== null && typed !== value) onSave(typed)
      setTyped(null)
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === 'Escape') setTyped(null)
    },
  }
  return (
    <Field label={label} hint={hint}>
      {(control) =>
        long ? <Textarea {...control} {...shared} /> : <Input {...control} {...shared} />
      }
    </Field>
  )
}
