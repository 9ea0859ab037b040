/**
 * An import as the worker holds it: the file that was read, the pass that was shown, the load that
 * runs. The wizard asks by the functions below and gets plain values.
 */

import type { Clock } from '../../shared/clock.ts'
import type { Names } from '../../shared/fields/words.ts'
import { fail, ok, type Result } from '../../shared/reasons.ts'
import { defaultCurrency } from '../../shared/records/directory.ts'
import type { Subject } from '../../shared/rights.ts'
import type { ReplicaBase } from '../replica/tables.ts'
import { createWriter, drawClientId } from '../replica/writer.ts'
import { fieldDefaults } from './defaults.ts'
import { isKnownHeading } from './headings.ts'
import { type Counts, type Failed, type LoadEnd, loadRows, noCounts } from './load.ts'
import { type AnyMapping, guessMapping, type Mapping } from './mapping.ts'
import { type Pass, type PassOptions, type RowOutcome, type RowResult, startPass } from './pass.ts'
import { type ImportedType, workTypes } from './plan.ts'
import { maxFileBytes } from './read/grid.ts'
import { type ReadFile, type ReadOptions, readFile } from './read/read-file.ts'
import { type Table, type TableRow, tableOf } from './read/table.ts'
import { failedRowsFile } from './report.ts'
import { importedFieldsOf } from './targets.ts'
import { type UndoCounts, undoImport } from './undo.ts'
import { isWarning } from './values.ts'
import { guessWorkMapping, workColumnsOf, workTargetOf } from './work/columns.ts'
import { startWorkPass, type WorkOptions } from './work/pass.ts'

export interface ReadAnswer extends Omit<ReadFile, 'grid'> {
  headings: string[]
  /** Rows under the header. */
  count: number
  /** Index of the header among the first rows; -1: none. */
  header: number
  /** The first rows of the file as they are, to choose the header and the encoding by. */
  first: { line: number; cells: string[] }[]
  /** For each column some of its values. */
  samples: string[][]
  mapping: AnyMapping
}

/** What a file holds: clients with their people, or one of the others. */
export const contents = ['contact', ...workTypes] as const
export type Content = (typeof contents)[number]

export interface ContactOptions
  extends Omit<PassOptions, 'mapping' | 'headings' | 'employees' | 'fields' | 'names'> {
  /** Guessed for this content, or chosen from its targets. */
  mapping: AnyMapping
  /** Absent in what an earlier program kept of an interrupted load. */
  content?: 'contact'
}

export type CheckOptions =
  | ContactOptions
  | (Omit<WorkOptions, 'mapping'> & Pick<ContactOptions, 'mapping'>)

export const isOfWork = (options: CheckOptions): options is Exclude<CheckOptions, ContactOptions> =>
  options.content !== undefined && options.content !== 'contact'

export interface CheckAnswer {
  counts: Counts
  /** Rows with a warning that are loaded all the same. */
  warned: number
  /** The device is still getting the base: who is there already may not have come yet. */
  isPart: boolean
}

export type RowFilter = RowOutcome | 'all' | 'warned'

/** A row of the check as it is shown. */
export type CheckedRow = Omit<RowResult, 'writes'> & {
  cells: string[]
  /** Ids and names of tags and segments among what differs that loading makes. */
  made: [string, string][]
}

export type Progress =
  | { kind: 'index'; done: number }
  | { kind: 'check' | 'load'; done: number; total: number; counts: Counts }
  | { kind: 'undo'; done: number; total: number }

export interface SessionDeps {
  base: ReplicaBase
  clock: Clock
  onProgress: (progress: Progress) => void
}

/** Null for a file that went away or changed since it was chosen. */
const bytesOf = async (blob: Blob): Promise<Uint8Array | null> => {
  try {
    return new Uint8Array(await blob.arrayBuffer())
  } catch (error) {
    if (error instanceof DOMException) return null
    throw error
  }
}

/** Rows between two looks at what the page asks. */
const checkBatch = 500
const shownRows = 20
const samplesOfColumn = 3

