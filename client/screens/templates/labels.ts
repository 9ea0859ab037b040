/**
 * The text of a template as it is edited: a variable stands there by its label, `{Клиент: ИНН}`, and is
 * kept by its path, so that a field of one's own may get another name.
 */
import { readToken, replaceTokens, writeToken } from '../../../shared/templates/source.ts'
import {
  type Format,
  labelled,
  labelOfVariable,
  type Variable,
} from '../../../shared/templates/variables.ts'

export interface Labels {
  /** Those that can be chosen, in the order of their records. */
  offered: readonly { label: string; variable: Variable; format?: Format }[]
  /** What stands in braces → whether it is a variable. */
  isKnown: (inside: string) => boolean
  toLabels: (source: string) => string
  toPaths: (shown: string) => string
}

const asked = (inside: string) => ({
  label: inside.replace(/\?\s*$/, '').trim(),
  optional: /\?\s*$/.test(inside),
})

export const labelsOf = (variables: readonly Variable[], language: 'ru' | 'en'): Labels => {
  const byLabel = labelled(variables, language)
  const byPath = new Map(
    [...byLabel].map(([label, { variable, format }]) => [
      writeToken({ path: variable.path, ...(format && { format }) }),
      label,
    ]),
  )
  return {
    offered: [...byLabel].flatMap(([label, { variable, format }]) =>
      variable.gone ? [] : [{ label, variable, ...(format && { format }) }],
    ),
    isKnown: (inside) => {
      const found = byLabel.get(asked(inside).label)
      return found !== undefined && !found.variable.gone
    },
    toLabels: (source) =>
      replaceTokens(source, (inside) => {
        const { path, format, optional } = readToken(inside)
        const label = byPath.get(writeToken({ path, ...(format && { format }) }))
        return label === undefined ? null : `{${label}${optional ? '?' : ''}}`
      }),
    toPaths: (shown) =>
      replaceTokens(shown, (inside) => {
        const { label, optional } = asked(inside)
        const found = byLabel.get(label)
        if (!found) return null
        const { variable, format } = found
        return writeToken({
          path: variable.path,
          ...(format && { format }),
          ...(optional && { optional }),
        })
      }),
  }
}

/** Under its record the name of the record says nothing new. */
export const shortLabel = (variable: Variable, language: 'ru' | 'en', format?: Format): string =>
  labelOfVariable(variable, language, format).replace(/^[^:]*: /, '')
