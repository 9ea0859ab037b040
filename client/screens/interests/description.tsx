/** The long text of a record's card: kept when it is left. */
import { useId, useState } from 'preact/hooks'
import type { Result } from '../../../shared/reasons.ts'
import { Textarea } from '../../design/index.ts'
import line from '../clients/fields.module.css'
import styles from './fields.module.css'

interface DescriptionProps {
  label: string
  kept: string
  readOnly: boolean
  onSave: (description: string) => Promise<Result<unknown>>
}

export const Description = ({ label, kept, readOnly, onSave }: DescriptionProps) => {
  const id = useId()
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
        onValue={setTyped}
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
