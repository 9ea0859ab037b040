/** What is asked and said before an entry goes. */
import { useState } from 'preact/hooks'
import { Button, Dialog, Field, Select } from '../../../design/index.ts'
import type { Uses } from '../../../fields/entry-uses.ts'
import type { Entry } from '../../../fields/use-directory.ts'
import { t } from './texts.ts'
import { usesWords } from './uses-words.ts'

interface QuestionProps {
  entry: Entry
  uses: Uses
  onClose: () => void
}

/** Why it cannot go: never silently (F66). */
export const UsedDialog = ({ entry, uses, onClose }: QuestionProps) => (
  <Dialog
    title={t('used.title')}
    onClose={onClose}
    footer={
      <Button kind="primary" onClick={onClose}>
        OK
      </Button>
    }
  >
    <p>
      {entry.system
        ? t('used.system', { name: entry.name })
        : t('used.text', { name: entry.name, uses: usesWords(uses) })}
    </p>
  </Dialog>
)

export const RemoveTagDialog = ({
  entry,
  uses,
  onRemove,
  onClose,
}: QuestionProps & { onRemove: (entry: Entry) => void }) => (
  <Dialog
    title={t('tag.remove.title')}
    onClose={onClose}
    footer={
      <>
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button kind="primary" onClick={() => onRemove(entry)}>
          {t('remove')}
        </Button>
      </>
    }
  >
    <p>{t('tag.remove.text', { name: entry.name, uses: usesWords(uses) })}</p>
  </Dialog>
)

interface JoinProps {
  entry: Entry
  entries: readonly Entry[]
  onJoin: (entry: Entry, into: string) => void
  onClose: () => void
}

export const JoinDialog = ({ entry, entries, onJoin, onClose }: JoinProps) => {
  const others = entries.filter(({ id }) => id !== entry.id)
  const [into, setInto] = useState(others[0]?.id ?? '')
  return (
    <Dialog
      title={t('join.title', { name: entry.name })}
      onClose={onClose}
      onSubmit={() => into !== '' && onJoin(entry, into)}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind="primary" type="submit">
            {t('join.do')}
          </Button>
        </>
      }
    >
      <Field label={t('join.into')} hint={t('join.text', { name: entry.name })}>
        {(control) => (
          <Select
            {...control}
            value={into}
            onValue={setInto}
            options={others.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
      </Field>
    </Dialog>
  )
}
