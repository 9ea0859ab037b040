import { classNames } from './class-names.ts'
import styles from './Dot.module.css'

export type DotColour = 'grey' | 'blue' | 'green' | 'orange' | 'red' | 'violet'

/** A small round of a colour, beside a word that says what it means. */
export const Dot = ({ colour = 'grey' }: { colour?: DotColour | undefined }) => (
  <span class={classNames(styles.dot, styles[colour])} aria-hidden="true" />
)
