/**
 * What a record type is: one declaration from which the validator, the projection to a row, the
 * Dexie indexes, the relay's look-up index, labels and rights all come. Adding a field is one line
 * in one file.
 *
 * How a field lies in the Y.Doc of its record:
 *
 *     Y.Map 'f'   name            → scalar or plain JSON     scalar(), json() …
 *                 phones/<partId> → plain JSON with `order`  parts()
 *                 custom/<fieldId> → a value                 customValues()
 *                 tags/<item>     → true                     set()
 *     Y.Text '<field>'            → collaborative text       prose()
 */
import * as v from 'valibot'
import type { Reason } from '../reasons.ts'
import type { Subject } from '../rights.ts'
import type { CustomValue } from './custom-value.ts'

export interface Label {
  ru: string
  en: string
}

interface FieldOptions {
  label: Label
  /** A record without it is refused. */
  required?: true
  /** Gets a Dexie index on the device. */
  indexed?: true
  /** Personal data in the sense of 152-FZ / GDPR: goes when a person asks to be erased. */
  personal?: true
  /** Who may change it: everyone with the right to write (default), only services, or no one after creation. */
  changedBy?: 'writers' | 'services' | 'nobody'
}

export interface ScalarField<T> extends FieldOptions {
  kind: 'scalar'
  schema: v.GenericSchema<unknown, T>
  /** Choices, for fields of a closed list, with their labels. */
  options?: Readonly<Record<string, Label>>
}

/** Several values of one kind, each a key of its own, so that two devices adding at once lose nothing. */
export interface PartsField<T> extends FieldOptions {
  kind: 'parts'
  schema: v.GenericSchema<unknown, T>
}

/** Text that people edit together, letter by letter. */
export interface ProseField extends FieldOptions {
  kind: 'prose'
  maxLength: number
}

/** Values of the fields that administrators declare, a key each: `custom/<fieldId>`. */
export interface ValuesField extends FieldOptions {
  kind: 'values'
}

/** A set of strings, see `sets.ts`; a list in the row, absent where it is empty. */
export interface SetField extends FieldOptions {
  kind: 'set'
  maxItems: number
  /** Of one item. */
  maxLength: number
}

export type Field = ScalarField<unknown> | PartsField<unknown> | ProseField | ValuesField | SetField
export type Fields = Readonly<Record<string, Field>>

/** A part as a row shows it: its own id and its place in the list beside its value. */
export type Part<T> = T & { id: string; order: string }

type FieldValue<F> =
  F extends PartsField<infer T>
    ? Part<T>[]
    : F extends ScalarField<infer T>
      ? T
      : F extends ValuesField
        ? Record<string, CustomValue>
        : F extends SetField
          ? string[]
          : string

/** The plain object a document is projected to. Fields without a value are absent; lists are never absent. */
export type RowOf<F extends Fields> = {
  [K in keyof F as F[K] extends PartsField<unknown> ? K : never]: FieldValue<F[K]>
} & {
  [K in keyof F as F[K] extends PartsField<unknown>
    ? never
    : F[K] extends { required: true }
      ? K
      : never]: FieldValue<F[K]>
} & {
  [K in keyof F as F[K] extends PartsField<unknown>
    ? never
    : F[K] extends { required: true }
      ? never
      : K]?: FieldValue<F[K]>
} & { id: string; type: string }

/** A row of any type, where only what all have in common is known. */
export type Row = { id: string; type: string } & Record<string, unknown>

export interface Declaration<R = Row> {
  type: string
  label: Label
  fields: Fields
  /** Encoded state of the document may not exceed this many bytes. */
  maxStateBytes: number
  /** Root maps beside `f` (message segments only), and what the row gets from them. */
  maps?: readonly string[]
  /** Tokens of those who may read the record: `all`, `admin`, `user:<id>`, `account:<id>` … */
  audience: (row: R) => string[]
  /** Refuses a change that is valid in form but not allowed; null allows. `before` is null on creation. */
  mayWrite: (subject: Subject, before: R | null, after: R) => Reason | null
  /** Refuses a change because other records name this one; asked at the relay, only where some do. */
  whileUsed?: (before: R, after: R) => Reason | null
  /**
   * Ids inside the record (or its own) that others name, found by the look-up `key`. A change is refused while
   * records name what it would take away.
   */
  namedParts?: {
    key: 'stage' | 'product'
    of: (row: R) => string[]
    taken: (before: R, after: R) => string[]
  }
  /** What the row says besides of what its fields hold; nobody sets it. */
  derived?: { fields: Fields; of: (row: R) => Record<string, unknown> }
  /**
   * A field that others make where any of them is given. What is written into it itself is shown where
   * none is: records of connectors, of imports, of before there were parts. Whoever writes parts alone
   * leaves the whole there too.
   */
  composed?: { field: string; of: readonly string[]; join: (row: R) => string | undefined }
  /** With `deletedAt` set it lies in the trash, and is erased after `trashLife`. */
  trash?: true
  /**
   * Repeats these fields of the record, of one of the types, that its field `by` names, since its
   * readers depend on them; `typeAs` is the field that says of which type it is. The relay keeps them
   * in step, in the transaction that changes either record, and finds who follows by a look-up that
   * is named like `by`. A contact that was merged into another is followed to that one.
   */
  follows?: {
    types: readonly string[]
    by: string
    fields: readonly string[]
    typeAs?: string
    /** The field that holds what is repeated, under the names it has at the record. */
    into?: string
    /** Follows the very record, merged into another or not, and does not come before it. */
    exactly?: true
  }
  /** The field that names the record this one lies in: what would put it into itself is refused (`ring`). */
  liesIn?: string
  /** Hashes of the files that hang on the record. */
  files?: (row: R) => string[]
  /** Device-only columns added to the stored row, and Dexie indexes over them (search words, sort keys). */
  deviceColumns?: (row: R) => Record<string, unknown>
  /** Dexie indexes beside those of `indexed` fields, in Dexie's syntax. */
  deviceIndexes?: readonly string[]
}

