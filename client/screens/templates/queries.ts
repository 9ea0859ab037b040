/** Templates, what can be put into them, and what they are filled with. Needs no network. */
import { useMemo } from 'preact/hooks'
import { dayOf } from '../../../shared/fields/days.ts'
import { type FieldInfo, fieldValue, type ReferenceKind } from '../../../shared/fields/fields.ts'
import type { Names } from '../../../shared/fields/words.ts'
import { withProbability, withScenarios } from '../../../shared/interests/fields.ts'
import { defaultCurrency } from '../../../shared/records/directory.ts'
import { organisationId } from '../../../shared/records/organisation.ts'
import type { TemplateKind, TemplateSubject } from '../../../shared/records/template.ts'
import type { Subject } from '../../../shared/rights.ts'
import type { Filling } from '../../../shared/templates/render.ts'
import { type Variable, variablesOf } from '../../../shared/templates/variables.ts'
import { readReferenceNames } from '../../lists/references.ts'
import {
  type Replica,
  type ReplicaBase,
  resolveRow,
  type StoredRow,
  useLive,
} from '../../replica/index.ts'
import { personsOf } from '../clients/client-queries.ts'

export type Template = StoredRow<'template'>

const byOrder = (a: Template, b: Template): number =>
  (a.order ?? '~') < (b.order ?? '~') ? -1 : (a.order ?? '~') > (b.order ?? '~') ? 1 : 0

/** Those that exist, in their order. */
export const readTemplates = async (base: ReplicaBase): Promise<Template[]> =>
  (await base.template.toArray()).filter(({ deletedAt }) => deletedAt === undefined).sort(byOrder)

/** Those in use of a kind, about one of these. */
export const usable = (
  templates: readonly Template[],
  kind: TemplateKind,
  about: readonly TemplateSubject[],
): Template[] =>
  templates.filter((each) => each.kind === kind && !each.off && about.includes(each.about))

export const readVariables = async (
  base: ReplicaBase,
  subject: Subject,
  about: TemplateSubject,
): Promise<Variable[]> => {
  const [definitions, scenarios] = await Promise.all([
    base.field.toArray(),
    base.scenario.toArray(),
  ])
  return variablesOf(about, definitions, subject, (infos: readonly FieldInfo[]) =>
    withProbability(withScenarios(infos, scenarios), scenarios),
  )
}

/** Null before they were read. */
export const useVariables = (replica: Replica, about: TemplateSubject): Variable[] | null => {
  const subject = replica.subject.value
  const read = useLive(
    async () => ({ about, all: await readVariables(replica.base, subject, about) }),
    [replica, about, subject],
    null,
  ).value
  return useMemo(() => (read?.about === about ? read.all : null), [read, about])
}

/** Which record, and what of its surroundings was chosen. */
export interface Wanted {
  about: TemplateSubject
  id: string
  /** Contact person, where the record names none or another is wanted. */
  person?: string
}

type Values = Readonly<Record<string, unknown>>
type Records = Filling['records']

/** A key person of the client, else anybody there. */
const firstPerson = async (base: ReplicaBase, client: string | undefined) => {
  if (client === undefined) return undefined
  const persons = await personsOf(base, client)
  return persons.find(({ keyPerson }) => keyPerson) ?? persons[0]
}

/** The records around one; undefined where it is not on the device. */
const recordsAround = async (
  { base, session }: Pick<Replica, 'base' | 'session'>,
  { about, id, person }: Wanted,
  now: Date,
): Promise<Records | undefined> => {
  const contract = about === 'contract' ? await base.contract.get(id) : undefined
  const interest = await base.interest.get((about === 'interest' ? id : contract?.interest) ?? '')
  const of = about === 'client' ? id : (contract?.client ?? interest?.client)
  const client = await resolveRow(base, 'client', of)
  const main = { contract, interest, client }[about]
  if (!main) return undefined
  const [signer, organisation, author] = await Promise.all([
    resolveRow(base, 'person', person ?? contract?.person ?? interest?.person),
    base.organisation.get(organisationId()),
    base.employee.get(session.user.id),
  ])
  const whose = contract ?? (about === 'interest' ? interest : undefined)
  const responsible = whose ? whose.responsible : client?.managers?.[0]
  const found: Record<string, Values | undefined> = {
    contract,
    interest,
    client,
    person: signer ?? (await firstPerson(base, client?.id)),
    organisation: organisation ?? { name: session.workspace.name },
    responsible: responsible ? await base.employee.get(responsible) : undefined,
    author,
    today: { date: dayOf(now) },
  }
  return Object.fromEntries(Object.entries(found).filter(([, row]) => row !== undefined))
}

/** What the records refer to. */
const referencesIn = (variables: readonly Variable[], records: Records, of: ReferenceKind) =>
  variables.flatMap(({ group, info }) => {
    const row = records[group]
    const value = info.kind === of && row ? fieldValue(info, row) : undefined
    return typeof value === 'string' ? [value] : []
  })

/** Everything a template about the record is filled with; undefined where it is not on the device. */
export const readFilling = async (
  replica: Pick<Replica, 'base' | 'session' | 'subject'>,
  wanted: Wanted,
  language: Names['language'],
  now: Date,
): Promise<Filling | undefined> => {
  const { base } = replica
  const [records, variables, entries, employees] = await Promise.all([
    recordsAround(replica, wanted, now),
    readVariables(base, replica.subject.value, wanted.about),
    base.directory.toArray(),
    base.employee.toArray(),
  ])
  if (!records) return undefined
  const linked = await readReferenceNames(base, {
    client: referencesIn(variables, records, 'client'),
    person: referencesIn(variables, records, 'person'),
    interest: referencesIn(variables, records, 'interest'),
  })
  return {
    variables,
    records,
    names: {
      language,
      entries: new Map(entries.map((entry) => [entry.id, entry])),
      records: new Map([...employees.map(({ id, name }) => [id, name] as const), ...linked]),
      currency: defaultCurrency(entries),
      today: now,
    },
  }
}
