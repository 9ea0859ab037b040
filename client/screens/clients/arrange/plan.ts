/** A card that is being arranged (F10): sections with fields, and what is hidden. No I/O. */
import type { Arrangement } from '../../../../shared/records/layout.ts'
import type { Block } from '../../../fields/arrange.ts'

export interface Section {
  /** Empty of the first one, whose fields stand under no heading and which always stays first. */
  id: string
  title: string
  /** Keys of fields. */
  fields: readonly string[]
}

export interface Plan {
  sections: readonly Section[]
  hidden: readonly string[]
}

const sectionMark = 'section:'

/** @param known keys of all fields of the card, those that are hidden too */
export const planOf = (blocks: readonly Block[], known: readonly string[]): Plan => {
  const named = blocks.filter(({ title }) => title !== '')
  const bare = blocks.filter(({ title }) => title === '')
  const shown = new Set(blocks.flatMap(({ fields }) => fields.map(({ key }) => key)))
  return {
    sections: [
      { id: '', title: '', fields: bare.flatMap(({ fields }) => fields.map(({ key }) => key)) },
      ...named.map(({ title, fields }, index) => ({
        id: String(index + 1),
        title,
        fields: fields.map(({ key }) => key),
      })),
    ],
    hidden: known.filter((key) => !shown.has(key)),
  }
}

/** What is stored. A section without a name lends its fields to the one above it. */
export const arrangementOf = ({ sections, hidden }: Plan): Arrangement => {
  const blocks: { title: string; fields: string[] }[] = []
  for (const { title, fields } of sections) {
    const name = title.trim()
    const above = blocks.at(-1)
    const same = name === '' ? above : blocks.find((block) => block.title === name)
    if (same) same.fields.push(...fields)
    else blocks.push({ title: name, fields: [...fields] })
  }
  return { blocks, hidden: [...hidden] }
}

/** Headings and fields as one list, from top to bottom: what is dragged, and over what. */
export const linesOf = ({ sections }: Plan): string[] =>
  sections.flatMap(({ id, fields }) => [...(id === '' ? [] : [sectionMark + id]), ...fields])

/** The section whose heading a line is; undefined of a field. */
export const headingOf = (plan: Plan, line: string): Section | undefined =>
  line.startsWith(sectionMark)
    ? plan.sections.find(({ id }) => id === line.slice(sectionMark.length))
    : undefined

/** A field goes where it is let go; a section goes with its fields, past as many headings as it passed. */
export const moved = (plan: Plan, line: string, index: number): Plan => {
  const lines = linesOf(plan)
  const others = lines.filter((each) => each !== line)
  const heading = headingOf(plan, line)
  if (!heading) return placed(plan, [...others.slice(0, index), line, ...others.slice(index)])
  const rest = plan.sections.filter(({ id }) => id !== heading.id)
  const from = plan.sections.indexOf(heading)
  const passed = others.slice(0, index).filter((each) => headingOf(plan, each)).length + 1
  const isUp = index < lines.indexOf(line)
  // Let go among the fields of a neighbour it has passed it, though not the neighbour's heading.
  const to = passed !== from ? passed : isUp ? from - 1 : Math.min(from + 1, rest.length)
  const at = Math.max(1, to)
  return { ...plan, sections: [...rest.slice(0, at), heading, ...rest.slice(at)] }
}

/** The sections as the order of the lines has them. */
const placed = (plan: Plan, lines: readonly string[]): Plan => {
  const [bare] = plan.sections
  const sections: Section[] = bare ? [{ ...bare, fields: [] }] : []
  for (const line of lines) {
    const heading = headingOf(plan, line)
    const last = sections.at(-1)
    if (heading) sections.push({ ...heading, fields: [] })
    else if (last) sections[sections.length - 1] = { ...last, fields: [...last.fields, line] }
  }
  return { ...plan, sections }
}

export const hidden = (plan: Plan, key: string): Plan => ({
  sections: plan.sections.map((section) => ({
    ...section,
    fields: section.fields.filter((each) => each !== key),
  })),
  hidden: [...plan.hidden, key],
})

/** Shown again at the end of the card, where the eye is that just pressed the button. */
export const shown = (plan: Plan, key: string): Plan => ({
  sections: plan.sections.map((section, index) =>
    index === plan.sections.length - 1 ? { ...section, fields: [...section.fields, key] } : section,
  ),
  hidden: plan.hidden.filter((each) => each !== key),
})

export const renamed = (plan: Plan, id: string, title: string): Plan => ({
  ...plan,
  sections: plan.sections.map((section) => (section.id === id ? { ...section, title } : section)),
})

/** A new section at the end, without fields yet. */
export const withSection = (plan: Plan, title: string): Plan => {
  const last = Math.max(0, ...plan.sections.map(({ id }) => Number(id)))
  const section = { id: String(last + 1), title, fields: [] }
  return { ...plan, sections: [...plan.sections, section] }
}

/** Without a section; its fields go to the one above. */
export const withoutSection = (plan: Plan, id: string): Plan =>
  placed(
    plan,
    linesOf(plan).filter((line) => line !== sectionMark + id),
  )
