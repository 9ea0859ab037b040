/** What the form of a task holds, and the records it makes. No I/O. */
import { newId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { type DirectoryRow, resolveEntry } from '../../../shared/records/directory.ts'
import { setChange } from '../../../shared/records/sets.ts'
import type { TaskKind, TaskRow } from '../../../shared/records/task.ts'
import { usualRemind } from '../../../shared/tasks.ts'
import type { Write } from '../../replica/index.ts'
import type { Entered } from '../clients/new-values.ts'
import { typedWhen, type When } from './when.ts'

export interface Linked {
  id: string
  name: string
}

export interface TaskForm {
  title: string
  kind: TaskKind
  category: string
  /** As typed. */
  when: string
  /** Minutes; empty: not given. A draft of before has none. */
  duration?: string
  /** Minutes; empty: never. */
  remind: string
  responsible: string
  notify: boolean
  client: Linked | null
  person: Linked | null
  interest: string
  dialog: string
  description: string
  result: string
  restricted: boolean
  members: string[]
  /** Of fields of one's own, by their key. */
  custom: Entered
}

export const emptyTask = (self: string): TaskForm => ({
  title: '',
  kind: 'task',
  category: '',
  when: '',
  duration: '',
  remind: String(usualRemind),
  responsible: self,
  notify: true,
  client: null,
  person: null,
  interest: '',
  dialog: '',
  description: '',
  result: '',
  restricted: false,
  members: [],
  custom: {},
})

/** The form that shows a task. */
export const formOf = (
  task: Omit<TaskRow, 'type'>,
  client: Linked | null,
  person: Linked | null,
): TaskForm => ({
  title: task.title,
  kind: task.kind,
  category: task.category ?? '',
  when: typedWhen(task),
  duration: task.duration === undefined ? '' : String(task.duration),
  remind: task.remind === undefined ? '' : String(task.remind),
  responsible: task.responsible,
  notify: task.notify === true,
  client,
  person,
  interest: task.interest ?? '',
  dialog: task.dialog ?? '',
  description: task.description ?? '',
  result: task.result ?? '',
  restricted: task.restricted === true,
  members: task.members ?? [],
  custom: {},
})

/**
 * The form of a new task like another one: how that one ended is its own. A category that was replaced
 * meanwhile is the one that replaces it, one that was deleted is none (F144).
 */
export const copyOfTask = (
  task: Omit<TaskRow, 'type'>,
  entries: ReadonlyMap<string, DirectoryRow>,
  client: Linked | null,
  person: Linked | null,
  custom: Entered,
): TaskForm => ({
  ...formOf(task, client, person),
  category: resolveEntry(entries, task.category)?.id ?? '',
  result: '',
  custom,
})

/** The fields of a form as a patch; null takes a field away. */
const patchOf = (form: TaskForm, when: When | null): Patch => ({
  title: form.title.trim(),
  kind: form.kind,
  category: form.category || null,
  due: when?.due ?? null,
  allDay: when?.allDay || null,
  duration: when && form.duration ? Number(form.duration) : null,
  remind: when && form.remind !== '' ? Number(form.remind) : null,
  responsible: form.responsible,
  notify: form.notify || null,
  client: form.client?.id ?? null,
  person: form.person?.id ?? null,
  interest: form.interest || null,
  dialog: form.dialog || null,
  description: form.description.trim(),
  result: form.result.trim() || null,
  restricted: form.restricted || null,
  members: form.restricted && form.members.length > 0 ? form.members : null,
})

/** Of an open form only what was changed in it: what others changed meanwhile stays. */
export const changedFields = (
  before: TaskForm,
  after: TaskForm,
  whenBefore: When | null,
  when: When | null,
): Patch => {
  const [old, now] = [patchOf(before, whenBefore), patchOf(after, when)]
  const patch = Object.fromEntries(
    Object.entries(now).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(old[name]),
    ),
  )
  const membersOf = ({ restricted, members }: TaskForm) => (restricted ? members : [])
  return 'members' in patch
    ? { ...patch, members: setChange(membersOf(before), membersOf(after)) }
    : patch
}

/** Without what is empty: a record that lacks a field needs no key that says so. */
const withoutNothing = (patch: Patch): Patch =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== null && value !== ''))

/** Whom the tasks of a form are about; equal tasks for each of several (F142). */
export type Target = { client?: string; person?: string; interest?: string }

export const taskWrites = (
  form: TaskForm,
  when: When | null,
  custom: Record<string, unknown>,
  targets: readonly Target[],
): Write[] => {
  const patch = withoutNothing(patchOf(form, when))
  if (Object.keys(custom).length > 0) patch.custom = custom
  return (targets.length > 0 ? targets : [{}]).map((target) => ({
    type: 'task',
    id: newId(),
    patch: { ...patch, ...target },
  }))
}
