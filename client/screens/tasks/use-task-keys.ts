/** j and k walk the list, Enter opens, e closes, x chooses, as in mail programs. */
import { useLayoutEffect } from 'preact/hooks'
import { isTyping } from '../dialogs/list-keys.ts'

export type TaskCommand = 1 | -1 | 'open' | 'close' | 'tick'

const commands: Readonly<Record<string, TaskCommand>> = {
  KeyJ: 1,
  KeyK: -1,
  KeyE: 'close',
  KeyX: 'tick',
}

/** Enter on a control is the control's. */
const onControl = ({ target }: KeyboardEvent): boolean =>
  target instanceof Element && target.closest('a,button,input,[role=option]') !== null

export const useTaskKeys = (run: (command: TaskCommand) => void): void => {
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (isTyping(event) || document.querySelector('dialog[open]')) return
      // By the place of the key: in the Russian layout they type others.
      const command =
        event.key === 'Enter' && !onControl(event)
          ? 'open'
          : Object.hasOwn(commands, event.code)
            ? commands[event.code]
            : undefined
      if (command === undefined) return
      event.preventDefault()
      run(command)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  })
}
