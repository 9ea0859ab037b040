/** Who the other side is: client, appeal, responsible, other dialogs, files. */

import { Link2, Unlink, UserPlus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { mayAnswer as mayAnswerIn } from '../../../shared/access.ts'
import { formatPhone } from '../../../shared/phones.ts'
import { mayActInAccount } from '../../../shared/records/account.ts'
import type { DialogRow } from '../../../shared/records/dialog.ts'
import type { FileRef } from '../../../shared/records/segment.ts'
import { Avatar, Button, Dialog, IconButton, Select, showToast } from '../../design/index.ts'
import { useDefinitions } from '../../fields/use-fields.ts'
import { formatAge } from '../../format/index.ts'
import { lazy } from '../../frame/lazy.tsx'
import { reasonText } from '../../i18n/reasons.ts'
import {
  newestMessages,
  type Replica,
  type StoredRow,
  useLive,
  type Write,
} from '../../replica/index.ts'
import { ContactPicker } from '../clients/contact-picker.tsx'
import { Appeal } from './appeal.tsx'
import styles from './context.module.css'
import type { DialogEntry } from './dialog-list.ts'
import { type ConversationData, dialogsOfClient } from './dialog-queries.ts'
import { FileList } from './file-list.tsx'
import { forgottenWrites, learnedWrites } from './learned.ts'
import { t as tl } from './list-texts.ts'
import { splitQuote } from './quote.ts'
import { t } from './texts.ts'
import { useEmployees } from './use-employees.ts'

/** The dialogs are the first screen: what they open now and then comes when it is opened. */
const NewClientDialog = lazy(
  async () => (await import('../clients/new-client-dialog.tsx')).NewClientDialog,
)
const OwnFields = lazy(async () => (await import('../clients/own-fields.tsx')).OwnFields)

interface ContextProps {
  data: ConversationData & { dialog: DialogRow }
  replica: Replica
  mayAnswer: boolean
}

/** Messages looked through for files. */
const searchedForFiles = 500

export const Context = ({ data, replica, mayAnswer }: ContextProps) => {
  const { dialog, account, appeal, together, decidedElsewhere } = data
  const others = useLive<DialogEntry[]>(
    () => (dialog.client ? dialogsOfClient(replica.base, dialog.client, dialog.id) : []),
    [dialog.client, dialog.id, replica],
    [],
  ).value
  const files = useLive<FileRef[]>(
    async () =>
      (await newestMessages(replica.base, dialog.id, searchedForFiles))
        .flatMap((message) => message.files ?? [])
        .filter(({ cid }) => !cid)
        .reverse(),
    [dialog.id, replica],
    [],
  ).value
  // Most companies have none: then their code is not fetched.
  const hasOwn = {
    dialog: useDefinitions(replica, 'dialog').length > 0,
    appeal: useDefinitions(replica, 'appeal').length > 0,
  }
  return (
    <div class={styles.context}>
      {appeal && (
        <Appeal
          appeal={appeal}
          together={together}
          dialog={dialog.id}
          account={data.appealAccount}
          replica={replica}
          mayDecide={mayAnswer && mayActInAccount(replica.subject.value, 'appeal', appeal, appeal)}
        />
      )}
      {decidedElsewhere && <p class="meta">{t('appeal.elsewhere')}</p>}
      {appeal && hasOwn.appeal && (
        <OwnFields type="appeal" row={appeal} replica={replica} readOnly={!mayAnswer} />
      )}
      <ClientBlock data={data} replica={replica} mayAnswer={mayAnswer} />
      <Responsible data={data} replica={replica} mayAnswer={mayAnswer} />
      <section class={styles.block}>
        <h3 class={styles.title}>{tl('context.channel')}</h3>
        <p class={styles.line}>{account ? account.address : t('composer.accountGone')}</p>
      </section>
      {hasOwn.dialog && (
        <OwnFields type="dialog" row={dialog} replica={replica} readOnly={!mayAnswer} />
      )}
      {others.length > 0 && (
        <section class={styles.block}>
          <h3 class={styles.title}>{t('context.earlier')}</h3>
          <DialogLinks entries={others} />
        </section>
      )}
      {files.length > 0 && (
        <section class={styles.block}>
          <h3 class={styles.title}>{t('context.files')}</h3>
          <FileList files={files} replica={replica} />
        </section>
      )}
    </div>
  )
}

/** Dialogs as links, for the context of a dialog and the card of a client. */
export const DialogLinks = ({ entries }: { entries: readonly DialogEntry[] }) => (
  <ul class={styles.links}>
    {entries.map(({ dialog, last, lastAt }) => (
      <li key={dialog.id}>
        <Link href={`/dialogs/${dialog.id}`} class={styles.dialogLink}>
          <span class="ellipsis">{dialog.subject || tl('dialogs.noSubject')}</span>
          <span class={styles.age}>{formatAge(lastAt)}</span>
          <span class={styles.words}>{splitQuote(last?.text ?? '').own}</span>
        </Link>
      </li>
    ))}
  </ul>
)

const linkTo = async (
  replica: Replica,
  dialog: DialogRow,
  client: string | null,
  also: readonly Write[] = [],
) => {
  const result = await replica.writeAll([
    { type: 'dialog', id: dialog.id, patch: { client } },
    ...also,
  ])
  if (!result.ok)
    showToast({ text: t('dialogs.failed', { reason: reasonText(result.reason) }), stays: true })
  return result.ok
}

type Linked = Pick<StoredRow<'client'>, 'id' | 'name'>

const ClientBlock = ({ data, replica, mayAnswer }: ContextProps) => {
  const { dialog, client } = data
  const [step, setStep] = useState<'link' | 'create' | null>(null)
  const link = async ({ id, name }: Linked, learned: readonly Write[] = []) => {
    setStep(null)
    const before = dialog.client ?? null
    const { address } = dialog.peer
    if (await linkTo(replica, dialog, id, learned))
      showToast({
        text: t(learned.length > 0 ? 'context.learned' : 'context.linked', { name, address }),
        undo: () => linkTo(replica, dialog, before, forgottenWrites(learned)),
      })
  }
  const pick = async (picked: Linked) =>
    link(
      picked,
      await learnedWrites(
        { base: replica.base, subject: replica.subject.value },
        { channel: dialog.channel, address: dialog.peer.address },
        picked.id,
      ),
    )
  const unlink = async () => {
    const before = dialog.client ?? null
    if (await linkTo(replica, dialog, null))
      showToast({
        text: t('context.unlinked'),
        undo: () => linkTo(replica, dialog, before),
      })
  }
  return (
    <section class={styles.block}>
      <h3 class={styles.title}>{t('context.client')}</h3>
      {dialog.client ? (
        client ? (
          <div class={styles.client}>
            <Link href={`/clients/${client.id}`} class={styles.clientLink}>
              <Avatar
                name={client.name}
                size={32}
                shape={client.kind === 'person' ? 'circle' : 'square'}
              />
              <span class={styles.clientWords}>
                <span class={styles.clientName}>{client.name}</span>
                {client.phones[0] && (
                  <span class="meta tabular">{formatPhone(client.phones[0].value)}</span>
                )}
              </span>
            </Link>
            {mayAnswer && <IconButton icon={Unlink} label={t('context.unlink')} onClick={unlink} />}
          </div>
        ) : (
          <p class="meta">{t('context.hidden')}</p>
        )
      ) : (
        <>
          <p class={styles.line}>
            {dialog.peer.name && <b>{dialog.peer.name}</b>}
            <span class="meta">{dialog.peer.address}</span>
          </p>
          {mayAnswer && (
            <div class={styles.buttons}>
              <Button icon={Link2} onClick={() => setStep('link')}>
                {t('context.link')}
              </Button>
              <Button icon={UserPlus} onClick={() => setStep('create')}>
                {t('context.create')}
              </Button>
            </div>
          )}
        </>
      )}
      {step === 'link' && (
        <Dialog title={t('context.link')} onClose={() => setStep(null)}>
          <ContactPicker table="client" replica={replica} onPick={pick} />
        </Dialog>
      )}
      {step === 'create' && (
        <NewClientDialog
          replica={replica}
          initial={{ name: dialog.peer.name ?? '', email: dialog.peer.address }}
          onClose={() => setStep(null)}
          onCreated={link}
        />
      )}
    </section>
  )
}

const Responsible = ({ data, replica, mayAnswer }: ContextProps) => {
  const { dialog, account, appeal } = data
  const employees = useEmployees(replica)
  const able = [...employees.values()].filter(
    ({ id, state }) => account && state !== 'blocked' && mayAnswerIn(id, account),
  )
  const present = employees.get(dialog.responsible ?? '')
  const options = [
    { value: '', label: t('context.nobody') },
    ...able.map(({ id, name }) => ({ value: id, label: name })),
    ...(present && !able.includes(present) ? [{ value: present.id, label: present.name }] : []),
  ]
  const assign = async (to: string) => {
    const responsible = to || null
    const result = await replica.writeAll([
      { type: 'dialog', id: dialog.id, patch: { responsible } },
      // Of one that was merged into another dialog's, that one says who decides.
      ...(appeal?.state === 'new' && appeal.dialog === dialog.id && responsible
        ? [{ type: 'appeal' as const, id: appeal.id, patch: { responsible } }]
        : []),
    ])
    if (!result.ok) showToast({ text: t('dialogs.failed', { reason: reasonText(result.reason) }) })
  }
  return (
    <section class={styles.block}>
      <h3 class={styles.title}>{t('context.responsible')}</h3>
      <Select
        aria-label={t('context.responsible')}
        value={present?.id ?? ''}
        onValue={assign}
        options={options}
        disabled={!mayAnswer}
      />
    </section>
  )
}
