/**
 * The relay as connectors see it: its doors as functions. Answers are values; `unreachable` stands
 * for no answer at all and passes by itself.
 */
import type {
  AccountSecret,
  ApiFailure,
  ConnectorRecord,
  EffectClaim,
  Job,
  JobOutcome,
  LeaseAnswer,
  LeaseRequest,
  LookupHit,
  NewQuarantine,
} from '../../shared/protocol/api.ts'
import { type FeedFrame, readFrames } from '../../shared/protocol/feed.ts'
import { gunzip } from '../../shared/protocol/gzip.ts'
import { deviceHeader, programHeader, protocolVersion } from '../../shared/protocol/program.ts'
import { encodePush, type PushAnswer, type PushEntry } from '../../shared/protocol/push.ts'
import { fail, isReason, ok, type Result } from '../../shared/reasons.ts'
import type { RecordType } from '../../shared/records/index.ts'

/** An answer of the relay that takes longer is as good as none. */
const answerLimit = 30_000
/** The relay holds a question for jobs this long, seconds. */
/** The relay waits for the first-run form: there are no accounts yet. */
export class NotSetUp extends Error {}

export const jobWait = 25

export interface Relay {
  push(entries: PushEntry[]): Promise<Result<PushAnswer>>
  feed(
    query: { types: RecordType[]; head: number; epoch: string },
    signal: AbortSignal,
  ): AsyncGenerator<FeedFrame>
  lease(request: LeaseRequest): Promise<Result<LeaseAnswer>>
  secret(account: string): Promise<Result<AccountSecret>>
  state(account: string, key: string): Promise<Result<unknown>>
  setState(account: string, key: string, value: unknown): Promise<Result<unknown>>
  lookup(key: LookupKeyName, value: string, account?: string): Promise<Result<LookupHit[]>>
  /** Null where there is no such record. */
  record(id: string): Promise<Result<ConnectorRecord | null>>
  /** When the record with this id was erased, ms; null where it was not. */
  erasedAt(id: string): Promise<Result<number | null>>
  /** See `once.ts`. */
  claimEffect(id: string, ttl: number): Promise<Result<EffectClaim>>
  endEffect(id: string, outcome: unknown): Promise<Result<{ outcome: unknown }>>
  quarantine(item: NewQuarantine): Promise<Result<unknown>>
  nextJob(signal: AbortSignal): Promise<Result<Job | null>>
  finishJob(id: string, outcome: JobOutcome): Promise<Result<unknown>>
  putFile(
    hash: string,
    record: string,
    name: string,
    type: string,
    bytes: Uint8Array,
  ): Promise<Result<unknown>>
  file(hash: string): Promise<Result<Uint8Array>>
}

type LookupKeyName = 'email' | 'phone' | 'messageId'

interface RelayOptions {
  url: string
  token: string
  /** Names this process to the relay; a UUID. */
  holder: string
}

