/** JSON Schemas of records, as they are answered and as they may be written, made of the declarations. */
import { toJsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import { dayPattern } from '../../shared/records/contact.ts'
import type { Field } from '../../shared/records/declaration.ts'
import type { FieldRow } from '../../shared/records/field.ts'
import { declarationOf, type RecordType } from '../../shared/records/index.ts'
import { publishedFields } from './published.ts'

export type JsonSchema = Readonly<Record<string, unknown>>

/** Own fields; null: it is not said whose. */
type Definitions = readonly FieldRow[] | null

const schemaOf = (schema: v.GenericSchema): JsonSchema => {
  // Checks that JSON Schema has no word for (the digits after the point) are made all the same.
  const { $schema: _, ...rest } = toJsonSchema(schema, {
    target: 'draft-2020-12',
    errorMode: 'ignore',
  })
  return rest
}

export const listOf = (items: JsonSchema, more: JsonSchema = {}): JsonSchema => ({
  type: 'array',
  items,
  ...more,
})

export const text: JsonSchema = { type: 'string' }
export const uuid: JsonSchema = { type: 'string', format: 'uuid' }

const kindSchema = ({ kind, options }: FieldRow, isInput: boolean): JsonSchema => {
  // What a record holds may name an option that is no more.
  const option = isInput ? { ...text, enum: options.map(({ id }) => id) } : text
  switch (kind) {
    case 'number':
      return { type: 'number' }
    case 'money':
      return {
        type: 'object',
        properties: { amount: { type: 'number' }, currency: { ...text, pattern: '^[A-Z]{3}$' } },
        required: ['amount', 'currency'],
        additionalProperties: false,
      }
    case 'date':
      return { ...text, pattern: dayPattern.source }
    case 'yesNo':
      return { type: 'boolean' }
    case 'oneOf':
      return option
    case 'manyOf':
      return listOf(option)
    case 'client':
    case 'employee':
      return uuid
    case 'file':
      return listOf(text, { minItems: 3, maxItems: 3, description: 'SHA-256, name, MIME type' })
    case 'text':
    case 'longText':
    case 'phone':
    case 'email':
    case 'link':
      return text
  }
}

const customSchema = (type: RecordType, definitions: Definitions, isInput: boolean): JsonSchema => {
  if (!definitions) return { type: 'object', propertyNames: uuid }
  const own = definitions.filter(({ recordType }) => recordType === type)
  const described = own.map((definition) => {
    const schema = kindSchema(definition, isInput)
    const names = definition.options.map(({ id, name }) => `${id}: ${name}`)
    const description = [definition.hint, ...names].filter(Boolean).join('\n')
    return [
      definition.id,
      {
        ...(isInput ? orNull(schema) : schema),
        title: definition.name,
        ...(description !== '' && { description }),
      },
    ] as const
  })
  return { type: 'object', properties: Object.fromEntries(described), additionalProperties: false }
}

const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] })

const fieldSchema = (
  type: RecordType,
  field: Field,
  definitions: Definitions,
  isInput: boolean,
): JsonSchema => {
  switch (field.kind) {
    case 'scalar':
      return schemaOf(field.schema)
    case 'prose':
      return { ...text, maxLength: field.maxLength }
    case 'set':
      return listOf({ ...text, maxLength: field.maxLength }, { maxItems: field.maxItems })
    case 'values':
      return customSchema(type, definitions, isInput)
    case 'parts': {
      const part = schemaOf(field.schema)
      const required = Array.isArray(part.required) ? part.required : []
      const known: JsonSchema = { ...part, properties: { ...Object(part.properties), id: uuid } }
      return listOf(isInput ? known : { ...known, required: ['id', ...required] })
    }
  }
}

const labelOf = (field: Field): JsonSchema => ({ title: `${field.label.en} · ${field.label.ru}` })

/** A record as it is answered. */
export const shownSchema = (type: RecordType, definitions: Definitions): JsonSchema => {
  const fields = [...publishedFields(type)]
  const head = {
    id: { ...uuid, readOnly: true },
    version: { type: 'integer', readOnly: true, description: 'Higher with every change' },
    updatedAt: { type: 'integer', readOnly: true, description: 'ms since 1970-01-01 UTC' },
  }
  const properties = fields.map(([name, { field, written }]) => [
    name,
    {
      ...fieldSchema(type, field, definitions, false),
      ...labelOf(field),
      ...(written === 'never' && { readOnly: true }),
    },
  ])
  return {
    type: 'object',
    title: declarationOf(type).label.en,
    properties: { ...head, ...Object.fromEntries(properties) },
    required: [
      'id',
      'version',
      ...fields.flatMap(([name, { field }]) => (field.required ? [name] : [])),
    ],
    additionalProperties: false,
  }
}

/** What the relay fills in where it is not given. */
const filledIn: ReadonlySet<string> = new Set(['responsible', 'stage'])

export const inputSchema = (
  type: RecordType,
  definitions: Definitions,
  creating: boolean,
): JsonSchema => {
  const fields = [...publishedFields(type)].filter(
    ([, { written }]) => written === 'always' || (creating && written === 'atCreation'),
  )
  const properties = fields.map(([name, { field }]) => {
    const schema = fieldSchema(type, field, definitions, true)
    return [
      name,
      {
        ...(field.required || field.kind === 'values' ? schema : orNull(schema)),
        ...labelOf(field),
      },
    ]
  })
  const required = fields.flatMap(([name, { field }]) =>
    field.required && !filledIn.has(name) ? [name] : [],
  )
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(creating && required.length > 0 && { required }),
    additionalProperties: false,
  }
}
