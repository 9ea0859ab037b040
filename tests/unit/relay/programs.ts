/**
 * Programs that use the REST API of a relay in memory. Every answer they get is held against the
 * description that the relay gives of itself.
 */
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { type CreatedApiToken, restPaths } from '../../../shared/protocol/rest.ts'
import type { Lab, Person } from './lab.ts'

export interface Item extends Record<string, unknown> {
  id: string
  version: number
  deleted?: true
}

export interface Answer {
  status: number
  headers: Headers
  // Whatever the door answers: tests say what they expect of it.
  body: Record<string, unknown> & { items?: Item[]; cursor?: string; more?: boolean }
}

export interface TestProgram {
  id: string
  secret: string
  ask(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>
  get(path: string, headers?: Record<string, string>): Promise<Answer>
  /** All pages; later answers about a record replace earlier ones. */
  all(path: string): Promise<{ items: Map<string, Item>; cursor: string }>
}

type Operation = { responses: Record<string, { content?: Record<string, { schema: object }> }> }

interface Description {
  ajv: Ajv2020
  paths: Record<string, Record<string, Operation>>
}

const described = new Map<string, Description>()

const descriptionOf = (text: string): Description => {
  const known = described.get(text)
  if (known) return known
  const document = JSON.parse(text) as Pick<Description, 'paths'>
  const ajv = addFormats(new Ajv2020({ strict: false })).addSchema(document, 'api')
  const made = { ajv, paths: document.paths }
  described.set(text, made)
  return made
}

/** Says what is wrong with an answer by the description; null where nothing is. */
const faultIn = async (
  app: Lab['app'],
  method: string,
  path: string,
  { status, headers, body }: Answer,
): Promise<string | null> => {
  // Without a token: the one that asks may be revoked by now. Own fields are looked at apart.
  const text = await (await app.request('/api/v1/openapi.json')).text()
  const { ajv, paths } = descriptionOf(text)
  if (path === '/openapi.json') return null
  const [, resource = '', id] = path.split('?')[0]?.split('/') ?? []
  const template = id === undefined ? `/${resource}` : `/${resource}/{id}`
  const operation = paths[template]?.[method.toLowerCase()]
  // What is not described is answered 404, like everything that is not there.
  const code = operation?.responses[status] ? String(status) : 'default'
  if (code === 'default' && status < 400) return `${status} is not described`
  const response = operation?.responses[code]
  const type = headers.get('content-type')?.split(';')[0] ?? ''
  if (operation && !response?.content) return Object.keys(body).length > 0 ? 'a body' : null
  const pointer = operation
    ? `api#/paths/${template.replaceAll('/', '~1').replaceAll(/[{}]/g, encodeURIComponent)}/${method.toLowerCase()}/responses/${code}/content/${type.replace('/', '~1')}/schema`
    : 'api#/components/schemas/Problem'
  const validate = ajv.getSchema(pointer)
  if (!validate) return `no schema of ${type} at ${pointer}`
  return validate(body) ? null : ajv.errorsText(validate.errors)
}

export const openProgram = async (
  { app, post }: Pick<Lab, 'app' | 'post'>,
  by: Person,
  employee: string,
  more: object = {},
): Promise<TestProgram> => {
  const form = {
    name: '1С',
    employee,
    writes: true,
    resources: restPaths,
    days: null,
    ...more,
  }
  const made = await post('/api/tokens', form, { cookie: by.cookie })
  if (made.status !== 200) throw new Error(`${made.status} ${await made.text()}`)
  const { token, secret } = (await made.json()) as CreatedApiToken
  return programWith(app, token.id, secret)
}

export const programWith = (app: Lab['app'], id: string, secret: string): TestProgram => {
  const ask: TestProgram['ask'] = async (method, path, body, headers = {}) => {
    const response = await app.request(`/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${secret}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const answer: Answer = {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? {} : JSON.parse(text)) as Answer['body'],
    }
    const fault = await faultIn(app, method, path, answer)
    if (fault) throw new Error(`${method} ${path} ${answer.status}: ${fault} ${text.slice(0, 500)}`)
    return answer
  }
  const get: TestProgram['get'] = (path, headers) => ask('GET', path, undefined, headers)
  return {
    id,
    secret,
    ask,
    get,
    all: async (path) => {
      const items = new Map<string, Item>()
      let cursor: string | undefined
      for (let more = true; more; ) {
        const joint = path.includes('?') ? '&' : '?'
        const from = cursor === undefined ? path : `${path.split('?')[0]}?limit=200&after=${cursor}`
        const page = await get(cursor === undefined ? `${from}${joint}limit=200` : from)
        if (page.status !== 200) throw new Error(`${page.status} ${JSON.stringify(page.body)}`)
        for (const item of page.body.items ?? []) items.set(item.id, item)
        cursor = page.body.cursor
        more = page.body.more === true
      }
      return { items, cursor: cursor ?? '' }
    },
  }
}

export const aClient = (more: object = {}): Record<string, unknown> => ({
  kind: 'organisation',
  name: 'Василёк',
  ...more,
})
