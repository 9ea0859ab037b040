/** What a composer needs to offer texts by templates; all else comes when one is asked for. */
import { lazy } from '../../frame/lazy.tsx'
import { catalogue } from '../../i18n/index.ts'
import { type Replica, useLive } from '../../replica/index.ts'

export const LetterTemplates = lazy(
  async () => (await import('./letter-templates.tsx')).LetterTemplates,
)

export const t = catalogue({
  insert: { ru: 'Вставить по шаблону (/)', en: 'Insert a template (/)' },
})

/** What a template made of a letter. */
export interface LetterText {
  subject: string
  text: string
}

/** Whether there is any text to insert. */
export const useHasLetters = (replica: Replica): boolean =>
  useLive(
    async () =>
      (await replica.base.template.toArray()).some(
        ({ kind, off, deletedAt }) => kind === 'letter' && !off && deletedAt === undefined,
      ),
    [replica],
    false,
  ).value

/** Whether a «/» was typed that begins a line: it asks for a template. */
export const asksForTemplate = (event: InputEvent, field: HTMLTextAreaElement): boolean =>
  event.data === '/' && /(^|\n)\/$/.test(field.value.slice(0, field.selectionStart))

/** The text with another put in where the caret is, instead of the «/» that asked for it. */
export const withInserted = (
  text: string,
  inserted: string,
  caret: number,
  asked: boolean,
): string => {
  const before = text.slice(0, caret)
  return `${asked ? before.replace(/\/$/, '') : before}${inserted}${text.slice(caret)}`
}
