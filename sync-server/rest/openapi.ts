/**
 * The description of the REST API (OpenAPI 3.1), made of the declarations: what is published, of which
 * kind it is, what may be written, and the own fields that the asking program's employee sees.
 */
import {
  type RestAct,
  type RestPath,
  restPaths,
  restResources,
} from '../../shared/protocol/rest.ts'
import { type FieldRow, isCustomised } from '../../shared/records/field.ts'
import { maxFileBytes } from '../files/door.ts'
import { onDuplicate } from './duplicates.ts'
import { filterNames } from './filters.ts'
import {
  bytesPerRequest,
  defaultLimit,
  maxBody,
  maxLimit,
  maxSorted,
  requestsAtOnce,
  requestsPerSecond,
  rowsPerRequest,
} from './limits.ts'
import { inputSchema, type JsonSchema, listOf, shownSchema, text, uuid } from './openapi-schemas.ts'
import { hasFiles } from './published.ts'
import { sortNames } from './sorted.ts'

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
  const { type } = restResources[path]
  const names = filterNames(type, definitions ?? [])
  const sorts = sortNames(type, definitions ?? [])
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
      ...(sorts.length > 0
        ? [
            query(
              'sort',
              // Without a token own fields are not known.
              definitions ? { ...text, enum: sorts } : { ...text, examples: sorts },
              [
                'Instead of a walk through the changes: what matches now, by a value, with a minus the',
                'highest first; records without one come last, of money amounts are compared. `after` goes on',
                `behind the page before. Of ${maxSorted} records that the employee reads at most (otherwise 413);`,
                `each ${rowsPerRequest} of them cost as much as a request, and a token sorts one list at a time.`,
              ].join(' '),
            ),
          ]
        : []),
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
        description: [
          'filter[name]=value; repeated: any of the values. With filters nothing is said of what was deleted.',
          'false also finds what nobody said true of. name.from and name.to are bounds, both included:',
          'a number, a day (2026-11-22), or for moments ms, ISO 8601 with a zone, or a day by UTC.',
        ].join(' '),
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

const bytes = { '*/*': { schema: { type: 'string', format: 'binary' } } }
const hashParameter = {
  name: 'hash',
  in: 'path',
  required: true,
  schema: { ...text, pattern: '^[0-9a-f]{64}$' },
  description: 'SHA-256 of the bytes',
}

const fileOperations = (path: RestPath) =>
  hasFiles(restResources[path].type)
    ? {
        [`/${path}/{id}/files/{hash}`]: {
          parameters: [idParameter, hashParameter],
          get: {
            operationId: `read_file_of_${path}`,
            summary: 'A file that the record names, in parts too (Range)',
            responses: {
              200: { description: 'Its bytes', content: bytes },
              206: { description: 'Some of them', content: bytes },
              304: answer('It is what the ETag in If-None-Match says'),
              416: answer('There are no such bytes'),
              default: refused,
            },
          },
        },
      }
    : {}

const upload = {
  '/files/{hash}': {
    parameters: [hashParameter],
    put: {
      operationId: 'keep_file',
      summary: 'Keeps a file, to be named in fields of records then: it hangs on nothing by itself',
      requestBody: { required: true, content: bytes },
      responses: {
        200: answer('It is kept', {
          type: 'object',
          properties: { hash: text, size: { type: 'integer' }, type: text },
          required: ['hash', 'size', 'type'],
          additionalProperties: false,
        }),
        default: refused,
      },
    },
  },
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
  `A token may ask ${requestsAtOnce} times at once and ${requestsPerSecond} times a second for long; then 429 with Retry-After. A body has ${maxBody / 1024} KB at most, a file ${maxFileBytes / 1024 ** 2} MB; each ${bytesPerRequest / 1024} KB of a file count like a request.`,
  'Use HTTPS: who reads the token can do what it may.',
].join('\n\n')

export const openApiOf = (described: Described) => {
  const paths = restPaths.filter((path) => described.resources.includes(path))
  return {
    openapi: '3.1.0',
    info: { title: 'Interes', version: '1', description: about },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }],
    paths: Object.assign(
      {},
      ...paths.map((path) => ({ ...operations(path, described), ...fileOperations(path) })),
      described.writes ? upload : {},
    ) as Readonly<Record<string, Readonly<Record<string, unknown>>>>, // by path
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: Object.assign({ ...common }, ...paths.map((path) => schemasOf(path, described))),
    },
  }
}
