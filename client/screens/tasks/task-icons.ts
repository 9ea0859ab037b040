/** Pictures of kinds and categories of tasks. */
import {
  Check,
  CircleCheck,
  Handshake,
  Heart,
  type LucideIcon,
  Mail,
  Phone,
  Presentation,
  Printer,
  Share2,
  StickyNote,
  Truck,
  UsersRound,
  Utensils,
} from 'lucide-preact'
import type { TaskKind } from '../../../shared/records/task.ts'

const kinds: Record<TaskKind, LucideIcon> = { task: CircleCheck, call: Phone, meeting: UsersRound }

/** By the names that directory entries keep. */
export const categoryIcons = {
  phone: Phone,
  deal: Handshake,
  screen: Presentation,
  mail: Mail,
  printer: Printer,
  check: Check,
  food: Utensils,
  people: UsersRound,
  note: StickyNote,
  truck: Truck,
  share: Share2,
  heart: Heart,
} as const satisfies Readonly<Record<string, LucideIcon>>
export type CategoryIcon = keyof typeof categoryIcons

const isCategoryIcon = (name: string): name is CategoryIcon => Object.hasOwn(categoryIcons, name)

export const taskIcon = (kind: TaskKind, category: string | undefined): LucideIcon =>
  category !== undefined && isCategoryIcon(category) ? categoryIcons[category] : kinds[kind]
