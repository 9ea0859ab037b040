import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { Toasts } from '../design/index.ts'
import { LanguageChoice } from './language-choice.tsx'
import { Logo } from './logo.tsx'
import { nameInTitle } from './name-in-title.ts'
import styles from './plain-page.module.css'

/** A page without the frame: nobody is signed in. */
export const PlainPage = ({ title, children }: { title: string; children: ComponentChildren }) => {
  useEffect(() => nameInTitle(title), [title])
  return (
    <div class={styles.page}>
      <main class={styles.main}>
        <header class={styles.header}>
          <Logo size={40} />
          <h1 class={styles.title}>{title}</h1>
        </header>
        {children}
      </main>
      <footer class={styles.footer}>
        <LanguageChoice />
      </footer>
      <Toasts />
    </div>
  )
}
