import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type RestPath, restPaths, restResources } from '../../../shared/protocol/rest.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import { connector, openLab } from './lab.ts'
import { type Item, openProgram } from './programs.ts'
import { oracle, rowsOfRelay } from './rights-oracle.ts'
import { rightsStepOfAllTypes } from './rights-steps.ts'
import { rightsWorld } from './rights-world.ts'

const steps = 60
/** After so many a program looks. */
const lookEvery = 15

test('a program reads what its employee may read and follows it, however rights change', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(rightsStepOfAllTypes, { minLength: steps, maxLength: steps }),
      async (script) => {
        let now = Date.now()
        const lab = await openLab({ clock: () => now })
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
        // Made by nobody else: nothing of their correspondence is kept back.
        await write('employee', boris.id, { role: 'administrator' })
        const program = await openProgram(lab, boris, boris.id)
        await write('employee', boris.id, { role: 'employee' })

        const known = new Map<RestPath, Map<string, Item>>()
        const cursors = new Map<RestPath, { cursor: string; rights: unknown }>()
        const look = async () => {
          if (!relay.workspace) throw new Error('no workspace')
          const rows = await rowsOfRelay(relay.workspace)
          const mayRead = oracle(boris.id, rows)
          const opened = rows.filter(({ type, readers }) => type === 'field' && readers)
          const isSeen = (row: Row) =>
            row.type !== 'field' ||
            !opened.includes(row) ||
            relay.workspace?.directory.subjectOf(boris.id)?.tokens.has(`field:${row.id}`)
          for (const path of restPaths) {
            // A minute later its allowance is whole again.
            now += 60_000
            const readable = rows
              .filter(({ type }) => type === restResources[path].type)
              .filter((row) => row.deletedAt === undefined && row.mergedInto === undefined)
              .filter((row) => mayRead(row) && isSeen(row))
              .map(({ id }) => id)
              .sort()
            const read = await program.all(`/${path}`)
            expect([...read.items.keys()].sort(), path).toEqual(readable)
            const { rights } = (await program.get(`/${path}?limit=1`)).body
            const before = cursors.get(path)
            const followed = known.get(path)
            if (before?.rights === rights && followed) {
              const since = await program.all(`/${path}?after=${before?.cursor}`)
              for (const [id, item] of since.items)
                if (item.deleted) followed.delete(id)
                else followed.set(id, item)
              expect([...followed.keys()].sort(), `${path} followed`).toEqual(readable)
              for (const id of readable)
                expect(followed.get(id), `${path} ${id} followed`).toEqual(read.items.get(id))
            }
            known.set(path, read.items)
            cursors.set(path, { cursor: read.cursor, rights })
          }
          // Not a word of values whose field they may not see.
          const said = JSON.stringify([...known.values()].map((items) => [...items.values()]))
          for (const row of rows.filter(({ type }) => type === 'privateValue'))
            if (typeof row.value === 'string' && !mayRead(row))
              expect(said).not.toContain(row.value)
        }
        for (const [at, each] of script.entries()) {
          await world.step(each)
          if (at % lookEvery === lookEvery - 1) await look()
        }
      },
    ),
    { numRuns: 2, seed: 20261122 },
  )
})
