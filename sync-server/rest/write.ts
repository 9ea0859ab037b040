/**
 * Creating, changing and deleting for programs, by the same pipeline as what devices push: a change is
 * made at its turn, on top of the record as it is then, with a Yjs client id that belongs to the token's
 * employee. So it is judged by their rights, merged with what devices write meanwhile, and told in the
 * history as theirs.
 */
import type { Clock } from '../../shared/clock.ts'
import { takenApart } from '../../shared/fields/apart.ts'
import { clientsOfDefaults, defaultOf } from '../../shared/fields/defaults.ts'
import { customField } from '../../shared/fields/fields.ts'
import { nameChanges, partedName } from '../../shared/human-names.ts'
import { withAmountByHand } from '../../shared/interests/lines.ts'
import { firstStage, movePatch, reasonPatch } from '../../shared/interests/moves.ts'
import { fail, ok, type Result } from '../../shared/reasons.ts'
import type { Patch } from '../../shared/records/change.ts'
import { type ContractRow, statusPart } from '../../shared/records/contract.ts'
import type { Row } from '../../shared/records/declaration.ts'
import { canBeHidden, type FieldRow } from '../../shared/records/field.ts'
import { declarationOf, type RecordType } from '../../shared/records/index.ts'
import type { InterestRow } from '../../shared/records/interest.ts'
import { nameParts } from '../../shared/records/name-parts.ts'
import { accessOf, privateValueId } from '../../shared/records/private-value.ts'
import type { ScenarioRow } from '../../shared/records/scenario.ts'
import { mayRead } from '../../shared/rights.ts'
import { fieldsToRepeat } from '../commit/follow.ts'
import type { LatePatch } from '../commit/judgement.ts'
import type { Proposal } from '../commit/pipeline.ts'
import { type Asked, patchOn } from './body.ts'
import type { Program } from './programs.ts'
import { publishedFields } from './published.ts'
import type { Whole } from './reader.ts'

export interface WriteDeps {
  clock: Clock
  newId: () => string
  random32: () => number
}

export interface Writing {
  /** `definitions`: the own fields of the type that the employee sees. */
  create(
    program: Program,
    type: RecordType,
    id: string,
    asked: Asked,
    definitions: readonly FieldRow[],
  ): Promise<Result<void>>
  change(program: Program, whole: Whole, asked: Asked, ifSame: boolean): Promise<Result<void>>
  remove(program: Program, whole: Whole, ifSame: boolean): Promise<Result<void>>
}

type Change = Pick<Proposal, 'id' | 'type' | 'change' | 'ifSeq'>

