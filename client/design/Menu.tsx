import type { LucideIcon } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useId, useRef, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { classNames } from './class-names.ts'
import { Icon } from './Icon.tsx'
import styles from './Menu.module.css'

export interface MenuItem {
  label: string
  icon?: LucideIcon
  /** An address; otherwise `onSelect` says what happens. */
  href?: string
  onSelect?: () => void
  danger?: boolean
  disabled?: boolean
  /** Shows a line above it. */
  separated?: boolean
  hint?: string
}

/** What makes a button open its menu. */
export interface MenuTrigger {
  popovertarget: string
  'aria-haspopup': 'menu'
}

export interface MenuProps {
  label: string
  items: readonly MenuItem[]
  /** The button: spread what it is given onto it. */
  trigger: (props: MenuTrigger) => ComponentChildren
  /** Something above the items, such as the person's name. */
  header?: ComponentChildren
}

/** Distance between the button and its menu, and from the edges of the window, px. */
const gap = 4
const edge = 8

/** Places the menu under its button, or above where there is no room below. */
const place = (menu: HTMLElement, button: Element): void => {
  const { top, bottom, left, right } = button.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = menu
  const below = bottom + gap + height <= window.innerHeight - edge
  const x = left + width <= window.innerWidth - edge ? left : right - width
  menu.style.left = `${Math.max(edge, x)}px`
  menu.style.top = `${below ? bottom + gap : Math.max(edge, top - gap - height)}px`
}

/** A button with a menu: native popover, arrow keys, Home, End, first letters. */
export const Menu = ({ label, items, trigger, header }: MenuProps) => {
  const id = useId()
  const ref = useRef<HTMLDivElement>(null)
  // A list has a menu in every row: what nobody opened has no items in the document.
  const [open, setOpen] = useState(false)
  const close = () => ref.current?.hidePopover()

  const onKeyDown = (event: KeyboardEvent) => {
    const all = [...(ref.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])]
    const at = all.findIndex((item) => item.matches(':focus'))
    const next = nextItem(event.key, at, all)
    if (!next) return
    event.preventDefault()
    event.stopPropagation()
    next.focus()
  }

  return (
    <>
      {trigger({ popovertarget: id, 'aria-haspopup': 'menu' })}
      <div
        id={id}
        ref={ref}
        popover="auto"
        role="menu"
        aria-label={label}
        tabIndex={-1}
        class={styles.menu}
        onKeyDown={onKeyDown}
        onBeforeToggle={(event) => {
          if (event.newState === 'open') setOpen(true)
        }}
        onToggle={(event) => {
          // Only now: the browser gives focus back to the button where it finds it still in the menu.
          if (event.newState === 'closed') setOpen(false)
          if (event.newState !== 'open' || !ref.current) return
          const button = document.querySelector(`[popovertarget="${CSS.escape(id)}"]`)
          if (button) place(ref.current, button)
          ref.current.querySelector<HTMLElement>('[role=menuitem]')?.focus()
        }}
      >
        {header && <div class={styles.header}>{header}</div>}
        {open && items.map((item) => <Item key={item.label} item={item} close={close} />)}
      </div>
    </>
  )
}

const nextItem = (key: string, at: number, all: HTMLElement[]): HTMLElement | undefined => {
  switch (key) {
    case 'ArrowDown':
      return all[(at + 1) % all.length]
    case 'ArrowUp':
      return all.at(at <= 0 ? -1 : at - 1)
    case 'Home':
      return all[0]
    case 'End':
      return all.at(-1)
    default: {
      if (key.length !== 1) return undefined
      const rest = [...all.slice(at + 1), ...all.slice(0, at + 1)]
      return rest.find((item) =>
        item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()),
      )
    }
  }
}

const Item = ({ item, close }: { item: MenuItem; close: () => void }) => {
  const names = classNames(
    styles.item,
    item.danger && styles.danger,
    item.separated && styles.separated,
  )
  const inside = (
    <>
      {item.icon && <Icon of={item.icon} class={styles.icon} />}
      <span class={styles.words}>{item.label}</span>
      {item.hint && <kbd class={styles.hint}>{item.hint}</kbd>}
    </>
  )
  return item.href !== undefined ? (
    <Link href={item.href} role="menuitem" class={names} onClick={close}>
      {inside}
    </Link>
  ) : (
    <button
      type="button"
      role="menuitem"
      class={names}
      disabled={item.disabled}
      onClick={() => {
        close()
        item.onSelect?.()
      }}
    >
      {inside}
    </button>
  )
}
