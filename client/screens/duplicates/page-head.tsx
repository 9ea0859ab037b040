/** The head of a full-width page: a way back and its name. */
import { ArrowLeft } from 'lucide-preact'
import { Link } from 'wouter-preact'
import { Icon } from '../../design/index.ts'
import { t as frameTexts } from '../../frame/texts.ts'
import styles from './duplicates.module.css'

export const PageHead = ({ title, back }: { title: string; back: string }) => (
  <header class={styles.head}>
    <Link
      href={back}
      class={styles.back}
      aria-label={frameTexts('back')}
      title={frameTexts('back')}
    >
      <Icon of={ArrowLeft} size={20} />
    </Link>
    <h1 class={styles.title}>{title}</h1>
  </header>
)
