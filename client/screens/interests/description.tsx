/** The long text of a record's card: kept when it is left. */
import { useContext, useId, useState } from 'preact/hooks'
import type { Result } from '../../../shared/reasons.ts'
import { Textarea } from '../../design/index.ts'
import line from '../clients/fields.module.css'
import { FormWordsContext } from '../forms/form-words.ts'
import styles from './fields.module.css'

interface DescriptionProps {
  label: string
  kept: string
  readOnly: boolean
  onSave: (description: string) => Promise<Result<unknown>>
}

export const Description = ({ label, kept, readOnly, onSave }: DescriptionProps) => {
  const id = useId()
  /** A form keeps its draft with every letter. */
  const isForm = useContext(FormWordsContext) !== null
  /** Null while what is kept is shown. */
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <div class={styles.description}>
      <label for={id} class={line.label}>
        {label}
      </label>
      <Textarea
        id={id}
        value={typed ?? kept}
        readOnly={readOnly}
        maxLength={100_000}
        onValue={(words) => (isForm ? void onSave(words) : setTyped(words))}
        onBlur={async () => {
          if (typed === null) return
          const result = await onSave(typed)
          // What was refused stays in the field, and what was typed meanwhile.
          if (result.ok) setTyped((now) => (now === typed ? null : now))
        }}
      />
    </div>
  )
}