export const writing = ({ clock, newId, random32 }: WriteDeps): Writing => {
  /** By token, drawn anew by each process. */
  const writers = new Map<string, number>()
  const writerOf = ({ token }: Program): number => {
    const known = writers.get(token.id) ?? random32()
    writers.set(token.id, known)
    return known
  }

  const propose = async (program: Program, change: Change): Promise<Result<number>> => {
    const { workspace, subject, token, device } = program
    const once = () =>
      workspace.pipeline.propose({
        ...change,
        subject,
        device,
        madeAt: clock(),
        writer: writerOf(program),
        // Beside what the employee does at their devices, not before it.
        turnOf: device,
      })
    const outcome = await once()
    if (outcome.ok || outcome.reason !== 'foreignWriter') return outcome
    // Of 2^32 ids somebody has had this one.
    writers.delete(token.id)
    return once()
  }

  /** Where an Interest is to stand; null where the body does not say. */
  const moveOf = (
    { subject }: Program,
    { stage, lossReason }: Asked,
    row: Row | null,
  ): Result<Patch | null> => {
    const before = row as unknown as InterestRow | null // of its type
    if (before && (stage === undefined || stage === before.stage))
      return ok(lossReason === undefined ? null : reasonPatch(before, lossReason))
    const scenarios = [...(subject.scenarios?.values() ?? [])].filter(
      ({ deletedAt }) => deletedAt === undefined,
    )
    const found = placeOf(scenarios, stage)
    if (!found) return fail('invalidValue', 'stage')
    const move = { at: clock(), by: subject.id, ...(lossReason && { reason: lossReason }) }
    return ok(movePatch(found.scenario, found.stage, move))
  }

  /** What belongs to a change of some fields, as devices write it. */
  const withRest = (
    { subject }: Program,
    type: RecordType,
    row: Readonly<Record<string, unknown>>,
    patch: Patch,
  ): Patch => {
    if (type === 'interest') return withAmountByHand(row, patch)
    if (type === 'client' || type === 'person') return withNameParts(row, patch)
    const { status } = patch
    if (type !== 'contract' || typeof status !== 'string' || status === row.status) return patch
    const at = clock()
    const key = statusPart(status as ContractRow['status']) // the body was checked
    return { ...patch, reached: { [key]: { at, by: subject.id, order: String(at) } } }
  }

  /** The values that lie apart, after their record: who may write it was asked by then. */
  const writeApart = async (
    program: Program,
    row: Row,
    apart: ReadonlyMap<string, Patch>,
  ): Promise<Result<void>> => {
    for (const [field, { value }] of apart) {
      const made: Patch = {
        record: row.id,
        recordType: row.type,
        field,
        access: accessOf(row),
        createdAt: clock(),
        createdBy: program.subject.id,
        value,
      }
      const outcome = await propose(program, {
        id: privateValueId(row.id, field),
        type: 'privateValue',
        change: (now) => (now ? { value } : value === null ? null : made),
      })
      if (!outcome.ok) return fail(outcome.reason, `custom/${field}`)
    }
    return ok(undefined)
  }

  const split = ({ workspace }: Program, type: RecordType, { custom }: Asked) =>
    Object.keys(custom).length === 0
      ? { open: {}, apart: new Map<string, Patch>() }
      : takenApart(
          { custom },
          canBeHidden(type) ? workspace.directory.apart() : new Set<string>(),
          [],
        )

  /**
   * What the fields of one's own begin with, as in the form of a new record: those that the employee may
   * fill in, with what is there for them. A day is the relay's, since a program has no other.
   */
  const defaultsOf = async (
    { workspace, subject }: Program,
    definitions: readonly FieldRow[],
  ): Promise<Record<string, unknown>> => {
    const { directory, pipeline } = workspace
    const own = definitions.filter(({ id }) => !subject.closed?.has(id)).map(customField)
    const there = new Set<string>()
    for (const id of clientsOfDefaults(own)) {
      const row = (await pipeline.read(id))?.row
      if (row && row.deletedAt === undefined && mayRead(subject, row)) there.add(id)
    }
    const around = {
      records: { has: (id: string) => directory.employee(id) !== undefined },
      today: new Date(clock()),
    }
    return Object.fromEntries(
      own.flatMap((info) => {
        const value = defaultOf(info, around, there)
        return value === undefined ? [] : [[info.definition?.id ?? '', value] as const]
      }),
    )
  }

  /** What a record has from the beginning, where the body says nothing else. */
  const beginningOf = async (
    program: Program,
    type: RecordType,
    asked: Asked,
  ): Promise<Result<Patch>> => {
    const { workspace, subject } = program
    const rowOf = async (id: string) => (await workspace.pipeline.read(id))?.row ?? null
    const { fields, follows } = declarationOf(type)
    const beginning: Patch = { createdAt: clock(), createdBy: subject.id }
    if (follows) {
      const named = asked.plain[follows.by]
      if (typeof named !== 'string') return fail('missingRequired', follows.by)
      const repeated = await fieldsToRepeat({ id: '', type, [follows.by]: named }, { row: rowOf })
      if (!repeated) return fail('invalidValue', follows.by)
      return ok({ ...beginning, ...(repeated as Patch) }) // of declared fields
    }
    if (fields.managers) beginning.managers = [subject.id]
    if (publishedFields(type).get('responsible')?.written === 'always')
      beginning.responsible = subject.id
    if (type === 'person' && typeof asked.plain.client === 'string') {
      // A person's access is taken from the client when created (F57).
      const client = await rowOf(asked.plain.client)
      if (client?.type === 'client' && mayRead(subject, client)) {
        const managers = (client.managers ?? []) as string[] // of a client
        beginning.managers = [...new Set([subject.id, ...managers])]
        if (client.open !== undefined) beginning.open = client.open
      }
    }
    if (type === 'interest') {
      const moved = moveOf(program, asked, null)
      if (!moved.ok) return moved
      Object.assign(beginning, moved.value)
    }
    return ok(beginning)
  }

  return {
    create: async (program, type, id, asked, definitions) => {
      const beginning = await beginningOf(program, type, asked)
      if (!beginning.ok) return beginning
      const custom = { ...(await defaultsOf(program, definitions)), ...asked.custom }
      const { open, apart } = split(program, type, { ...asked, custom })
      const given = { ...beginning.value, ...patchOn(asked, null, newId), ...open }
      const patch = withRest(program, type, {}, given)
      const outcome = await propose(program, {
        id,
        type,
        // Asked for twice at once by one key, it is made once.
        change: (row) => (row ? null : patch),
      })
      if (!outcome.ok) return outcome
      return writeApart(program, { ...patch, id, type }, apart)
    },

    change: async (program, { row, own }, asked, ifSame) => {
      const type = row.type as RecordType // projected by it
      const { open, apart } = split(program, type, asked)
      const late: LatePatch = (now) => {
        if (!now || now.deletedAt !== undefined || now.mergedInto !== undefined) return null
        const moved = type === 'interest' ? moveOf(program, asked, now) : ok(null)
        const given = { ...patchOn(asked, now, newId), ...open, ...(moved.ok && moved.value) }
        return withRest(program, type, now, given)
      }
      // Said before anything is written; whether the stage is there does not depend on the record.
      if (type === 'interest') {
        const moved = moveOf(program, asked, row)
        if (!moved.ok) return moved
      }
      const outcome = await propose(program, {
        id: row.id,
        type,
        change: late,
        ...(ifSame && { ifSeq: own }),
      })
      return outcome.ok ? writeApart(program, row, apart) : outcome
    },

    remove: async (program, { row, own }, ifSame) => {
      const outcome = await propose(program, {
        id: row.id,
        type: row.type,
        change: (now) =>
          now && now.deletedAt === undefined
            ? { deletedAt: clock(), deletedBy: program.subject.id }
            : null,
        ...(ifSame && { ifSeq: own }),
      })
      return outcome.ok ? ok(undefined) : outcome
    },
  }
}

