/**
 * The JSON doors of the relay that are not sync: set-up, sign-in, invitations, accounts, files, and
 * what connectors ask. A failure is answered with the status of its reason and `ApiFailure`.
 *
 *     GET  /api/setup                      → { needed }
 *     POST /api/setup                      Setup → SessionInfo, signs in
 *     POST /api/sign-in                    SignIn → SessionInfo
 *     POST /api/sign-out                   → {}
 *     GET  /api/session                    → SessionInfo, or 401 signedOut
 *     POST /api/password                   ChangePassword → {} ; other sessions of the user end
 *     POST /api/invites                    NewInvite → Invite            administrators
 *     GET  /api/invites                    → { invites: Invite[] }       administrators
 *     DELETE /api/invites/:token           → {}                          administrators
 *     GET  /api/invites/:token             → InviteInfo                  anyone with the link
 *     POST /api/invites/:token/accept      AcceptInvite → SessionInfo
 *     POST /api/accounts/find              { address } → FoundConnection
 *     POST /api/accounts                   NewAccount → { id }           verified by real logins (F19)
 *     POST /api/accounts/:id/secret        { password, connection? } → {}
 *     POST /api/accounts/:id/pause|resume  → {}
 *     DELETE /api/accounts/:id             → {}  disconnects; its dialogs stay
 *     GET  /api/accounts/:id/quarantine    → { items: QuarantineItem[] } administrators
 *     GET  /api/devices?user=<id>          → { devices: Device[] }       that user, administrators
 *     DELETE /api/devices/:id              → {}  revokes it                the same
 *     GET  /api/history/:recordId          → History
 *     GET  /api/history?before=<seq>       → News, see news.ts
 *     POST /api/erase                      EraseRequest → { erased }     administrators; for ever
 *     GET  /api/rights/view?user=<id>      → RightsView                  administrators
 *     PUT  /files/:hash?record=<id>&name=…     raw body → {} ; refused unless it has this SHA-256
 *     GET  /files/:hash                    bytes; ranges; rights of a record it hangs on
 *
 * Connectors (Authorization: Bearer <service token>), all under /connector:
 *     POST /lease                          LeaseRequest → LeaseAnswer
 *     GET  /accounts/:id/secret            → AccountSecret
 *     GET  /state/:account/:key            → { value } (null where there is none)
 *     PUT  /state/:account/:key            { value } → {}     durable before it is answered
 *     GET  /lookup?key=email|phone|messageId&value=…&account=<id>?  → { hits: LookupHit[] }
 *     GET  /record/:id                     → ConnectorRecord (404 gone)
 *     GET  /erased/:id                     → { at } (null where it was not erased)
 *     POST /quarantine                     NewQuarantine → { id }
 *     POST /effects/:id                    { holder, ttl } → EffectClaim    id derived from the cause
 *     PUT  /effects/:id                    { holder, outcome } → { outcome } the first one stands
 *     GET  /jobs?wait=<s>                  → { job: Job | null }   long poll, one job to one asker
 *     POST /jobs/:id                       JobOutcome → {}
 *     GET  /hooks?wait=<s>&account=…       → { requests: StoredHook[] } ; POST /hooks/:id/done → {}
 */
import * as v from 'valibot'
import type { Reason } from '../reasons.ts'
import { accessModes, mailConnection } from '../records/account.ts'
import type { Row } from '../records/declaration.ts'

export interface ApiFailure {
  reason: Reason
  field?: string
  /** Words of the other side (a mail server's answer), shown under our own. */
  detail?: string
  /** For `tooManyRequests`: seconds to wait. */
  retryAfter?: number
}

const email = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.maxLength(254), v.includes('@'))
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(300))
/** NIST SP 800-63B: length is what counts; no rules about kinds of characters. */
export const minPasswordLength = 10
const password = v.pipe(v.string(), v.minLength(minPasswordLength), v.maxLength(200))
const line = v.pipe(v.string(), v.trim(), v.maxLength(300))

const self = {
  fullName: name,
  email,
  password,
  phone: v.optional(line),
  businessKind: v.optional(line),
  employees: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000))),
  locale: v.picklist(['ru', 'en']),
}
const inn = v.optional(v.pipe(v.string(), v.trim(), v.regex(/^(\d{10}|\d{12})?$/)))

/** F1-F3: who starts the workspace and what company it is. */
export const setup = v.variant('kind', [
  v.object({
    ...self,
    kind: v.literal('organisation'),
    inn,
    legalForm: v.optional(line),
    company: name,
  }),
  v.object({ ...self, kind: v.literal('entrepreneur'), inn, entrepreneur: name }),
])
export type Setup = v.InferOutput<typeof setup>

export const signIn = v.object({ email, password: v.pipe(v.string(), v.maxLength(200)) })
export type SignIn = v.InferOutput<typeof signIn>

export const changePassword = v.object({
  current: v.pipe(v.string(), v.maxLength(200)),
  next: password,
})
export type ChangePassword = v.InferOutput<typeof changePassword>

export interface SessionInfo {
  user: { id: string; name: string; email: string; administrator: boolean; locale: 'ru' | 'en' }
  workspace: { id: string; name: string; epoch: string }
  /** What the user may read and answer, as `rights` wants it. */
  tokens: string[]
}

export const newInvite = v.object({
  email: v.optional(email),
  name: v.optional(line),
  role: v.picklist(['administrator', 'employee']),
})
export type NewInvite = v.InferOutput<typeof newInvite>

