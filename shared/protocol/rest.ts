/**
 * What the REST API of the relay (`/api/v1`) publishes, and the doors by which administrators make
 * its tokens:
 *
 *     GET    /api/tokens        → { tokens: ApiToken[] }
 *     POST   /api/tokens        NewApiToken → CreatedApiToken     the secret is told this once
 *     DELETE /api/tokens/:id    → {}                              revoked, from that moment on
 *     POST   /api/tokens/:id/resume → {}                          works again after a restore
 */
import * as v from 'valibot'
import type { RecordType } from '../records/index.ts'

export type RestAct = 'create' | 'change' | 'delete'

export interface RestResource {
  type: RecordType
  /** What programs may do besides reading, as far as their employee may. */
  acts: readonly RestAct[]
}

/** By its path under `/api/v1`. What it looks like follows from the declaration of its type. */
export const restResources = {
  clients: { type: 'client', acts: ['create', 'change', 'delete'] },
  persons: { type: 'person', acts: ['create', 'change', 'delete'] },
  interests: { type: 'interest', acts: ['create', 'change', 'delete'] },
  tasks: { type: 'task', acts: ['create', 'change', 'delete'] },
  events: { type: 'interaction', acts: ['create', 'change', 'delete'] },
  contracts: { type: 'contract', acts: ['create', 'change', 'delete'] },
  products: { type: 'product', acts: ['create', 'change', 'delete'] },
  appeals: { type: 'appeal', acts: ['change'] },
  dialogs: { type: 'dialog', acts: [] },
  segments: { type: 'clientSegment', acts: [] },
  directories: { type: 'directory', acts: [] },
  scenarios: { type: 'scenario', acts: [] },
  employees: { type: 'employee', acts: [] },
  fields: { type: 'field', acts: [] },
} as const satisfies Record<string, RestResource>

export type RestPath = keyof typeof restResources

export const restPaths = Object.keys(restResources) as RestPath[] // Object.keys forgets the key type

export const isRestPath = (value: string): value is RestPath => Object.hasOwn(restResources, value)

/** For how many days a token may be good; or for ever. */
export const tokenDays = [30, 90, 365] as const

export const newApiToken = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60), v.regex(/^[^\p{Cc}]+$/u)),
  employee: v.pipe(v.string(), v.uuid()),
  writes: v.boolean(),
  resources: v.pipe(v.array(v.picklist(restPaths)), v.minLength(1), v.maxLength(restPaths.length)),
  /** null: it never ends. */
  days: v.nullable(v.picklist(tokenDays)),
})
export type NewApiToken = v.InferOutput<typeof newApiToken>

export interface ApiToken {
  id: string
  name: string
  employee: string
  writes: boolean
  resources: RestPath[]
  createdAt: number
  createdBy: string
  /** ms; absent: never. */
  expiresAt?: number
  revokedAt?: number
  revokedBy?: string
  /** ms; since a backup was restored, until an administrator lets it work again. */
  suspendedAt?: number
  lastUsedAt?: number
  lastUsedFrom?: string
}

export interface CreatedApiToken {
  token: ApiToken
  /** Goes into `Authorization: Bearer …`. */
  secret: string
}

/** What the history of records says a change was made from, where it was a program: then its name. */
export const programDevice = 'api:'
