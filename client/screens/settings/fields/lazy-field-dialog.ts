/** The dialog of a field as cards and forms open it: no part of the screens it lies over. */
import { lazy } from '../../../frame/lazy.tsx'

export const FieldDialog = lazy(async () => (await import('./field-dialog.tsx')).FieldDialog)
