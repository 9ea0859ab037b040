/** What belongs to a client: contact persons, dialogs, files. */
import { Link2, Plus, Unlink } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { ClientRow } from '../../../shared/records/client.ts'
import { Button, Dialog, IconButton, showToast } from '../../design/index.ts'
import { useDirectory } from '../../fields/use-directory.ts'
import { WhenComplete } from '../../frame/when-complete.tsx'
import { reasonText } from '../../i18n/reasons.ts'
import { type Replica, type StoredRow, useLive } from '../../replica/index.ts'
import { DialogLinks } from '../dialogs/context.tsx'
import { dialogsOfClient } from '../dialogs/dialog-queries.ts'
import { FileList } from '../dialogs/file-list.tsx'
import { LinkedContracts } from '../documents/linked-contracts.tsx'
import { ClientInterests } from '../interests/client-interests.tsx'
import { CardPortrait } from '../portrait/card-portrait.tsx'
import { Planned } from '../tasks/planned.tsx'
import { filesOf, messagesOf, personsOf } from './client-queries.ts'
import { ContactPicker } from './contact-picker.tsx'
import { Holding } from './holding/holding.tsx'
import { NewPersonDialog } from './new-person-dialog.tsx'
import { PersonLine } from './person-line.tsx'
import styles from './related.module.css'
import { t } from './texts.ts'

interface RelatedProps {
  client: ClientRow
  replica: Replica
  readOnly: boolean
}

/** Messages looked through for files. */
const searchedForFiles = 500

export const Related = ({ client, replica, readOnly }: RelatedProps) => {
  const dialogs = useLive(
    () => dialogsOfClient(replica.base, client.id),
    [client.id, replica],
    null,
  ).value
  const readFiles = async () =>
    filesOf(await messagesOf(replica.base, { client: client.id }, searchedForFiles))
  const files = useLive(readFiles, [client.id, replica], null).value
  return (
    <div class={styles.related}>
      <CardPortrait client={client} replica={replica} />
      <Planned
        table="client"
        id={client.id}
        about={{ client: { id: client.id, name: client.name } }}
        replica={replica}
      />
      <ClientInterests client={client.id} replica={replica} />
      <LinkedContracts client={client.id} replica={replica} />
      <Persons client={client} replica={replica} readOnly={readOnly} />
      <Holding client={client} replica={replica} readOnly={readOnly} />
      <section class={styles.block}>
        <h2 class={styles.title}>{t('client.dialogs')}</h2>
        {!dialogs || dialogs.length > 0 ? (
          <DialogLinks entries={dialogs ?? []} />
        ) : (
          <WhenComplete
            small
            isMissing={async () => (await dialogsOfClient(replica.base, client.id)).length === 0}
          >
            <p class="meta">{t('client.dialogs.none')}</p>
          </WhenComplete>
        )}
      </section>
      <section class={styles.block}>
        <h2 class={styles.title}>{t('client.files')}</h2>
        {!files || files.length > 0 ? (
          <FileList files={files ?? []} replica={replica} />
        ) : (
          <WhenComplete small isMissing={async () => (await readFiles()).length === 0}>
            <p class="meta">{t('client.files.none')}</p>
          </WhenComplete>
        )}
      </section>
    </div>
  )
}

const Persons = ({ client, replica, readOnly }: RelatedProps) => {
  const [step, setStep] = useState<'create' | 'link' | null>(null)
  const entries = useDirectory(replica)
  const persons = useLive(
    () => personsOf(replica.base, client.id),
    [client.id, replica],
    null,
  ).value
  const link = async (person: Pick<StoredRow<'person'>, 'id'>, to: string | null) => {
    setStep(null)
    const result = await replica.write('person', person.id, { client: to })
    if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
    return result.ok
  }
  const unlink = async (person: Pick<StoredRow<'person'>, 'id' | 'name'>) => {
    if (await link(person, null))
      showToast({
        text: t('client.persons.unlinked', { name: person.name }),
        undo: () => link(person, client.id),
      })
  }
  return (
    <section class={styles.block}>
      <h2 class={styles.title}>{t('client.persons')}</h2>
      {persons?.length === 0 && (
        <WhenComplete
          small
          isMissing={async () => (await personsOf(replica.base, client.id)).length === 0}
        >
          <p class="meta">{t('client.persons.none')}</p>
        </WhenComplete>
      )}
      <ul class={styles.persons}>
        {persons?.map((person) => (
          <PersonLine key={person.id} person={person} entries={entries}>
            {!readOnly && (
              <IconButton
                icon={Unlink}
                label={`${t('client.persons.unlink')}: ${person.name}`}
                onClick={() => unlink(person)}
              />
            )}
          </PersonLine>
        ))}
      </ul>
      {!readOnly && (
        <div class={styles.buttons}>
          <Button icon={Plus} onClick={() => setStep('create')}>
            {t('client.persons.new')}
          </Button>
          <Button kind="quiet" icon={Link2} onClick={() => setStep('link')}>
            {t('client.persons.link')}
          </Button>
        </div>
      )}
      {step === 'create' && (
        <NewPersonDialog client={client} replica={replica} onClose={() => setStep(null)} />
      )}
      {step === 'link' && (
        <Dialog title={t('client.persons.link')} onClose={() => setStep(null)}>
          <ContactPicker
            table="person"
            replica={replica}
            onPick={(person) => link(person, client.id)}
          />
        </Dialog>
      )}
    </section>
  )
}
