import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFile } from '../../../client/replica/files.ts'
import { keepHistory } from '../../../client/replica/kept-history.ts'
import { openBase, type ReplicaBase } from '../../../client/replica/tables.ts'
import { createWriter, drawClientId } from '../../../client/replica/writer.ts'
import { writeRecords } from '../../../client/replica/writes.ts'
import { monthOf, newId } from '../../../shared/ids.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import { type RecordType, recordTypes } from '../../../shared/records/index.ts'
import { until } from '../../lab/processes.ts'
import { startEngine } from './engine.ts'
import { connector, openLab } from './lab.ts'
import { oracle, rowsOfRelay, saidTo } from './rights-oracle.ts'
import { rightsStepOfAllTypes } from './rights-steps.ts'
import { month, rightsWorld } from './rights-world.ts'

/**
 * The real replica of a limited employee, over an IndexedDB in memory, synced by the real engine
 * while rights change at random. In the end its whole base is dumped and compared with an oracle
 * that works out from the rows, by the words of F57, F278 and F282, who may read what.
 */
/** Everything in the base as text: rows, states of documents, files, search, outbox, answers. */
const dump = async (base: ReplicaBase): Promise<{ where: string; text: string }[]> => {
  const entries: { where: string; text: string }[] = []
  const contents: Promise<void>[] = []
  for (const table of base.tables) {
    await table.each((value: unknown, { primaryKey }) => {
      const where = `${table.name} ${String(primaryKey)}`
      entries.push({ where, text: `${where} ${words(value)}` })
      for (const inner of Object.values(value ?? {}))
        if (inner instanceof Blob)
          contents.push(inner.text().then((text) => void entries.push({ where, text })))
    })
  }
  await Promise.all(contents)
  return entries
}

const words = (value: unknown): string => {
  if (value instanceof Uint8Array) return new TextDecoder().decode(value)
  if (Array.isArray(value)) return value.map(words).join(' ')
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([key, inner]) => `${key} ${words(inner)}`)
      .join(' ')
  return String(value)
}

test('the whole base of a limited employee holds what they may read, and no word of anything else', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(rightsStepOfAllTypes, { minLength: 500, maxLength: 500 }),
      async (script) => {
        const lab = await openLab()
        const { relay, anna, app } = lab
        const boris = await lab.join('boris@romashka.ru')
        const vera = await lab.join('vera@romashka.ru')
        const gleb = await lab.join('gleb@romashka.ru')
        const everyone = [boris.id, vera.id, gleb.id, anna.id]
        const write = async (type: RecordType, id: string, patch: Patch) => {
          const written = await relay.workspace?.write(type, id, patch)
          if (!written?.ok) throw new Error(`${type} was refused: ${written?.reason}`)
        }
        const world = await rightsWorld({
          write,
          putFile: async (hash, body) => {
            const put = { method: 'PUT', headers: connector(app).headers, body }
            expect((await app.request(`/files/${hash}`, put)).status).toBe(200)
          },
          everyone,
        })
        const { namesOf, ids, typeAt, mailbox, conversations } = world
        const reading: Promise<unknown>[] = []

        const base = openBase(`rights-${newId()}`)
        await base.open()
        const engine = startEngine(base, app, boris)
        const own = createWriter(drawClientId)
        for (const each of script) {
          await world.step(each)
          // Not waited for: rights change while the file is on its way.
          if (each.do === 'file')
            reading.push(
              readFile(
                { base, fetch: engine.ask, clock: () => Date.now() },
                conversations[each.at]?.file ?? '',
              ),
            )
          if (each.do === 'history') {
            const id = world.lookedAt[each.at % world.lookedAt.length] ?? ''
            const look = async () => {
              const answer = await engine.ask(`/api/history/${id}`)
              return answer.ok ? answer.json() : null
            }
            reading.push(keepHistory(base, id, look))
          }
          if (each.do === 'note') {
            const one = conversations[each.at]
            const subject = relay.workspace?.directory.subjectOf(boris.id)
            const note = {
              at: month,
              direction: 'out',
              kind: 'note',
              author: { employee: boris.id },
              text: world.ownWords(),
            }
            if (subject && one)
              await writeRecords(
                { base, writer: own, subject: () => subject, clock: () => Date.now() },
                [
                  {
                    type: 'segment',
                    id: one.segment,
                    patch: {
                      dialog: one.dialog,
                      account: mailbox,
                      month: monthOf(month),
                      messages: { [`mail:${newId()}`]: note },
                    } as Patch,
                  },
                ],
              )
          }
          if (each.do === 'cut') await engine.cut()
          if (each.do === 'wait') await new Promise((resolve) => setTimeout(resolve, 5))
          if (each.do === 'type') {
            const subject = relay.workspace?.directory.subjectOf(boris.id)
            if (subject)
              // On what is not on the device this creates a record that the relay refuses.
              await writeRecords(
                { base, writer: own, subject: () => subject, clock: () => Date.now() },
                [
                  {
                    type: typeAt(each.at),
                    id: ids[each.at] ?? '',
                    patch: { note: world.ownWords() },
                  },
                ],
              )
          }
        }

        await write('employee', boris.id, { role: 'employee' })
        await write('employee', vera.id, { name: 'Последнее' })
        const rows: Row[] = []
        await Promise.all(reading)
        await until('the device is in step', async () => {
          const settled =
            (await base.outbox.count()) === 0 &&
            (await base.employee.get(vera.id))?.name === 'Последнее' &&
            (await base.meta.get('complete')) === true &&
            (await base.searchLog.count()) === 0
          return settled || undefined
        })
        await until('values lie where they belong', async () => {
          rows.length = 0
          if (relay.workspace) rows.push(...(await rowsOfRelay(relay.workspace)))
          return world.isArranged(rows) || undefined
        })
        const mayRead = oracle(boris.id, rows)
        const readable = rows.filter(mayRead).map(({ id }) => id)
        await until(
          'what came late is stored',
          async () => {
            const held = await heldIds(base)
            return held.size === readable.length && readable.every((id) => held.has(id))
              ? true
              : undefined
          },
          3_000,
        ).catch(() => undefined)
        expect([...(await heldIds(base))].sort()).toEqual(readable.sort())

        await until(
          'the index is in step',
          async () => (await base.searchLog.count()) === 0 || undefined,
        )
        const entries = await dump(base)
        const leaks: string[] = []
        const isSaid = saidTo(mayRead, rows)
        for (const row of rows) {
          const names = namesOf.get(row.id) ?? []
          const newest = names.at(-1) ?? ''
          if (isSaid(row)) expect(entries.some(({ text }) => text.includes(newest))).toBe(true)
          // Search keeps words in lower case.
          else
            for (const { where, text } of entries)
              for (const name of names)
                if (text.includes(name) || text.includes(name.toLowerCase()))
                  leaks.push(`${name} of ${row.type} ${row.id} in ${where}`)
        }
        expect(leaks).toEqual([])
        await engine.stop()
        await base.delete()
      },
    ),
    { numRuns: 2, seed: 20261122, endOnFailure: true },
  )
}, 120_000)

const heldIds = async (base: ReplicaBase): Promise<Set<string>> => {
  const held = new Set<string>()
  for (const type of recordTypes)
    for (const id of await base.table(type).toCollection().primaryKeys()) held.add(String(id))
  return held
}
