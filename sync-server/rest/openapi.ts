/**
 * The description of the REST API (OpenAPI 3.1), made of the declarations: what is published, of which
 * kind it is, what may be written, and the own fields that the asking program's employee sees.
 */
import { toJsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import {
  type RestAct,
  type RestPath,
  restPaths,
  restResources,
} from '../../shared/protocol/rest.ts'
import { dayPattern } from '../../shared/records/contact.ts'
import type { Field } from '../../shared/records/declaration.ts'
import { type FieldRow, isCustomised } from '../../shared/records/field.ts'
import { declarationOf, type RecordType } from '../../shared/records/index.ts'
import { onDuplicate } from './duplicates.ts'
import { filterNames } from './filters.ts'
import { defaultLimit, maxBody, maxLimit, requestsAtOnce, requestsPerSecond } from './limits.ts'
import { publishedFields } from './published.ts'

export type JsonSchema = Readonly<Record<string, unknown>>

export interface Described {
  /** The resources that the program may use; all where nobody in particular asks. */
  resources: readonly RestPath[]
  writes: boolean
  /** Own fields; null: it is not said whose. */
  definitions: readonly FieldRow[] | null
}

const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` })

/** `Client`, `ClientInput`: what a resource's records are called in the description. */
const nameOf = (path: RestPath): string => {
  const { type } = restResources[path]
  return type[0]?.toUpperCase() + type.slice(1)
}

const schemaOf = (schema: v.GenericSchema): JsonSchema => {
  // Checks that JSON Schema has no word for (the digits after the point) are made all the same.
  const { $schema: _, ...rest } = toJsonSchema(schema, {
    target: 'draft-2020-12',
    errorMode: 'ignore',
  })
  return rest
}

const listOf = (items: JsonSchema, more: JsonSchema = {}): JsonSchema => ({
  type: 'array',
  items,
  ...more,
})

const text: JsonSchema = { type: 'string' }
const uuid: JsonSchema = { type: 'string', format: 'uuid' }

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

const customSchema = (
  type: RecordType,
  definitions: Described['definitions'],
  isInput: boolean,
): JsonSchema => {
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
  definitions: Described['definitions'],
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
const shownSchema = (type: RecordType, definitions: Described['definitions']): JsonSchema => {
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

const inputSchema = (
  type: RecordType,
  definitions: Described['definitions'],
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

const json = (schema: JsonSchema) => ({ 'application/json': { schema } })

const etag = { ETag: { schema: text, description: 'The version in quotes, for If-Match' } }

const answer = (description: string, schema?: JsonSchema, headers?: object) => ({
  description,
  ...(schema && { content: json(schema) }),
  ...(headers && { headers }),
})

const refused = {
  description: 'Refused: `reason` says why, `title` says it in words (Accept-Language: ru, en)',
  content: { 'application/problem+json': { schema: ref('Problem') } },
}

const query = (name: string, schema: JsonSchema, description: string) => ({
  name,
  in: 'query',
  schema,
  description,
})
const header = (name: string, description: string) => ({
  name,
  in: 'header',
  schema: text,
  description,
})

const idParameter = { name: 'id', in: 'path', required: true, schema: uuid }
const ifMatch = header('If-Match', 'Refused with 412 unless the record is still of this ETag')

const listOperation = (path: RestPath, definitions: Described['definitions']) => {
  const names = filterNames(restResources[path].type, definitions ?? [])
  return {
    operationId: `list_${path}`,
    summary: 'Records in the order of their changes',
    parameters: [
      query('limit', { type: 'integer', minimum: 1, maximum: maxLimit, default: defaultLimit }, ''),
      query('after', text, 'The `cursor` of the page before. At the end: what has changed since'),
      query(
        'updated_since',
        text,
        'A moment (ISO 8601, or ms), or a cursor: what has changed since',
      ),
      {
        name: 'filter',
        in: 'query',
        style: 'deepObject',
        explode: true,
        schema: {
          type: 'object',
          properties: Object.fromEntries(names.map((name) => [name, text])),
          additionalProperties: false,
        },
        description:
          'filter[name]=value; repeated: any of the values. With filters nothing is said of what was deleted',
      },
    ],
    responses: { 200: answer('A page', ref(`${nameOf(path)}Page`)), default: refused },
  }
}

const createOperation = (path: RestPath) => {
  const { type } = restResources[path]
  const isContact = type === 'client' || type === 'person'
  const name = nameOf(path)
  return {
    operationId: `create_${path}`,
    summary: 'A new record',
    parameters: [
      header(
        'Idempotency-Key',
        'Asked again with the same key and body within a day: the same record',
      ),
      ...(isContact
        ? [
            query(
              'on_duplicate',
              { ...text, enum: onDuplicate, default: 'create' },
              'What to do where INN, phone or e-mail is one of a record that the employee sees',
            ),
          ]
        : []),
    ],
    requestBody: { required: true, content: json(ref(`${name}New`)) },
    responses: {
      201: answer('Made', ref(name), { ...etag, Location: { schema: text } }),
      200: answer('It was there: the same key, or on_duplicate=return', ref(name), etag),
      default: refused,
    },
  }
}

const operations = (path: RestPath, { writes, definitions }: Described) => {
  const { acts } = restResources[path]
  const may = (act: RestAct) => writes && acts.some((each) => each === act)
  const name = nameOf(path)
  return {
    [`/${path}`]: {
      get: listOperation(path, definitions),
      ...(may('create') && { post: createOperation(path) }),
    },
    [`/${path}/{id}`]: {
      parameters: [idParameter],
      get: {
        operationId: `read_${path}`,
        responses: {
          200: answer('The record', ref(name), etag),
          301: answer('It was merged into another one', undefined, { Location: { schema: text } }),
          304: answer('It is still of the ETag in If-None-Match'),
          default: refused,
        },
      },
      ...(may('change') && {
        patch: {
          operationId: `change_${path}`,
          summary: 'A merge patch (RFC 7396): null clears, lists are given whole',
          parameters: [ifMatch],
          requestBody: { required: true, content: json(ref(`${name}Change`)) },
          responses: { 200: answer('As it is now', ref(name), etag), default: refused },
        },
      }),
      ...(may('delete') && {
        delete: {
          operationId: `delete_${path}`,
          summary: 'Into the trash',
          parameters: [ifMatch],
          responses: { 204: answer('Deleted'), default: refused },
        },
      }),
    },
  }
}

const schemasOf = (path: RestPath, { writes, definitions }: Described) => {
  const { type, acts } = restResources[path]
  const may = (act: RestAct) => writes && acts.some((each) => each === act)
  const name = nameOf(path)
  const own = isCustomised(type) ? definitions : []
  return {
    [name]: shownSchema(type, own),
    [`${name}Page`]: {
      type: 'object',
      properties: {
        items: listOf({ anyOf: [ref(name), ref('Deleted')] }),
        cursor: { ...text, description: 'How far this page came' },
        more: {
          type: 'boolean',
          description: 'There is more: ask with `after`. A page may be short',
        },
        rights: {
          ...text,
          description:
            'Another one than before: what the employee may see has changed, read everything anew',
        },
      },
      required: ['items', 'cursor', 'more', 'rights'],
      additionalProperties: false,
    },
    ...(may('create') && { [`${name}New`]: inputSchema(type, own, true) }),
    ...(may('change') && { [`${name}Change`]: inputSchema(type, own, false) }),
  }
}

const common = {
  Deleted: {
    type: 'object',
    description: 'Deleted, merged into another one, or not for the employee any more',
    properties: { id: uuid, deleted: { const: true }, mergedInto: uuid },
    required: ['id', 'deleted'],
    additionalProperties: false,
  },
  Problem: {
    type: 'object',
    properties: {
      type: text,
      title: text,
      status: { type: 'integer' },
      reason: { ...text, description: 'One word for programs' },
      field: { ...text, description: 'What it is about' },
      mergedInto: uuid,
      duplicates: listOf(uuid),
    },
    required: ['type', 'title', 'status', 'reason'],
    additionalProperties: false,
  },
} satisfies Record<string, JsonSchema>

const about = [
  'The same records, rights and history as in the program: a token acts for an employee and may what they may, at most.',
  'Moments are milliseconds since 1970-01-01 UTC unless they are days (`2026-11-22`).',
  `A token may ask ${requestsAtOnce} times at once and ${requestsPerSecond} times a second for long; then 429 with Retry-After. A body has ${maxBody / 1024} KB at most.`,
  'Use HTTPS: who reads the token can do what it may.',
].join('\n\n')

export const openApiOf = (described: Described) => {
  const paths = restPaths.filter((path) => described.resources.includes(path))
  return {
    openapi: '3.1.0',
    info: { title: 'Interes', version: '1', description: about },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }],
    paths: Object.assign({}, ...paths.map((path) => operations(path, described))) as Readonly<
      Record<string, Readonly<Record<string, unknown>>>
    >, // by path
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: Object.assign({ ...common }, ...paths.map((path) => schemasOf(path, described))),
    },
  }
}
