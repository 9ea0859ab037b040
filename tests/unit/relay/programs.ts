/** Programs that use the REST API of a relay in memory. */
import { newId } from '../../../shared/ids.ts'
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
    return {
      status: response.status,
      headers: response.headers,
      body: (text === '' ? {} : JSON.parse(text)) as Answer['body'],
    }
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

export { newId }
