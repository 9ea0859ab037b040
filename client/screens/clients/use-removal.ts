/** Takes something off a card and offers it back; in a form nothing is lost yet. */
import { useContext } from 'preact/hooks'
import type { Result } from '../../../shared/reasons.ts'
import { showToast } from '../../design/index.ts'
import { FormWordsContext } from '../forms/form-words.ts'
import { t } from './texts.ts'

/**
 * Resolves with what came of it.
 * @param back must not lean on what the card shows: it is asked for after that changed
 */
type Remove = (
  what: string,
  remove: () => Promise<Result<unknown>>,
  back: () => unknown,
) => Promise<Result<unknown>>

export const useRemoval = (): Remove => {
  const inForm = useContext(FormWordsContext)
  return async (what, remove, back) => {
    const result = await remove()
    if (result.ok && !inForm) showToast({ text: t('client.removed', { what }), undo: back })
    return result
  }
}
