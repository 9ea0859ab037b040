/** Prints a document, or saves it as PDF, by the browser's own dialog. */
import { render } from 'preact'
import type { Block } from '../../../shared/templates/render.ts'
import styles from './document.module.css'
import { DocumentView } from './document-view.tsx'

/** `name` is what a browser proposes for the file. */
export const printDocument = (blocks: readonly Block[], name: string): void => {
  const paper = document.createElement('div')
  paper.className = styles.paper ?? ''
  // An open dialog hides nothing of it: it is beside the program, and the program is not printed.
  document.body.append(paper)
  render(<DocumentView blocks={blocks} />, paper)
  const title = document.title
  const printing = styles.printing ?? ''
  const done = () => {
    removeEventListener('afterprint', done)
    document.title = title
    document.documentElement.classList.remove(printing)
    render(null, paper)
    paper.remove()
  }
  addEventListener('afterprint', done)
  document.title = name
  document.documentElement.classList.add(printing)
  window.print()
}
