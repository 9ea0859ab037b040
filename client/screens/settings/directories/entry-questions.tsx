/** What is asked and said before an entry goes. */
import { useState } from 'preact/hooks'
import { Button, Dialog, Field, Select } from '../../../design/index.ts'
import type { Uses } from '../../../fields/entry-uses.ts'
import type { Entry } from '../../../fields/use-directory.ts'
import { FormDialog } from '../../forms/form-dialog.tsx'
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

interface OtherProps {
  entry: Entry
  entries: readonly Entry[]
  onChosen: (into: string) => void
  onClose: () => void
}

export const JoinDialog = (props: OtherProps) => (
  <OtherDialog
    {...props}
    title={t('join.title', { name: props.entry.name })}
    label={t('join.into')}
    text={t('join.text', { name: props.entry.name })}
    apply={t('join.do')}
  />
)

/** A category of tasks that is used goes when another takes its place (F144). */
export const ReplaceDialog = (props: OtherProps & { uses: Uses }) => (
  <OtherDialog
    {...props}
    title={t('replace.title', { name: props.entry.name })}
    label={t('replace.into')}
    text={t('replace.text', { uses: usesWords(props.uses) })}
    apply={t('replace.do')}
  />
)

interface OtherDialogProps extends OtherProps {
  title: string
  label: string
  text: string
  apply: string
}

const OtherDialog = (props: OtherDialogProps) => {
  const { entry, entries, onChosen, onClose, title, label, text, apply } = props
  const others = entries.filter(({ id }) => id !== entry.id)
  const [into, setInto] = useState(others[0]?.id ?? '')
  return (
    <FormDialog
      title={title}
      onClose={onClose}
      onSubmit={() => into !== '' && onChosen(into)}
      submit={apply}
    >
      <Field label={label} hint={text}>
        {(control) => (
          <Select
            {...control}
            value={into}
            onValue={setInto}
            options={others.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
      </Field>
    </FormDialog>
  )
}
