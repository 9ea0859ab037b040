import type { LucideIcon } from 'lucide-preact'

export interface IconProps {
  /** An icon imported by name from lucide-preact, so that only those used are in the build. */
  of: LucideIcon
  size?: 16 | 20
  class?: string
}

/** A picture beside words: hidden from screen readers. */
export const Icon = ({ of: Shape, size = 16, class: className }: IconProps) => (
  <Shape size={size} strokeWidth={size === 16 ? 2 : 1.75} class={className} aria-hidden="true" />
)