export const connectRelay = ({ url, token, holder }: RelayOptions): Relay => {
  const headers = {
    authorization: `Bearer ${token}`,
    [deviceHeader]: holder,
    [programHeader]: String(protocolVersion),
  }

  const ask = async (
    path: string,
    init: RequestInit = {},
    limit = answerLimit,
  ): Promise<Result<Response>> => {
    const signals = [AbortSignal.timeout(limit), ...(init.signal ? [init.signal] : [])]
    try {
      const response = await fetch(new URL(path, url), {
        ...init,
        headers: { ...headers, ...init.headers },
        signal: AbortSignal.any(signals),
      })
      if (response.ok) return ok(response)
      const failure: Partial<ApiFailure> = await response.json().catch(() => ({})) // not ours: a proxy's page
      // A proxy before a relay that is down answers 502-504 in its own words.
      const silent = response.status >= 502 && response.status <= 504
      return fail(
        isReason(failure.reason) ? failure.reason : silent ? 'unreachable' : 'internal',
        failure.field,
      )
    } catch {
      // fetch throws only where no answer came: refused, reset, timed out, aborted.
      return fail('unreachable')
    }
  }

  // The relay's answers have the shapes of shared/protocol/api.ts: one program, one version.
  const json = async <T>(path: string, init?: RequestInit, limit?: number): Promise<Result<T>> => {
    const answer = await ask(path, init, limit)
    if (!answer.ok) return answer
    try {
      return ok((await answer.value.json()) as T)
    } catch {
      // The connection broke in the middle of the answer.
      return fail('unreachable')
    }
  }

  const send = <T>(method: string, path: string, body: unknown): Promise<Result<T>> =>
    json<T>(path, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

  return {
    push: (entries) =>
      json<PushAnswer>('/push', {
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream' },
        body: new Uint8Array(encodePush(entries)),
      }),
    async *feed({ types, head, epoch }, signal) {
      const query = new URLSearchParams({
        head: String(head),
        below: '0',
        epoch,
        types: types.join(','),
      })
      const response = await fetch(new URL(`/feed?${query}`, url), { headers, signal })
      if (!response.ok || !response.body) {
        // A proxy's page is no JSON, and says nothing that we know.
        const said: { reason?: unknown } = await response.json().catch(() => ({}))
        if (said.reason === 'connectorsAway') throw new NotSetUp()
        throw new Error(`feed answered ${response.status}`)
      }
      yield* readFrames(response.body, gunzip)
    },
    lease: (request) => send('POST', '/connector/lease', request),
    secret: (account) => json(`/connector/accounts/${account}/secret`),
    async state(account, key) {
      const answer = await json<{ value: unknown }>(
        `/connector/state/${account}/${encodeURIComponent(key)}`,
      )
      return answer.ok ? ok(answer.value.value) : answer
    },
    setState: (account, key, value) =>
      send('PUT', `/connector/state/${account}/${encodeURIComponent(key)}`, { value }),
    async lookup(key, value, account) {
      const query = new URLSearchParams({ key, value, ...(account ? { account } : {}) })
      const answer = await json<{ hits: LookupHit[] }>(`/connector/lookup?${query}`)
      return answer.ok ? ok(answer.value.hits) : answer
    },
    async record(id) {
      const answer = await json<ConnectorRecord>(`/connector/record/${id}`)
      if (answer.ok) return answer
      return answer.reason === 'gone' || answer.reason === 'notFound' ? ok(null) : answer
    },
    async erasedAt(id) {
      const answer = await json<{ at: number | null }>(`/connector/erased/${id}`)
      return answer.ok ? ok(answer.value.at) : answer
    },
    claimEffect: (id, ttl) => send('POST', `/connector/effects/${id}`, { holder, ttl }),
    endEffect: (id, outcome) => send('PUT', `/connector/effects/${id}`, { holder, outcome }),
    quarantine: (item) => send('POST', '/connector/quarantine', item),
    async nextJob(signal) {
      const answer = await json<{ job: Job | null }>(
        `/connector/jobs?wait=${jobWait}`,
        { signal },
        jobWait * 1000 + answerLimit,
      )
      return answer.ok ? ok(answer.value.job) : answer
    },
    finishJob: (id, outcome) => send('POST', `/connector/jobs/${id}`, outcome),
    putFile: (hash, record, name, type, bytes) =>
      json(
        `/files/${hash}?${new URLSearchParams({ record, name })}`,
        {
          method: 'PUT',
          headers: { 'content-type': type },
          body: new Uint8Array(bytes),
        },
        5 * answerLimit,
      ),
    async file(hash) {
      const answer = await ask(`/files/${hash}`, {}, 5 * answerLimit)
      if (!answer.ok) return answer
      try {
        return ok(new Uint8Array(await answer.value.arrayBuffer()))
      } catch {
        // As in `json`.
        return fail('unreachable')
      }
    },
  }
}
