import type { LucideIcon } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import styles from './EmptyState.module.css'
import { Icon } from './Icon.tsx'

export interface EmptyStateProps {
  icon: LucideIcon
  title: string
  /** What to do next. */
  text?: ComponentChildren
  /** The same as a button. */
  action?: ComponentChildren
}

export const EmptyState = ({ icon, title, text, action }: EmptyStateProps) => (
  <div class={styles.empty}>
    <span class={styles.icon}>
      <Icon of={icon} size={20} />
    </span>
    <h2 class={styles.title}>{title}</h2>
    {text && <p class={styles.text}>{text}</p>}
    {action && <div class={styles.action}>{action}</div>}
  </div>
)
