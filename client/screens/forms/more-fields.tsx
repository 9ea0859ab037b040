/** «Ещё поля» of a form: closed until its user opens it, and then open in every such form. */
import { ChevronDown, ChevronRight } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import type { CustomisedType } from '../../../shared/records/field.ts'
import { Button } from '../../design/index.ts'
import type { Replica } from '../../replica/index.ts'
import { useDraft } from '../dialogs/use-draft.ts'
import { type FormWords, FormWordsContext } from './form-words.ts'
import styles from './more-fields.module.css'
import { t } from './texts.ts'

interface MoreFieldsProps {
  table: CustomisedType
  replica: Replica
  /** What is typed in it and no value yet may be wrong, and then it is to be seen. */
  further: { formWords: FormWords; unfinished: boolean }
  /** Above it; while it is closed, what of it is filled in. */
  summary: (isOpen: boolean) => ComponentChildren
  children: () => ComponentChildren
}

export const MoreFields = ({
  table,
  replica,
  further: { formWords, unfinished },
  summary,
  children,
}: MoreFieldsProps) => {
  const id = useId()
  const opened = useDraft(replica, `more-fields:${table}`, false)
  if (!opened.loaded) return null
  const isOpen = opened.value || unfinished
  return (
    <>
      {summary(isOpen)}
      <Button
        kind="quiet"
        icon={isOpen ? ChevronDown : ChevronRight}
        class={styles.toggle}
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => opened.change(!isOpen)}
      >
        {t('more')}
      </Button>
      <section id={id} class={styles.more} hidden={!isOpen} aria-label={t('more')}>
        {isOpen && (
          <FormWordsContext.Provider value={formWords}>{children()}</FormWordsContext.Provider>
        )}
      </section>
    </>
  )
}

/** Whether something among these fields is wrong; it says so itself since it was left. */
export const isMoreWrong = (): boolean =>
  document.querySelector(`dialog[open] .${styles.more} [aria-invalid="true"]`) !== null
