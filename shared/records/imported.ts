/**
 * What an import leaves in the records that it created or changed: everything that undoes it. It lies
 * in the record itself, so that whoever may read the record can undo, on any device and with no
 * network; and it goes where the record goes when access is lost or a person is erased.
 */
import * as v from 'valibot'
import { parts } from './declaration.ts'

/** Field, or `<field>/<key>`: what it was and what the import made of it, null for nothing. */
const changed = v.record(v.string(), v.tuple([v.unknown(), v.unknown()]))

const importedPart = v.object({
  at: v.number(),
  /** Of a record that the import created: its content then, see `fingerprint`. */
  created: v.optional(v.pipe(v.string(), v.maxLength(40))),
  /** Of one that was there before. */
  set: v.optional(changed),
  /** Id of the record that the row of the file was made of, where an export of ours says it. */
  from: v.optional(v.pipe(v.string(), v.uuid())),
  /** The import was undone, but the record stayed, since people had worked on it. */
  undoneAt: v.optional(v.number()),
})
export type ImportedPart = v.InferOutput<typeof importedPart>

/** Id of a part is that of the import. */
export const importedFields = {
  imports: parts('Загрузки из файлов', 'Imports', importedPart, { personal: true }),
} as const

interface Imported {
  imports?: (ImportedPart & { id: string })[]
}

/** The device column by which an import finds what it made. */
export const importsColumn = (imports: Imported['imports']): { importIds?: string[] } => {
  const importIds = importsOf({ ...(imports && { imports }) })
  return importIds.length > 0 ? { importIds } : {}
}

/** Imports that can be undone in this record. */
export const importsOf = ({ imports = [] }: Imported): string[] =>
  imports.filter(({ undoneAt }) => undoneAt === undefined).map(({ id }) => id)
