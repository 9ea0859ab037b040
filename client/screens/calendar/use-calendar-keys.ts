/** The keys of the calendar, as the list of keys tells them. */
import { useEffect, useRef } from 'preact/hooks'
import { isTyping } from '../dialogs/list-keys.ts'
import type { View } from './days.ts'

const viewKeys: Readonly<Record<string, View>> = {
  KeyD: 'day',
  KeyW: 'week',
  KeyM: 'month',
  KeyA: 'agenda',
}

/** T goes to today, arrows turn pages, D W M A choose the view. */
export const useCalendarKeys = (run: (command: 'today' | 1 | -1 | View) => void): void => {
  const latest = useRef(run)
  latest.current = run
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.shiftKey || isTyping(event)) return
      if (document.querySelector('dialog[open]')) return
      const command =
        event.key === 'ArrowLeft'
          ? -1
          : event.key === 'ArrowRight'
            ? 1
            : event.code === 'KeyT'
              ? 'today'
              : Object.hasOwn(viewKeys, event.code)
                ? viewKeys[event.code]
                : undefined
      if (command === undefined) return
      event.preventDefault()
      latest.current(command)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
}
