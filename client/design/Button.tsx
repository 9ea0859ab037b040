import type { LucideIcon } from 'lucide-preact'
import type { ButtonHTMLAttributes, ComponentChildren, Ref } from 'preact'
import { Link } from 'wouter-preact'
import styles from './Button.module.css'
import { classNames } from './class-names.ts'
import { Icon } from './Icon.tsx'

/** `primary`: the one main action of a screen. `quiet`: no border until pointed at. */
export type ButtonKind = 'primary' | 'plain' | 'quiet' | 'danger'

interface Look {
  kind?: ButtonKind
  icon?: LucideIcon
  class?: string
}

export interface ButtonProps extends Omit<ButtonHTMLAttributes, 'icon' | 'class'>, Look {
  /** Waits for an answer: cannot be pressed again, and says so to screen readers. */
  busy?: boolean
  buttonRef?: Ref<HTMLButtonElement>
  children?: ComponentChildren
}

export const Button = ({
  kind = 'plain',
  icon,
  busy = false,
  class: className,
  buttonRef,
  children,
  disabled,
  type = 'button',
  ...rest
}: ButtonProps) => (
  <button
    {...rest}
    ref={buttonRef}
    type={type}
    disabled={disabled || busy}
    aria-busy={busy || undefined}
    class={classNames(styles.button, styles[kind], busy && styles.busy, className)}
  >
    {icon && <Icon of={icon} />}
    {children !== undefined && <span class={styles.words}>{children}</span>}
  </button>
)

export interface LinkButtonProps extends Look {
  href: string
  children: ComponentChildren
  /** Leaves the program: another site, `tel:`, a file. */
  external?: boolean
  download?: string
}

/** Looks like a button, is an address: opens in a new tab when asked to. */
export const LinkButton = ({
  kind = 'plain',
  icon,
  class: className,
  href,
  external = false,
  download,
  children,
}: LinkButtonProps) => {
  const names = classNames(styles.button, styles[kind], className)
  const inside = (
    <>
      {icon && <Icon of={icon} />}
      <span class={styles.words}>{children}</span>
    </>
  )
  return external || download !== undefined ? (
    <a href={href} class={names} download={download} rel="noopener">
      {inside}
    </a>
  ) : (
    <Link href={href} class={names}>
      {inside}
    </Link>
  )
}

export interface IconButtonProps extends Omit<ButtonHTMLAttributes, 'icon' | 'class'> {
  icon: LucideIcon
  /** Its name: read by screen readers and shown on hover. */
  label: string
  size?: 16 | 20
  class?: string
  buttonRef?: Ref<HTMLButtonElement>
}

export const IconButton = ({
  icon,
  label,
  size = 16,
  class: className,
  buttonRef,
  type = 'button',
  ...rest
}: IconButtonProps) => (
  <button
    title={label}
    {...rest}
    ref={buttonRef}
    type={type}
    aria-label={label}
    class={classNames(styles.iconButton, className)}
  >
    <Icon of={icon} size={size} />
  </button>
)
