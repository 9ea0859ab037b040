import styles from './Avatar.module.css'
import { classNames } from './class-names.ts'

export interface AvatarProps {
  name: string
  size?: 20 | 24 | 32 | 40 | 64
  /** Address of a picture; initials where there is none. */
  picture?: string
  /** Companies are squares, people are circles. */
  shape?: 'circle' | 'square'
}

/** Up to two letters: «Иван Петров» → ИП, «ООО «Ромашка»» → Р. */
export const initialsOf = (name: string): string => {
  const legalForm = /^(ООО|ОАО|ПАО|ЗАО|АО|ИП|ГУП|МУП|НКО|LLC|Ltd)$/iu
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean)
  const own = words.filter((word) => !legalForm.test(word))
  return (own.length > 0 ? own : words)
    .slice(0, 2)
    .map((word) => (Array.from(word)[0] ?? '').toUpperCase())
    .join('')
}

/** Hues that stay apart and keep 4.5:1 with the letters on them. */
const hues = 8
const hueOf = (name: string): number => {
  let sum = 0
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 65_521
  return sum % hues
}

/** A face or initials. Always beside the name, so hidden from screen readers. */
export const Avatar = ({ name, size = 32, picture, shape = 'circle' }: AvatarProps) => (
  <span
    class={classNames(
      styles.avatar,
      styles[`size${size}`],
      styles[shape],
      styles[`hue${hueOf(name)}`],
    )}
    // Drawn, not written: for screen readers and search on the page the name beside it is the text.
    data-initials={picture ? undefined : initialsOf(name)}
    aria-hidden="true"
  >
    {picture && <img src={picture} alt="" />}
  </span>
)
