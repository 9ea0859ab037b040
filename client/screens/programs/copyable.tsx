import { Copy } from 'lucide-preact'
import { Field, IconButton, Input, showToast } from '../../design/index.ts'
import styles from './programs.module.css'
import { t } from './texts.ts'

export const copy = async (text: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text)
    showToast({ text: t('copied') })
  } catch {
    // The browser forbids it: the text stands there to be selected.
    showToast({ text: t('cannotCopy'), stays: true })
  }
}

interface CopyableProps {
  label: string
  text: string
  button: string
}

/** A line that is read only, with a button that copies it. */
export const Copyable = ({ label, text, button }: CopyableProps) => (
  <Field label={label} hideLabel>
    {(control) => (
      <span class={styles.copyable}>
        <Input
          {...control}
          readOnly
          value={text}
          onValue={() => undefined}
          onFocus={(event) => event.currentTarget.select()}
        />
        <IconButton icon={Copy} label={button} onClick={() => copy(text)} />
      </span>
    )}
  </Field>
)
