/** What of a record type's declaration programs see and write: all but what the program itself keeps there. */
import type { Field } from '../../shared/records/declaration.ts'
import { isCustomised } from '../../shared/records/field.ts'
import { declarationOf, type RecordType, recordTypes } from '../../shared/records/index.ts'

export interface PublishedField {
  field: Field
  /** Whether it can be given: never, when the record is made, or always. */
  written: 'never' | 'atCreation' | 'always'
}

/** Where merges and imports note what they did, the trash, and what only devices read. */
const kept = new Set([
  ...['merged', 'mergedInto', 'distinct', 'imports', 'access'],
  ...['deletedAt', 'deletedBy', 'photo', 'register'],
])

/** Of these types nothing but. */
const only: Partial<Record<RecordType, readonly string[]>> = {
  employee: ['name', 'email'],
  field: ['recordType', 'kind', 'name', 'options', 'required', 'default', 'hint', 'section'],
}

const hidden: Partial<Record<RecordType, readonly string[]>> = {
  // Whose rights they use is decided on the page of segments.
  clientSegment: ['errands', 'errandsMade'],
  contract: ['reached'],
  // It is moved by its stage: where it stands is one value, which `derived` tells in parts.
  interest: ['position', 'entered'],
}

/** Who hung a file on a contract, and when, is noted by who does it: programs read it. */
const told: Partial<Record<RecordType, readonly string[]>> = { contract: ['files'] }

/** What `derived` tells and a write may ask for (see `write.ts`). */
const asked: Partial<Record<RecordType, readonly string[]>> = { interest: ['stage', 'lossReason'] }

const publish = (type: RecordType): ReadonlyMap<string, PublishedField> => {
  const { fields, derived, follows } = declarationOf(type)
  const repeated = new Set(
    follows ? [...follows.fields, ...(follows.typeAs ? [follows.typeAs] : [])] : [],
  )
  const whenWritten = (name: string, { changedBy }: Field): PublishedField['written'] => {
    if (name === 'createdAt' || name === 'createdBy' || repeated.has(name)) return 'never'
    if (changedBy === 'services' || told[type]?.includes(name)) return 'never'
    return changedBy === 'nobody' ? 'atCreation' : 'always'
  }
  const own = Object.entries(derived?.fields ?? {}).filter(([name]) => !fields[name])
  const all = [
    ...Object.entries(fields).map(([name, field]): [string, PublishedField] => [
      name,
      { field, written: whenWritten(name, field) },
    ]),
    ...own.map(([name, field]): [string, PublishedField] => [
      name,
      { field, written: asked[type]?.includes(name) ? 'always' : 'never' },
    ]),
  ]
  return new Map(
    all.filter(
      ([name]) =>
        !kept.has(name) && !hidden[type]?.includes(name) && (only[type]?.includes(name) ?? true),
    ),
  )
}

const published = new Map(recordTypes.map((type) => [type, publish(type)]))

/** Whether files may hang on records of a type. */
export const hasFiles = (type: RecordType): boolean =>
  isCustomised(type) && declarationOf(type).files !== undefined

/** By name, in the order of the declaration. */
export const publishedFields = (type: RecordType): ReadonlyMap<string, PublishedField> =>
  published.get(type) ?? new Map()
