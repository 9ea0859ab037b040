/** How warm a contact is; a change may go on to the company, or to its people, after a question (F62). */
import { useState } from 'preact/hooks'
import type { Result } from '../../../shared/reasons.ts'
import { Dot } from '../../design/Dot.tsx'
import { Button, Dialog, showToast } from '../../design/index.ts'
import { useDirectory } from '../../fields/use-directory.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { Replica, Write } from '../../replica/index.ts'
import { EntrySelect } from './entry-select.tsx'
import styles from './fields.module.css'
import { heatSpread } from './heat-spread.ts'
import { t } from './texts.ts'

interface HeatFieldProps {
  label: string
  table: 'client' | 'person'
  contact: { id: string; heat?: string; client?: string }
  readOnly: boolean
  replica: Replica
  onSave: (heat: string | null) => Promise<Result<unknown>>
}

interface Question {
  title: string
  text: string
  writes: Write[]
}

export const HeatField = ({ label, table, contact, readOnly, replica, onSave }: HeatFieldProps) => {
  const entries = useDirectory(replica)
  const [question, setQuestion] = useState<Question | null>(null)

  const ask = async (heat: string): Promise<Question | null> => {
    const words = entries.get(heat)?.name ?? ''
    const { base } = replica
    const found = await heatSpread({ base, subject: replica.subject.value }, table, contact, heat)
    if (!found) return null
    const { writes } = found
    return found.to === 'client'
      ? {
          title: t('client.heat.toClient.title'),
          text: t('client.heat.toClient.text', { heat: words, name: found.name }),
          writes,
        }
      : {
          title: t('client.heat.toPersons.title'),
          text: t('client.heat.toPersons.text', { heat: words, count: found.count }),
          writes,
        }
  }
  const change = async (heat: string | null) => {
    const result = await onSave(heat)
    if (result.ok && heat) setQuestion(await ask(heat))
  }
  const spread = async ({ writes }: Question) => {
    setQuestion(null)
    const result = await replica.writeAll(writes)
    if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
  }
  const colour = contact.heat ? entries.get(contact.heat)?.color : undefined
  return (
    <span class={styles.heat}>
      {colour && <Dot colour={colour} />}
      <EntrySelect
        directory="heat"
        label={label}
        value={contact.heat}
        readOnly={readOnly}
        onSave={change}
      />
      {question && (
        <Dialog
          title={question.title}
          onClose={() => setQuestion(null)}
          footer={
            <>
              <Button onClick={() => setQuestion(null)}>{t('client.heat.no')}</Button>
              <Button kind="primary" onClick={() => spread(question)}>
                {t('client.heat.yes')}
              </Button>
            </>
          }
        >
          <p>{question.text}</p>
        </Dialog>
      )}
    </span>
  )
}
