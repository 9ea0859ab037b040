/**
 * A device without a screen: signs in, pushes changes and reads the feed through the relay's public
 * doors, from Node. What a test needs where the browser itself is not the subject.
 */
import { randomUUID } from 'node:crypto'
import type { SessionInfo, Setup } from '../../shared/protocol/api.ts'
import { type FeedFrame, readFrames } from '../../shared/protocol/feed.ts'
import { gunzip } from '../../shared/protocol/gzip.ts'
import { deviceHeader, programHeader, protocolVersion } from '../../shared/protocol/program.ts'
import { encodePush, type PushAnswer, type PushEntry } from '../../shared/protocol/push.ts'

export const administrator = {
  kind: 'organisation',
  fullName: 'Анна Сергеевна Ковалёва',
  email: 'anna@romashka.test',
  password: 'очень длинный пароль',
  company: 'ООО «Ромашка»',
  inn: '7707083893',
  locale: 'ru',
} satisfies Setup

export interface NodeDevice {
  session: SessionInfo
  id: string
  cookie: string
  push: (entries: PushEntry[], signal?: AbortSignal) => Promise<PushAnswer>
  feed: (
    cursor?: { head: number; below: number },
    signal?: AbortSignal,
  ) => AsyncGenerator<FeedFrame>
  get: <T>(path: string) => Promise<T>
  post: <T>(path: string, body: unknown) => Promise<T>
}

/** Answers other than 2xx, with the relay's own words. */
export class RelayError extends Error {
  readonly status: number
  constructor(path: string, status: number, text: string) {
    super(`${path}: ${status} ${text}`)
    this.status = status
  }
}

const postJson = async (url: string, path: string, body: unknown, headers: HeadersInit = {}) => {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, ...headers },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new RelayError(path, response.status, await response.text())
  return response
}

const push = async (
  url: string,
  entries: PushEntry[],
  headers: Record<string, string>,
  signal?: AbortSignal,
): Promise<PushAnswer> => {
  const response = await fetch(`${url}/push`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    body: encodePush(entries) as Uint8Array<ArrayBuffer>, // never a shared buffer here
    signal: signal ?? null,
  })
  if (!response.ok) throw new RelayError('/push', response.status, await response.text())
  return (await response.json()) as PushAnswer // the relay's own answer
}

/** Pushes as a connector does, with the relay's service token. */
export const pushAsService = (url: string, token: string, entries: PushEntry[]) =>
  push(url, entries, {
    authorization: `Bearer ${token}`,
    [deviceHeader]: randomUUID(),
    [programHeader]: String(protocolVersion),
  })

/** `name=value` of the session cookie that an answer sets. */
const cookieOf = (response: Response): string =>
  response.headers.getSetCookie().map((cookie) => cookie.split(';')[0])[0] ?? ''

const signedIn = async (url: string, response: Response): Promise<NodeDevice> =>
  deviceOf(url, (await response.json()) as SessionInfo, cookieOf(response)) // the relay's own answer

/** One more device of a user who is signed in already. */
export const anotherDevice = (url: string, { session, cookie }: NodeDevice): NodeDevice =>
  deviceOf(url, session, cookie)

const deviceOf = (url: string, session: SessionInfo, cookie: string): NodeDevice => {
  const id = randomUUID()
  const headers = {
    cookie,
    origin: url,
    [deviceHeader]: id,
    [programHeader]: String(protocolVersion),
  }
  return {
    session,
    id,
    cookie,
    push: (entries, signal) => push(url, entries, headers, signal),
    feed: async function* (cursor = { head: 0, below: 0 }, signal) {
      const query = `head=${cursor.head}&below=${cursor.below}&epoch=${session.workspace.epoch}`
      const response = await fetch(`${url}/feed?${query}`, { headers, signal: signal ?? null })
      if (!response.ok || !response.body)
        throw new RelayError('/feed', response.status, await response.text())
      yield* readFrames(response.body, gunzip)
    },
    get: async <T>(path: string) => {
      const response = await fetch(url + path, { headers })
      if (!response.ok) throw new RelayError(path, response.status, await response.text())
      return (await response.json()) as T // asked for by the test
    },
    post: async <T>(path: string, body: unknown) =>
      (await (await postJson(url, path, body, headers)).json()) as T, // asked for by the test
  }
}

/** Fills the first-run form on an empty relay. */
export const setUp = async (url: string): Promise<NodeDevice> =>
  signedIn(url, await postJson(url, '/api/setup', administrator))

export const signIn = async (
  url: string,
  { email, password }: { email: string; password: string } = administrator,
): Promise<NodeDevice> => signedIn(url, await postJson(url, '/api/sign-in', { email, password }))

/** Invites an employee by `admin` and accepts the invitation on a new device. */
export const invite = async (
  url: string,
  admin: NodeDevice,
  who: { name: string; email: string; password: string },
): Promise<NodeDevice> => {
  const { token } = await admin.post<{ token: string }>('/api/invites', { role: 'employee' })
  const accepted = await postJson(url, `/api/invites/${token}/accept`, { ...who, locale: 'ru' })
  return signedIn(url, accepted)
}