export const createSession = ({ base, clock, onProgress }: SessionDeps) => {
  const writer = createWriter(drawClientId)
  let file: ReadFile | null = null
  let table: Table | null = null
  let content: Content = 'contact'
  let checked: Omit<RowResult, 'writes'>[] = []
  let nameOf: Pass['nameOf'] = () => undefined
  let failed: Failed[] = []
  let paused = false
  let cancelled = false
  let goOn = () => {}
  let checks = 0

  const mayGoOn = async (): Promise<boolean> => {
    // The page's messages are heard between two batches.
    await new Promise((resolve) => setTimeout(resolve))
    if (paused && !cancelled)
      await new Promise<void>((resolve) => {
        goOn = resolve
      })
    return !cancelled
  }

  const begin = () => {
    paused = false
    cancelled = false
  }

  const fieldsNow = async () =>
    importedFieldsOf(await base.field.toArray(), await base.directory.toArray())

  /** What values of fields are called, to be found by their names. */
  const namesNow = async (): Promise<Names> => {
    const entries = await base.directory.toArray()
    const employees = await base.employee.toArray()
    return {
      language: 'ru',
      entries: new Map(entries.map((entry) => [entry.id, entry])),
      records: new Map(employees.map(({ id, name }) => [id, name])),
      currency: defaultCurrency(entries),
      today: new Date(clock()),
    }
  }

  /** `by`: who loads; a check creates nothing, and asks for no defaults. */
  const passOver = async (
    options: CheckOptions,
    by?: Subject,
  ): Promise<{ pass: Pass; rows: TableRow[] }> => {
    if (!table) throw new Error('read() comes first')
    const { headings, headerText, rows } = table
    const [fields, names] = await Promise.all([fieldsNow(), namesNow()])
    const employees = new Map<string, string>()
    for (const { id, name, email } of await base.employee.toArray())
      for (const called of [name, email])
        if (called) employees.set(called.toLowerCase().replaceAll('ё', 'е'), id)
    const { mapping } = options
    const types: readonly ImportedType[] = isOfWork(options)
      ? [options.content]
      : ['client', 'person']
    const defaults = by && {
      fieldDefaults: await fieldDefaults(base, types, mapping, by, names),
    }
    const known = (done: number) => onProgress({ kind: 'index', done })
    const pass = isOfWork(options)
      ? await startWorkPass(
          base,
          {
            ...options,
            ...defaults,
            mapping: options.mapping as WorkOptions['mapping'], // of its content
            headings,
            headerText,
            employees,
            names,
            definitions: await base.field.toArray(),
          },
          known,
        )
      : await startPass(
          base,
          {
            ...options,
            ...defaults,
            mapping: options.mapping as Mapping, // the same
            headings,
            employees,
            fields,
            names,
          },
          known,
        )
    return { pass, rows }
  }

  /** How the columns of a file of this content are guessed. */
  const guesses = async () => {
    if (content === 'contact') {
      const fields = await fieldsNow()
      return {
        isKnown: (heading: string) => isKnownHeading(heading, fields),
        mapping: ({ headings, rows }: Table): AnyMapping => guessMapping(headings, rows, fields),
      }
    }
    const type = content
    const columns = workColumnsOf(type, await base.field.toArray())
    return {
      isKnown: (heading: string) => workTargetOf(type, heading, columns) !== undefined,
      mapping: ({ headings }: Table): AnyMapping => guessWorkMapping(type, headings, columns),
    }
  }

  const answerOf = async (
    { source, encoding, csv, book, grid }: ReadFile,
    header: number | undefined,
    unnamed: string,
  ): Promise<{ answer: ReadAnswer; table: Table }> => {
    const guess = await guesses()
    const found = tableOf(grid, {
      isKnown: guess.isKnown,
      unnamed: (column) => `${unnamed} ${column}`,
      ...(header !== undefined && { header }),
    })
    const samples = found.headings.map((_, column) => {
      const values = new Set<string>()
      for (const { cells } of found.rows.slice(0, checkBatch)) {
        if (cells[column]) values.add(cells[column])
        if (values.size === samplesOfColumn) break
      }
      return [...values]
    })
    const answer = {
      source,
      encoding,
      csv,
      ...(book && { book }),
      headings: found.headings,
      count: found.rows.length,
      header: found.header,
      first: grid.filter(({ cells }) => cells.some((cell) => cell !== '')).slice(0, shownRows),
      samples,
      mapping: guess.mapping(found),
    }
    return { answer, table: found }
  }

  const madeIn = (changed: RowResult['changed'] = {}): [string, string][] =>
    ['tags', 'segments'].flatMap((field) => {
      const ids = (changed[field]?.[1] ?? []) as string[] // a set is a list of strings
      return ids.flatMap((id): [string, string][] => {
        const name = nameOf(id)
        return name === undefined ? [] : [[id, name]]
      })
    })

  return {
    /** `unnamed` is the word for a column without a heading. */
    read: async (
      blob: Blob,
      options: ReadOptions,
      unnamed: string,
      of: Content = 'contact',
    ): Promise<Result<ReadAnswer>> => {
      // Asked before the bytes are: a film of gigabytes would not fit into the memory.
      if (blob.size > maxFileBytes) return fail('tooLarge')
      const bytes = await bytesOf(blob)
      if (!bytes) return fail('unreadableFile')
      const read = readFile(bytes, options)
      if (!read.ok) return read
      const before = content
      content = of
      const { answer, table: found } = await answerOf(read.value, undefined, unnamed)
      if (answer.count === 0) {
        content = before
        return fail('emptyFile')
      }
      file = read.value
      table = found
      return ok(answer)
    },

    /** The same file with another row as its header. */
    headed: async (header: number, unnamed: string): Promise<ReadAnswer> => {
      if (!file) throw new Error('read() comes first')
      const { answer, table: found } = await answerOf(file, header, unnamed)
      table = found
      return answer
    },

    /** Null where it was cancelled. */
    check: async (options: CheckOptions): Promise<CheckAnswer | null> => {
      begin()
      const own = ++checks
      const { pass, rows } = await passOver(options)
      const results: typeof checked = []
      const counts = noCounts()
      let warned = 0
      for (let at = 0; at < rows.length; at += checkBatch) {
        // What was chosen meanwhile is being checked anew.
        if (!(await mayGoOn()) || own !== checks) return null
        for (const { writes: _, ...result } of await pass.next(rows.slice(at, at + checkBatch))) {
          results.push(result)
          counts[result.outcome]++
          if (result.outcome !== 'mistake' && result.problems.some(isWarning)) warned++
        }
        onProgress({ kind: 'check', done: results.length, total: rows.length, counts })
      }
      const byLine = new Map(results.map((result) => [result.line, result]))
      for (const { line, problems } of pass.end()) {
        const result = byLine.get(line)
        if (!result || problems.length === 0) continue
        if (!result.problems.some(isWarning)) warned++
        result.problems = [...result.problems, ...problems]
      }
      checked = results
      nameOf = pass.nameOf
      failed = results.flatMap(({ line, outcome }) =>
        outcome === 'mistake' ? [{ line, reason: null }] : [],
      )
      const isPart = options.mode !== 'anyway' && (await base.meta.get('complete')) !== true
      return { counts, warned, isPart }
    },

    rows: async (filter: RowFilter, from: number, count: number): Promise<CheckedRow[]> => {
      const cells = new Map(table?.rows.map((row) => [row.line, row.cells]))
      return checked
        .filter(
          ({ outcome, problems }) =>
            filter === 'all' ||
            (filter === 'warned'
              ? outcome !== 'mistake' && problems.some(isWarning)
              : outcome === filter),
        )
        .slice(from, from + count)
        .map((row) => ({ ...row, cells: cells.get(row.line) ?? [], made: madeIn(row.changed) }))
    },

    load: async (options: CheckOptions, subject: Subject): Promise<LoadEnd> => {
      begin()
      const { pass, rows } = await passOver(options, subject)
      const deps = { base, writer, clock, subject: () => subject }
      const end = await loadRows(
        {
          ...deps,
          mayGoOn,
          onProgress: (done, counts) =>
            onProgress({ kind: 'load', done, total: rows.length, counts: { ...counts } }),
        },
        pass,
        rows,
      )
      failed = end.failed
      return end
    },

    pause: async (on: boolean): Promise<void> => {
      paused = on
      if (!on) goOn()
    },

    cancel: async (): Promise<void> => {
      cancelled = true
      goOn()
    },

    failedRows: async (): Promise<Failed[]> => failed,

    /** Rows that were not loaded; `why` by line, `heading` of the column it stands in. */
    report: async (why: ReadonlyMap<number, string>, heading: string): Promise<Blob> => {
      if (!table) throw new Error('read() comes first')
      return failedRowsFile(table, why, heading)
    },

    /** Problems of rows that were checked, for the report. */
    problemsOf: async (lines: number[]): Promise<Map<number, RowResult['problems']>> => {
      const asked = new Set(lines)
      return new Map(
        checked.flatMap(({ line, problems }) => (asked.has(line) ? [[line, problems]] : [])),
      )
    },

    undo: async (importId: string, subject: Subject): Promise<UndoCounts> =>
      undoImport({ base, writer, clock, subject: () => subject }, importId, (done, total) =>
        onProgress({ kind: 'undo', done, total }),
      ),
  }
}

export type Session = ReturnType<typeof createSession>
