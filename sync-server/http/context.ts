/** What travels with a request through the doors, and how doors refuse. */
import type { HttpBindings } from '@hono/node-server'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { ApiFailure } from '../../shared/protocol/api.ts'
import { statusOf } from '../../shared/reasons.ts'
import type { Subject } from '../../shared/rights.ts'
import type { Program } from '../rest/programs.ts'
import type { Workspace } from '../workspace.ts'

export interface Caller {
  workspace: Workspace
  subject: Subject
  /** Id of the session; null for services. */
  session: string | null
  /** Id of the device as it says; empty where it does not. */
  device: string
}

export interface Env {
  Variables: { requestId: string; caller: Caller; program: Program }
  /** Absent where a test calls the app without a socket. */
  Bindings: Partial<HttpBindings>
}

export type RelayContext = Context<Env>

/** Answers with the status of the reason. */
export const refuse = (
  c: RelayContext,
  { reason, field, detail, retryAfter }: ApiFailure,
): Response => {
  if (retryAfter !== undefined) c.header('retry-after', String(retryAfter))
  // Named one by one: a failed `Result` has more.
  const failure: ApiFailure = {
    reason,
    ...(field !== undefined && { field }),
    ...(detail !== undefined && { detail }),
    ...(retryAfter !== undefined && { retryAfter }),
  }
  // Every status of the list of reasons may carry a body.
  return c.json(failure, statusOf(reason) as ContentfulStatusCode)
}