export interface Invite {
  token: string
  /** Path to open: `/invite/<token>`. */
  path: string
  email?: string
  name?: string
  role: 'administrator' | 'employee'
  createdAt: number
  /** Invitations live a week, ms. */
  expiresAt: number
}

export interface InviteInfo {
  company: string
  email?: string
  name?: string
}

export const acceptInvite = v.object({ name, email, password, locale: v.picklist(['ru', 'en']) })
export type AcceptInvite = v.InferOutput<typeof acceptInvite>

/** A browser profile that an employee works in. */
export interface Device {
  id: string
  /** What its browser calls itself (User-Agent). */
  agent: string
  /** First and last contact with the relay, ms. */
  firstAt: number
  lastAt: number
  /** A stream to it is open now. */
  connected: boolean
  /** The one that asks. */
  current: boolean
  /** Since when it is revoked, ms. */
  revokedAt?: number
}

/** What an employee may read, as the relay decides it. */
export interface RightsView {
  counts: { type: string; seen: number; all: number }[]
  /** The newest clients and people among it. */
  records: { id: string; type: string; name: string }[]
  /** There are more of them. */
  more: boolean
}

/** The form of F14-F19. `connection` is given only where it is not found automatically (F18). */
export const newAccount = v.object({
  channel: v.literal('mail'),
  address: email,
  password: v.pipe(v.string(), v.minLength(1), v.maxLength(500)),
  name,
  receive: v.boolean(),
  send: v.boolean(),
  access: v.picklist(Object.keys(accessModes) as (keyof typeof accessModes)[]),
  users: v.optional(v.array(v.pipe(v.string(), v.uuid()))),
  openForReading: v.optional(v.boolean()),
  appealSource: v.optional(v.boolean()),
  reasonRequired: v.optional(v.boolean()),
  responsible: v.optional(v.pipe(v.string(), v.uuid())),
  connection: v.optional(mailConnection),
})
export type NewAccount = v.InferOutput<typeof newAccount>

/** What a connector proposes for an address, before any login. */
export interface FoundConnection {
  connection: v.InferOutput<typeof mailConnection>
  /** Where it came from: `table`, `mx`, `autoconfig`, `srv`, `guess`. */
  source: string
  /** Name of the provider, where it is known: its hints are shown (`mail.ru`, `yandex`, `gmail`). */
  provider?: string
}

export interface AccountSecret {
  password: string
}

export interface HistoryEntry {
  seq: number
  /** When the relay stored it, ms. */
  at: number
  user: string
  device: string
  /** Field → [before, after]; of messages only their keys. */
  changes: Record<string, [unknown, unknown]>
}

/** Newest first. */
export interface History {
  entries: HistoryEntry[]
  /** What the browsers of the devices in the entries call themselves, as far as it is known. */
  devices: Record<string, string>
}

export interface QuarantineItem {
  id: string
  account: string
  at: number
  /** What went wrong, in the program's words. */
  error: string
  /** Where the raw bytes are: /files/<hash>. */
  file: string
  source: string
}

/** «Стереть»: who asks types the record's name, so that nothing goes by a slip of the hand. */
export const eraseRequest = v.object({
  record: v.pipe(v.string(), v.uuid()),
  confirm: v.pipe(v.string(), v.trim(), v.maxLength(500)),
  /** Of a client: its contact persons too. */
  persons: v.boolean(),
  /** The dialogs with their messages and files too. */
  messages: v.boolean(),
  /** Their Interests too; programs of before do not say. */
  interests: v.optional(v.boolean(), false),
  /** And their contracts. */
  contracts: v.optional(v.boolean(), false),
})
export type EraseRequest = v.InferOutput<typeof eraseRequest>

// Connectors

export interface LeaseRequest {
  /** Drawn anew by each process. */
  holder: string
  /** How long the leases live without renewal, ms. */
  ttl: number
  /** Accounts to let go, on a clean stop. */
  release?: string[]
}
export interface LeaseAnswer {
  /** Accounts this holder has now, renewed or newly taken. */
  held: string[]
}

/** What an asker for a side effect is told: only `yours` may act. */
export type EffectClaim =
  /** `again`: an earlier holder may have acted, and told no outcome before its time was over. */
  { state: 'yours'; again: boolean } | { state: 'taken' } | { state: 'done'; outcome: unknown }

export interface LookupHit {
  id: string
  type: string
  /** For a message: the dialog it is in, and its key. For a person: their client. */
  dialog?: string
  client?: string
}

/**
 * A whole record, as a connector asks for it before it changes it: a change that was not made on
 * top of the present state would be concurrent with it, and Yjs might drop it.
 */
export interface ConnectorRecord {
  id: string
  type: string
  seq: number
  row: Row
  /** Base64 of the whole document. */
  state: string
}

export type Job =
  | { id: string; kind: 'findConnection'; address: string }
  | { id: string; kind: 'checkAccount'; account: NewAccount }

export type JobOutcome = { ok: true; found: FoundConnection } | { ok: false; failure: ApiFailure }

export const newQuarantine = v.object({
  /** Derived from the letter: putting it aside twice is putting it aside once. */
  id: v.pipe(v.string(), v.uuid()),
  account: v.pipe(v.string(), v.uuid()),
  error: v.pipe(v.string(), v.maxLength(2000)),
  source: v.pipe(v.string(), v.maxLength(500)),
  /** Base64 of the raw bytes. */
  raw: v.string(),
})
export type NewQuarantine = v.InferOutput<typeof newQuarantine>

export interface StoredHook {
  id: string
  account: string
  at: number
  method: string
  path: string
  headers: Record<string, string>
  /** Base64 of the raw body. */
  body: string
}
