/**
 * A company whose rights change by a script (`rights-steps.ts`). Names, messages and files are words that
 * stand nowhere else, so that a trace of a record is found wherever it was left.
 */
import { createHash } from 'node:crypto'
import { monthOf, newId, segmentId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { completenessId } from '../../../shared/records/completeness.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import { privateValueId } from '../../../shared/records/private-value.ts'
import { newMailbox } from './lab.ts'
import { clients, dialogs, type RightsStep, works } from './rights-steps.ts'

/** When all messages were written. */
export const month = Date.UTC(2026, 10, 21)

/** Of what type each piece of work is. */
const workTypeAt = (at: number) => (['task', 'interest', 'contract'] as const)[at % 3] ?? 'task'

export interface RightsWorldDeps {
  /** A change by the relay. */
  write: (type: RecordType, id: string, patch: Patch) => Promise<void>
  /** Puts a file as a connector does. */
  putFile: (hash: string, content: Uint8Array<ArrayBuffer>) => Promise<void>
  /** The limited employee first, the administrator last. */
  everyone: readonly string[]
}

export const rightsWorld = async ({ write, putFile, everyone }: RightsWorldDeps) => {
  const [boris = '', anna = ''] = [everyone[0], everyone.at(-1)]
  // Words that stand nowhere else: one for each name that a record ever had.
  let n = 0
  const namesOf = new Map<string, string[]>()
  const rename = (id: string) => {
    const name = `Тайна${String(++n).padStart(5, '0')}`
    namesOf.set(id, [...(namesOf.get(id) ?? []), name])
    return name
  }
  const ids = Array.from({ length: clients }, newId)
  for (const [at, id] of ids.entries())
    await write(at % 3 === 2 ? 'person' : 'client', id, {
      ...(at % 3 !== 2 && { kind: 'organisation' }),
      name: rename(id),
    })
  const typeAt = (at: number) => (at % 3 === 2 ? 'person' : 'client')
  const departments = [newId(), newId(), newId()]
  for (const [at, id] of departments.entries())
    await write('department', id, { name: `Отдел ${at}` })
  const roles = [newId(), newId()]
  for (const [at, id] of roles.entries()) await write('role', id, { name: `Роль ${at}` })
  const mailbox = newId()
  await write('account', mailbox, newMailbox({ access: 'list', users: [], name: rename(mailbox) }))
  const conversations = Array.from({ length: dialogs }, () => {
    const dialog = newId()
    return { dialog, segment: segmentId(dialog, month), appeal: newId(), file: '' }
  })
  const say = (segment: string, dialog: string, more: object = {}) =>
    write('segment', segment, {
      dialog,
      account: mailbox,
      month: monthOf(month),
      messages: {
        [`mail:${++n}`]: {
          at: month,
          direction: 'in',
          kind: 'letter',
          author: { address: 'ivan@zavod.ru' },
          text: rename(segment),
          ...more,
        },
      },
    })
  for (const one of conversations) {
    const { dialog, segment, appeal } = one
    await write('dialog', dialog, {
      account: mailbox,
      channel: 'mail',
      subject: rename(dialog),
      peer: { address: 'ivan@zavod.ru' },
    })
    // A file is a secret of its segment.
    const content = new TextEncoder().encode(rename(segment))
    one.file = createHash('sha256').update(content).digest('hex')
    await putFile(one.file, content)
    const size = content.length
    const files = [{ hash: one.file, name: 'смета.txt', size, type: 'text/plain' }]
    await say(segment, dialog, { files, html: one.file })
    await write('appeal', appeal, {
      account: mailbox,
      channel: 'mail',
      dialog,
      who: { address: 'ivan@zavod.ru' },
      firstWords: rename(appeal),
      at: month,
      state: 'new',
    })
  }
  const kind = newId()
  const events = ids.map(newId)
  const owned = ['import', 'clientSegment', 'view'] as const
  const ownedIds = owned.map(newId)
  // Who they belong to is said once, and is the one or the other in each run.
  const owner = everyone[namesOf.size % 2]
  await write('import', ownedIds[0] ?? '', {
    name: rename(ownedIds[0] ?? ''),
    by: owner,
    at: month,
    state: 'done',
  })
  await write('clientSegment', ownedIds[1] ?? '', { name: rename(ownedIds[1] ?? ''), owner: anna })
  await write('view', ownedIds[2] ?? '', {
    recordType: 'client',
    name: rename(ownedIds[2] ?? ''),
    owner: anna,
  })
  const [scenario, stage] = [newId(), newId()]
  const work = Array.from({ length: works }, newId)
  for (const [at, id] of work.entries())
    if (workTypeAt(at) === 'task')
      await write('task', id, { title: rename(id), kind: 'task', responsible: anna })
    else if (workTypeAt(at) === 'contract')
      await write('contract', id, {
        subject: rename(id),
        client: ids[0] ?? '',
        status: 'draft',
        responsible: anna,
      })
    else
      await write('interest', id, {
        name: rename(id),
        responsible: anna,
        position: { scenario, stage, kind: 'open', since: month },
      })
  const definitions = [newId(), newId()]
  for (const [at, id] of definitions.entries())
    await write('field', id, {
      recordType: 'client',
      kind: 'text',
      name: `Поле ${at}`,
      // The second begins as everybody's.
      ...(at === 0 && { readers: [anna] }),
    })
  const restricted = new Set(definitions.slice(0, 1))
  const values = new Set<string>()
  const substitutions: string[] = []
  const running = new Map<string, string>()

  /** What the relay does of a step; what the device does is the test's. */
  const step = async (each: RightsStep): Promise<void> => {
    if (each.do === 'managers')
      await write(typeAt(each.at), ids[each.at] ?? '', {
        managers: each.who.map((who) => everyone[who]),
      })
    if (each.do === 'open') await write(typeAt(each.at), ids[each.at] ?? '', { open: each.open })
    if (each.do === 'name')
      await write(typeAt(each.at), ids[each.at] ?? '', { name: rename(ids[each.at] ?? '') })
    if (each.do === 'role')
      await write('role', roles[each.at] ?? '', {
        matrix: {
          client: each.matrix,
          person: each.matrix,
          dialog: each.matrix,
          appeal: each.matrix,
          task: each.matrix,
          interest: each.matrix,
          contract: each.matrix,
        },
      })
    if (each.do === 'dropRole')
      await write('role', roles[each.at] ?? '', { deletedAt: each.dropped ? 1 : null })
    if (each.do === 'roles')
      await write('employee', boris, { roles: each.roles.map((at) => roles[at]) })
    if (each.do === 'exception')
      await write('employee', boris, {
        exceptions: each.given
          ? { client: each.matrix, dialog: each.matrix, task: each.matrix }
          : null,
      })
    if (each.do === 'department')
      await write('employee', everyone[each.who] ?? '', {
        department: each.at === null ? null : departments[each.at],
      })
    if (each.do === 'parent')
      await write('department', departments[each.at] ?? '', {
        parent: each.parent === null ? null : departments[each.parent],
      })
    if (each.do === 'administrator')
      await write('employee', boris, { role: each.is ? 'administrator' : 'employee' })
    if (each.do === 'mailbox')
      await write('account', mailbox, {
        users: each.users.map((who) => everyone[who]),
        access: each.access,
        openForReading: each.openForReading,
      })
    if (each.do === 'responsible') {
      const one = conversations[each.at]
      const responsible = each.who === null ? null : everyone[each.who]
      await write(
        each.type as RecordType,
        (each.type === 'dialog' ? one?.dialog : one?.appeal) ?? '',
        {
          responsible,
        },
      )
    }
    if (each.do === 'restrict')
      await write(workTypeAt(each.at), work[each.at] ?? '', {
        restricted: each.restricted || null,
        members: each.members.map((who) => everyone[who]),
        responsible: everyone[each.responsible],
      })
    if (each.do === 'readers') {
      const field = definitions[each.at] ?? ''
      const { readers } = each
      if (readers) restricted.add(field)
      else restricted.delete(field)
      await write('field', field, {
        readers: readers && [
          ...readers.who.map((who) => everyone[who]),
          ...readers.roles.map((at) => roles[at]),
          ...readers.departments.map((at) => departments[at]),
        ],
      })
    }
    if (each.do === 'value') {
      // The fields are of clients.
      const at = typeAt(each.at) === 'person' ? each.at - 1 : each.at
      const [record, field] = [ids[at] ?? '', definitions[each.field] ?? '']
      const id = privateValueId(record, field)
      values.add(id)
      const recordType = typeAt(at)
      // Where the field is restricted right then, the relay moves it.
      if (restricted.has(field))
        await write('privateValue', id, { record, recordType, field, value: rename(id) })
      else await write(recordType, record, { custom: { [field]: rename(id) } })
    }
    if (each.do === 'event')
      await write('interaction', events[each.at] ?? '', {
        kind,
        at: month,
        contact: ids[each.at],
        contactType: typeAt(each.at),
        text: rename(events[each.at] ?? ''),
      })
    if (each.do === 'trash') {
      const deletedAt = each.thrown ? month : null
      const event = events[each.at] ?? ''
      if (!each.event) await write(typeAt(each.at), ids[each.at] ?? '', { deletedAt })
      else if (namesOf.has(event)) await write('interaction', event, { deletedAt })
    }
    if (each.do === 'notice')
      await write('notice', newId(), {
        user: everyone[each.who],
        kind: 'responsible',
        about: ids[each.at],
        aboutType: typeAt(each.at),
        at: month,
      })
    if (each.do === 'belonging') {
      const id = ownedIds[each.at] ?? ''
      // A load is nobody's to share.
      const shared = each.at === 0 ? {} : { shared: each.shared }
      await write(owned[each.at] ?? 'import', id, { name: rename(id), ...shared })
    }
    if (each.do === 'completeness')
      await write('completeness', completenessId('client'), {
        recordType: 'client',
        controlled: each.phone ? ['contact'] : ['inn'],
      })
    if (each.do === 'message') {
      const one = conversations[each.at]
      if (one) await say(one.segment, one.dialog)
    }
    if (each.do === 'away' && everyone[each.who] !== boris) {
      const absent = everyone[each.who] ?? ''
      const id = newId()
      const before = running.get(absent)
      if (before) await write('substitution', before, { to: Date.now() })
      running.delete(absent)
      if (each.running) {
        running.set(absent, id)
        substitutions.push(id)
        await write('substitution', id, {
          absent,
          deputy: boris,
          from: Date.now() - 1_000,
          to: Date.now() + 3_600_000,
          parts: each.parts,
          createdBy: each.byThemselves ? absent : anna,
        })
      }
    }
  }

  return {
    step,
    namesOf,
    ids,
    typeAt,
    mailbox,
    conversations,
    definitions,
    /** Ids that the values of the fields have while not everyone may see them. */
    values,
    /** Something new to write, of the limited employee's own. */
    ownWords: () => `Слова ${n}`,
    /** Records of all types whose history somebody looks at. */
    lookedAt: [
      ...ids,
      ...work,
      ...events,
      ...conversations.flatMap(({ dialog, segment }) => [dialog, segment]),
    ],
    /** Whether every value lies where the readers of its field say. */
    isArranged: (rows: Row[]) => {
      const apart = rows.flatMap((row) =>
        row.type === 'field' && Array.isArray(row.readers) ? [row.id] : [],
      )
      return rows.every(
        (row) =>
          (row.type !== 'field' || (row.apart === true) === apart.includes(row.id)) &&
          !apart.some((id) => id in ((row.custom as object | undefined) ?? {})),
      )
    },
  }
}
