/** A share of the cards as a bar, with words that lead to those cards. */
import { Link } from 'wouter-preact'
import styles from './completeness.module.css'
import { t } from './texts.ts'

interface ShareRowProps {
  name: string
  /** Percent. */
  share: number
  words: string
  href: string | null
}

export const ShareRow = ({ name, share, words, href }: ShareRowProps) => (
  <li class={styles.row}>
    <span class={styles.name}>{name}</span>
    <span class={styles.bar} aria-hidden="true">
      <span class={styles.filled} style={{ width: `${share}%` }} />
    </span>
    <span class={styles.share}>{t('share', { share })}</span>
    <span class={styles.words}>
      {href ? (
        <Link class="link" href={href}>
          {words}
        </Link>
      ) : (
        words
      )}
    </span>
  </li>
)
