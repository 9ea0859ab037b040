import type { ComponentChildren } from 'preact'
import styles from './Badge.module.css'
import { classNames } from './class-names.ts'

export interface BadgeProps {
  /** `count`: unread, new; `green`: done, current; `red`: overdue, failed; `warn`: somebody should look; `quiet`: everything else. */
  kind?: 'quiet' | 'count' | 'green' | 'red' | 'warn' | 'accent'
  children: ComponentChildren
  title?: string
}

/** A word or a number that is read at a glance. */
export const Badge = ({ kind = 'quiet', children, title }: BadgeProps) => (
  <span class={classNames(styles.badge, styles[kind])} title={title}>
    {children}
  </span>
)
