/** The relay's JSON doors, typed. Every answer is a value: a network that is not there too. */
import type {
  AcceptInvite,
  ApiFailure,
  ChangePassword,
  Device,
  EraseRequest,
  FoundConnection,
  History,
  Invite,
  InviteInfo,
  NewAccount,
  NewInvite,
  QuarantineItem,
  RightsView,
  SessionInfo,
  Setup,
  SignIn,
} from '../../shared/protocol/api.ts'
import type { ArchiveInfo, ArchiveList, NewArchive } from '../../shared/protocol/archives.ts'
import type { Company, KeyState } from '../../shared/protocol/companies.ts'
import type { News } from '../../shared/protocol/news.ts'
import type { PictureRequest } from '../../shared/protocol/pictures.ts'
import { programHeader, protocolVersion } from '../../shared/protocol/program.ts'
import type { ApiToken, CreatedApiToken, NewApiToken } from '../../shared/protocol/rest.ts'
import { isReason } from '../../shared/reasons.ts'
import type { MailConnection } from '../../shared/records/account.ts'

export type ApiResult<T> = { ok: true; value: T } | ({ ok: false } & ApiFailure)

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** An answer that is not ours (a proxy's page, a cut body) says only that the relay was not reached. */
const unreachable: ApiResult<never> = { ok: false, reason: 'unreachable' }

interface Asking {
  signal?: AbortSignal
  /** Of an answer that is no JSON. */
  read?: (answer: Response) => Promise<unknown>
}

const ask = async <T>(
  method: Method,
  path: string,
  body?: unknown,
  { signal, read }: Asking = {},
): Promise<ApiResult<T>> => {
  try {
    const answer = await fetch(path, {
      method,
      headers: {
        [programHeader]: String(protocolVersion),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal && { signal }),
    })
    const content: unknown = answer.ok && read ? await read(answer) : await answer.json()
    // Our own relay's answer: its shape is part of the protocol version.
    if (answer.ok) return { ok: true, value: content as T }
    const failure = content as Partial<ApiFailure> // checked on the next line
    return isReason(failure.reason)
      ? { ...failure, ok: false, reason: failure.reason }
      : unreachable
  } catch {
    // fetch throws where there is no network; json() where a proxy answered with a page.
    return unreachable
  }
}

const part = encodeURIComponent

export const api = {
  archives: () => ask<ArchiveList>('GET', '/api/archives'),
  makeArchive: (asked: NewArchive) => ask<ArchiveInfo>('POST', '/api/archives', asked),
  deleteArchive: (id: string) => ask<object>('DELETE', `/api/archives/${part(id)}`),
  tokens: () => ask<{ tokens: ApiToken[] }>('GET', '/api/tokens'),
  createToken: (asked: NewApiToken) => ask<CreatedApiToken>('POST', '/api/tokens', asked),
  revokeToken: (id: string) => ask<object>('DELETE', `/api/tokens/${part(id)}`),
  resumeToken: (id: string) => ask<object>('POST', `/api/tokens/${part(id)}/resume`, {}),
  setupNeeded: () => ask<{ needed: boolean }>('GET', '/api/setup'),
  setup: (input: Setup) => ask<SessionInfo>('POST', '/api/setup', input),
  signIn: (input: SignIn) => ask<SessionInfo>('POST', '/api/sign-in', input),
  signOut: () => ask<Record<string, never>>('POST', '/api/sign-out', {}),
  session: () => ask<SessionInfo>('GET', '/api/session'),
  changePassword: (input: ChangePassword) =>
    ask<Record<string, never>>('POST', '/api/password', input),
  devices: (user: string) => ask<{ devices: Device[] }>('GET', `/api/devices?user=${part(user)}`),
  revokeDevice: (device: string) =>
    ask<Record<string, never>>('DELETE', `/api/devices/${part(device)}`),
  rightsView: (user: string) => ask<RightsView>('GET', `/api/rights/view?user=${part(user)}`),
  createInvite: (input: NewInvite) => ask<Invite>('POST', '/api/invites', input),
  invites: () => ask<{ invites: Invite[] }>('GET', '/api/invites'),
  deleteInvite: (token: string) =>
    ask<Record<string, never>>('DELETE', `/api/invites/${part(token)}`),
  invite: (token: string) => ask<InviteInfo>('GET', `/api/invites/${part(token)}`),
  acceptInvite: (token: string, input: AcceptInvite) =>
    ask<SessionInfo>('POST', `/api/invites/${part(token)}/accept`, input),
  findConnection: (address: string) =>
    ask<FoundConnection>('POST', '/api/accounts/find', { address }),
  createAccount: (input: NewAccount) => ask<{ id: string }>('POST', '/api/accounts', input),
  changeSecret: (account: string, password: string, connection?: MailConnection) =>
    ask<Record<string, never>>('POST', `/api/accounts/${part(account)}/secret`, {
      password,
      ...(connection && { connection }),
    }),
  pauseAccount: (account: string) =>
    ask<Record<string, never>>('POST', `/api/accounts/${part(account)}/pause`, {}),
  resumeAccount: (account: string) =>
    ask<Record<string, never>>('POST', `/api/accounts/${part(account)}/resume`, {}),
  disconnectAccount: (account: string) =>
    ask<Record<string, never>>('DELETE', `/api/accounts/${part(account)}`),
  quarantine: (account: string) =>
    ask<{ items: QuarantineItem[] }>('GET', `/api/accounts/${part(account)}/quarantine`),
  erase: (input: EraseRequest) => ask<{ erased: number }>('POST', '/api/erase', input),
  companies: (inn: string) =>
    ask<{ companies: Company[] }>('GET', `/api/companies?inn=${part(inn)}`),
  companiesKey: () => ask<KeyState>('GET', '/api/companies/key'),
  setCompaniesKey: (key: string) => ask<KeyState>('PUT', '/api/companies/key', { key }),
  deleteCompaniesKey: () => ask<KeyState>('DELETE', '/api/companies/key'),
  linkPicture: (asked: PictureRequest, signal: AbortSignal) =>
    ask<Blob>('POST', '/api/pictures', asked, { signal, read: (answer) => answer.blob() }),
  news: (asked: { before?: number; user?: string; client?: string }) => {
    const query = new URLSearchParams({
      ...(asked.before !== undefined && { before: String(asked.before) }),
      ...(asked.user && { user: asked.user }),
      ...(asked.client && { client: asked.client }),
    })
    return ask<News>('GET', `/api/history?${query}`)
  },
  history: (record: string, signal?: AbortSignal) =>
    ask<History>('GET', `/api/history/${part(record)}`, undefined, { ...(signal && { signal }) }),
}
