import { expect, it } from 'vitest'
import { listOfTagged, marksOfProspects } from '../../../client/screens/import/prospects.ts'
import { entryId, tagId } from '../../../shared/records/directory.ts'
import { csv, loadLab, me } from './load-lab.ts'

const lab = loadLab()
const cold = entryId('heat', 'cold')

it('the new ones are marked as prospects, and who is in the base stays what they are', async () => {
  const { load, named } = lab
  await load(csv('Название;Телефон', 'ООО Ромашка;+7 495 111-22-33'))
  const entry = { id: cold, type: 'directory', directory: 'heat', name: 'Холодный' } as const
  const marks = marksOfProspects(entry)
  const rows = ['ООО Ромашка;+7 495 111-22-33', 'ООО Лютик;+7 495 111-22-44']
  await load(csv('Название;Телефон', ...rows), {
    mode: marks.mode,
    defaults: { managers: [me], tags: [marks.tags], heat: marks.heat, contactType: me },
  })
  const tags = [tagId(marks.tags)]
  expect(await named('ООО Лютик')).toMatchObject({ heat: cold, tags, contactType: me })
  const known = await named('ООО Ромашка')
  for (const mark of ['heat', 'tags', 'contactType']) expect(known).not.toHaveProperty(mark)
  expect(decodeURIComponent(listOfTagged(await lab.base.directory.toArray(), marks.tags))).toBe(
    `/clients?filter={"join":"all","of":[{"field":"tags","op":"is","value":["${tags}"]}]}`,
  )
})

it('a company that has done away with «Холодный» marks them by the tag alone', () => {
  expect(marksOfProspects(undefined)).toMatchObject({ heat: '', mode: 'create' })
  expect(listOfTagged([], ' , ')).toBe('/clients')
})
