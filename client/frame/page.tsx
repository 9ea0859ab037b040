import { ArrowLeft } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { Link } from 'wouter-preact'
import { classNames, Icon } from '../design/index.ts'
import styles from './page.module.css'
import { t } from './texts.ts'

interface PageProps {
  title: string
  /** Address one level up. */
  back?: string
  actions?: ComponentChildren
  /** Wide pages hold lists, the widest tables; narrow ones are read and filled in. */
  width?: 'narrow' | 'wide' | 'widest'
  children: ComponentChildren
}

/** A page of settings: a heading, what can be done, and content of a readable width. */
export const Page = ({ title, back, actions, width = 'narrow', children }: PageProps) => (
  <div class={styles.scroll}>
    <div class={classNames(styles.page, styles[width])}>
      <header class={styles.header}>
        {back !== undefined && (
          <Link href={back} class={styles.back} aria-label={t('back')} title={t('back')}>
            <Icon of={ArrowLeft} size={20} />
          </Link>
        )}
        <h1 class={styles.title}>{title}</h1>
        {actions}
      </header>
      {children}
    </div>
  </div>
)

interface SectionProps {
  title: string
  hint?: string
  actions?: ComponentChildren
  children: ComponentChildren
}

export const Section = ({ title, hint, actions, children }: SectionProps) => (
  <section class={styles.section} aria-label={title}>
    <header class={styles.sectionHeader}>
      <h2 class={styles.sectionTitle}>{title}</h2>
      {actions}
    </header>
    {hint && <p class="meta">{hint}</p>}
    {children}
  </section>
)

/** Rows with a border around them: settings, accounts, people. */
export const Rows = ({ children }: { children: ComponentChildren }) => (
  <ul class={styles.rows}>{children}</ul>
)
