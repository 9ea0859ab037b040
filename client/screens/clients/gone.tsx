/** Instead of the card of a record that is not on this device. */
import type { LucideIcon } from 'lucide-preact'
import { EmptyState, LinkButton } from '../../design/index.ts'
import { WhenComplete } from '../../frame/when-complete.tsx'
import styles from './card.module.css'

interface GoneProps {
  /** Asks the base whether it is really not there. */
  isGone: () => Promise<boolean>
  icon: LucideIcon
  title: string
  text: string
  /** The list of such records. */
  list: { path: string; words: string }
}

export const Gone = ({ isGone, icon, title, text, list }: GoneProps) => (
  <div class={styles.gone}>
    <WhenComplete isMissing={isGone}>
      <EmptyState
        icon={icon}
        title={title}
        text={text}
        action={<LinkButton href={list.path}>{list.words}</LinkButton>}
      />
    </WhenComplete>
  </div>
)
