import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import { defaultEntries } from '../../../shared/records/first-entries.ts'
import { organisationId } from '../../../shared/records/organisation.ts'
import type { TemplateRow } from '../../../shared/records/template.ts'
import { openLab } from './lab.ts'

const stored = { seq: expect.any(Number) }
const contract = { name: 'Договор', kind: 'document', about: 'contract', body: '# Договор' }

describe('templates at the relay', () => {
  it('begin with samples that can be read', async () => {
    const { relay } = await openLab({ firstEntries: defaultEntries })
    const rows = (await relay.workspace?.store.documentsOfType('template')) ?? []
    const samples = defaultEntries.filter(({ type }) => type === 'template')
    expect(rows).toHaveLength(samples.length)
    const read = await Promise.all(rows.map(({ id }) => relay.workspace?.pipeline.read(id)))
    const templates = read.map((one) => one?.row as unknown as TemplateRow) // by the type asked for
    expect(templates.map(({ name }) => name)).toContain('Договор поставки')
    expect(templates.every(({ body = '' }) => body.length > 100)).toBe(true)
  })

  it('are changed by administrators alone, and so is our organisation', async () => {
    const { anna, join } = await openLab()
    const oleg = await join('oleg@romashka.ru')
    const id = newId()
    expect(await anna.write('template', id, contract)).toMatchObject(stored)
    expect(await oleg.write('template', newId(), contract)).toMatchObject({ reason: 'forbidden' })
    const own = { name: 'ООО «Ромашка»' }
    expect(await oleg.write('organisation', organisationId(), own)).toMatchObject({
      reason: 'forbidden',
    })
    expect(await anna.write('organisation', organisationId(), own)).toMatchObject(stored)
  })

  it('of letters are about what correspondence knows', async () => {
    const { anna } = await openLab()
    const letter = { ...contract, kind: 'letter' }
    expect(await anna.write('template', newId(), letter)).toMatchObject({ reason: 'invalidValue' })
    expect(await anna.write('template', newId(), { ...letter, about: 'client' })).toMatchObject(
      stored,
    )
  })
})
