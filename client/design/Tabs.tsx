import type { ComponentChildren } from 'preact'
import { useId, useRef } from 'preact/hooks'
import styles from './Tabs.module.css'

export interface Tab<T extends string> {
  value: T
  label: string
  count?: number
}

export interface TabsProps<T extends string> {
  label: string
  tabs: readonly Tab<T>[]
  value: T
  onValue: (value: T) => void
  /** What is on the chosen tab. Without it the tabs filter something elsewhere on the screen. */
  children?: ComponentChildren
}

/** Tabs with arrow keys; only the chosen one is in the tab order (ARIA practices). */
export const Tabs = <T extends string>({ label, tabs, value, onValue, children }: TabsProps<T>) => {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const go = (step: number) => {
    const at = tabs.findIndex((tab) => tab.value === value)
    const next = tabs[(at + step + tabs.length) % tabs.length]
    if (!next) return
    onValue(next.value)
    list.current?.querySelector<HTMLElement>(`#${CSS.escape(`${id}-${next.value}`)}`)?.focus()
  }
  return (
    <>
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        class={styles.tabs}
        onKeyDown={(event) => {
          if (event.key === 'ArrowRight') go(1)
          else if (event.key === 'ArrowLeft') go(-1)
        }}
      >
        {tabs.map((tab) => (
          <button
            key={tab.value}
            id={`${id}-${tab.value}`}
            type="button"
            role="tab"
            aria-selected={tab.value === value}
            aria-controls={children === undefined ? undefined : `${id}-panel`}
            tabIndex={tab.value === value ? 0 : -1}
            class={styles.tab}
            onClick={() => onValue(tab.value)}
          >
            {tab.label}
            {tab.count !== undefined && tab.count > 0 && (
              <span class={styles.count}>{tab.count}</span>
            )}
          </button>
        ))}
      </div>
      {children !== undefined && (
        <div
          id={`${id}-panel`}
          role="tabpanel"
          aria-labelledby={`${id}-${value}`}
          class={styles.panel}
        >
          {children}
        </div>
      )}
    </>
  )
}