type Optional = Omit<FieldOptions, 'label'>

// Factories. `O` is kept in the result so that `required` shows in the type of the row.
type With<F, O> = F & O

const scalar = <T, O extends Optional>(
  label: Label,
  schema: v.GenericSchema<unknown, T>,
  options: O,
): With<ScalarField<T>, O> => ({ kind: 'scalar', label, schema, ...options })

const none = {}

/** One line of text. */
export const text = <const O extends Optional = typeof none>(
  ru: string,
  en: string,
  maxLength: number,
  options: O = none as O, // the default is the empty object that O defaults to
): With<ScalarField<string>, O> =>
  scalar({ ru, en }, v.pipe(v.string(), v.maxLength(maxLength)), options)

/** Text without surrounding white space that may not be empty: names and titles. */
export const title = <const O extends Optional = typeof none>(
  ru: string,
  en: string,
  maxLength: number,
  options: O = none as O,
): With<ScalarField<string>, O> =>
  scalar({ ru, en }, v.pipe(v.string(), v.maxLength(maxLength), v.regex(/\S/u)), options)

export const flag = <const O extends Optional = typeof none>(
  ru: string,
  en: string,
  options: O = none as O,
): With<ScalarField<boolean>, O> => scalar({ ru, en }, v.boolean(), options)

/** A moment in milliseconds since the epoch, UTC. The upper bound is the year 2100: no clock is that wrong. */
export const moment = <const O extends Optional = typeof none>(
  ru: string,
  en: string,
  options: O = none as O,
): With<ScalarField<number>, O> =>
  scalar(
    { ru, en },
    v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4_102_444_800_000)),
    options,
  )

/** One of a closed list. */
export const choice = <
  const T extends Record<string, Label>,
  const O extends Optional = typeof none,
>(
  ru: string,
  en: string,
  options: T,
  rest: O = none as O,
): With<ScalarField<keyof T & string>, O> => ({
  ...scalar(
    { ru, en },
    v.picklist(Object.keys(options) as (keyof T & string)[]), // Object.keys forgets the key type
    rest,
  ),
  options,
})

/** Id of another record. */
export const ref = <const O extends Optional = typeof none>(
  ru: string,
  en: string,
  options: O = none as O,
): With<ScalarField<string>, O> => scalar({ ru, en }, v.pipe(v.string(), v.uuid()), options)

/** A set of strings that several people change at once: tags, segments, managers. */
export const set = (ru: string, en: string, maxItems: number, maxLength: number): SetField => ({
  kind: 'set',
  label: { ru, en },
  maxItems,
  maxLength,
})

/** A list of strings in one key, for what one person, or the relay alone, changes at a time. */
export const strings = <const O extends Optional = typeof none>(
  ru: string,
  en: string,
  maxItems: number,
  maxLength: number,
  options: O = none as O,
): With<ScalarField<string[]>, O> =>
  scalar(
    { ru, en },
    v.pipe(v.array(v.pipe(v.string(), v.maxLength(maxLength))), v.maxLength(maxItems)),
    options,
  )

/** Plain JSON in one key, for what changes together. */
export const json = <T, const O extends Optional = typeof none>(
  ru: string,
  en: string,
  schema: v.GenericSchema<unknown, T>,
  options: O = none as O,
): With<ScalarField<T>, O> => scalar({ ru, en }, schema, options)

export const parts = <T extends object, const O extends Optional = typeof none>(
  ru: string,
  en: string,
  schema: v.GenericSchema<unknown, T>,
  options: O = none as O,
): With<PartsField<T>, O> => ({ kind: 'parts', label: { ru, en }, schema, ...options })

export const prose = <const O extends Optional = typeof none>(
  ru: string,
  en: string,
  maxLength: number,
  options: O = none as O,
): With<ProseField, O> => ({ kind: 'prose', label: { ru, en }, maxLength, ...options })

/** By field id → value; a patch names the changed ones, null clears. */
export const customValues = {
  kind: 'values',
  label: { ru: 'Дополнительные поля', en: 'Custom fields' },
  personal: true,
} as const satisfies ValuesField

/** Fields that every record has. `deletedAt` set means: in the trash. */
export const commonFields = {
  createdAt: moment('Создано', 'Created', { changedBy: 'nobody' }),
  createdBy: ref('Кто создал', 'Created by', { changedBy: 'nobody' }),
  deletedAt: moment('Удалено', 'Deleted'),
  deletedBy: ref('Кто удалил', 'Deleted by'),
} as const
