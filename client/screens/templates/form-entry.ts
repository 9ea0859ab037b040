/** What a card needs to offer documents; all else comes when one is made. */
import type { TemplateSubject } from '../../../shared/records/template.ts'
import { lazy } from '../../frame/lazy.tsx'
import { catalogue } from '../../i18n/index.ts'
import { type Replica, useLive } from '../../replica/index.ts'

export const FormDocument = lazy(async () => (await import('./form-document.tsx')).FormDocument)

export const t = catalogue({
  form: { ru: 'Сформировать по шаблону', en: 'Make from a template' },
})

/** Whether there is any document to make of such a record. */
export const useHasDocuments = (replica: Replica, about: TemplateSubject): boolean =>
  useLive(
    async () =>
      (await replica.base.template.toArray()).some(
        (each) =>
          each.kind === 'document' &&
          each.about === about &&
          !each.off &&
          each.deletedAt === undefined,
      ),
    [replica, about],
    false,
  ).value
