import { expect, it } from 'vitest'
import { longestTemplate } from '../../../shared/records/template.ts'
import { samplePatch, sampleTemplates } from '../../../shared/templates/samples.ts'
import { tokensIn } from '../../../shared/templates/source.ts'
import { isFormat, variablesOf } from '../../../shared/templates/variables.ts'

it.each(sampleTemplates)('the sample $id names only what there is', (sample) => {
  const variables = new Map(
    variablesOf(sample.about, [], { tokens: new Set() }).map((each) => [each.path, each]),
  )
  const unknown = tokensIn(`${sample.subject ?? ''} ${sample.body}`).filter(({ path, format }) => {
    const variable = variables.get(path)
    return !variable || (format && !(isFormat(format) && variable.formats.includes(format)))
  })
  expect(unknown).toEqual([])
  expect(samplePatch(sample, 'ru').body.length).toBeLessThan(longestTemplate)
})