/** A whole name given alone stands instead of the parts there were, and is taken apart where that is sure. */
const withNameParts = (row: Readonly<Record<string, unknown>>, patch: Patch): Patch => {
  const { name } = patch
  if (typeof name !== 'string' || nameParts.some((part) => patch[part] != null)) return patch
  const kind = patch.kind ?? row.kind
  const parts = kind === undefined || kind === 'person' ? partedName(name) : null
  const changed = nameChanges(row, { name }, 'over')
  const cleared = Object.entries(changed).map(([part, [, after]]) => [part, after] as const)
  return { ...patch, ...Object.fromEntries(cleared), ...parts }
}

/** The stage with its scenario; where none is named, the first of the first scenario. */
const placeOf = (scenarios: readonly ScenarioRow[], wanted: string | undefined) => {
  if (wanted !== undefined) {
    const scenario = scenarios.find(({ stages }) => stages.some(({ id }) => id === wanted))
    const stage = scenario?.stages.find(({ id }) => id === wanted)
    return scenario && stage ? { scenario, stage } : null
  }
  const [scenario] = [...scenarios].sort((a, b) =>
    (a.order ?? '~') < (b.order ?? '~') ? -1 : (a.order ?? '~') > (b.order ?? '~') ? 1 : 0,
  )
  const stage = scenario && firstStage(scenario)
  return scenario && stage ? { scenario, stage } : null
}
