/**
 * The closed list of reasons why something was not done. One reason = one HTTP status = one
 * WebSocket close code = one text in the client's catalogue (`reason.<name>`). Nobody compares
 * error texts.
 */

interface ReasonOutcome {
  /** HTTP status of an answer that carries this reason. */
  status: number
  /** WebSocket close code of a live room that ends for this reason. */
  close: number
}

const outcomes = {
  // Who is asking
  signedOut: { status: 401, close: 4401 },
  wrongCredentials: { status: 401, close: 4401 },
  forbidden: { status: 403, close: 4403 },
  blocked: { status: 403, close: 4403 },
  /** This device was put out by its user or an administrator: it deletes what it holds. */
  revoked: { status: 403, close: 4403 },
  /** A backup was restored: whether the token of a program still works is for an administrator to say. */
  tokenSuspended: { status: 403, close: 4403 },
  badOrigin: { status: 403, close: 4403 },
  tooManyRequests: { status: 429, close: 4429 },
  inviteInvalid: { status: 410, close: 4404 },
  alreadySetUp: { status: 409, close: 4404 },
  emailTaken: { status: 409, close: 4404 },
  weakPassword: { status: 422, close: 4422 },

  // What was asked for
  notFound: { status: 404, close: 4404 },
  gone: { status: 404, close: 4404 },
  invalidRequest: { status: 400, close: 4400 },
  epochChanged: { status: 409, close: 4409 },
  programTooOld: { status: 426, close: 4426 },
  tooLarge: { status: 413, close: 4413 },

  // What the commit pipeline found wrong with an update
  malformedUpdate: { status: 422, close: 4422 },
  foreignWriter: { status: 409, close: 4423 },
  causalGap: { status: 409, close: 4423 },
  clockJump: { status: 422, close: 4422 },
  unknownType: { status: 422, close: 4422 },
  unknownField: { status: 422, close: 4422 },
  invalidValue: { status: 422, close: 4422 },
  missingRequired: { status: 422, close: 4422 },
  immutableField: { status: 403, close: 4403 },
  /** Not everyone may see the field any more: its values are kept elsewhere. Made again, it goes there. */
  fieldRestricted: { status: 409, close: 4403 },
  /** Other records name it; `field` says which and how many: `client:12,person:3`. */
  inUse: { status: 409, close: 4403 },
  /** A contract in force holds its client; `field` is `<how many>:<id of one>`. */
  contractInForce: { status: 409, close: 4403 },
  /** Another document has the number. */
  numberTaken: { status: 409, close: 4403 },
  /** The document has its number already: it never changes. */
  numberGiven: { status: 409, close: 4403 },
  /** An entry that the program itself relies on. */
  systemEntry: { status: 403, close: 4403 },
  /** The record would lie in itself, straight or by way of others. */
  ring: { status: 409, close: 4403 },
  alreadyDecided: { status: 409, close: 4403 },
  /** It was merged into another: that one is to be decided. */
  mergedMeanwhile: { status: 409, close: 4403 },
  reasonRequired: { status: 422, close: 4422 },

  // What a program asked of the REST API
  /** The record is not the one that it looked at any more (If-Match). */
  changedMeanwhile: { status: 412, close: 4409 },
  /** The Idempotency-Key was used for something else. */
  keyReused: { status: 409, close: 4409 },
  /** There is such a client already, and another one is not wanted. */
  duplicate: { status: 409, close: 4409 },

  // Checking a channel account
  invalidAddress: { status: 422, close: 4422 },
  parametersNotFound: { status: 422, close: 4422 },
  wrongPassword: { status: 422, close: 4422 },
  needsApplicationPassword: { status: 422, close: 4422 },
  imapDisabled: { status: 422, close: 4422 },
  certificate: { status: 422, close: 4422 },
  hostUnknown: { status: 422, close: 4422 },
  hostNotAllowed: { status: 422, close: 4422 },
  connectionRefused: { status: 422, close: 4422 },
  timedOut: { status: 504, close: 4504 },
  temporarilyBlocked: { status: 422, close: 4422 },
  providerError: { status: 422, close: 4422 },
  accountExists: { status: 409, close: 4404 },

  // A service outside that the relay asks for its users
  serviceNotConnected: { status: 409, close: 4404 },
  serviceKeyRefused: { status: 422, close: 4422 },
  serviceUnavailable: { status: 502, close: 4503 },

  // Sending a message
  recipientRefused: { status: 422, close: 4422 },
  messageTooLarge: { status: 413, close: 4413 },
  bounced: { status: 422, close: 4422 },
  outcomeUnknown: { status: 422, close: 4422 },
  fileMissing: { status: 422, close: 4422 },

  // Reading a file that is imported; never on the wire
  unreadableFile: { status: 422, close: 4422 },
  emptyFile: { status: 422, close: 4422 },
  oldWorkbook: { status: 422, close: 4422 },
  tooManyRows: { status: 413, close: 4413 },

  // The relay itself
  /** Never on the wire: what a device says when no answer came at all. */
  unreachable: { status: 503, close: 4503 },
  /** Never on the wire: the device has no room for it. */
  deviceFull: { status: 507, close: 4507 },
  connectorsAway: { status: 503, close: 4503 },
  overloaded: { status: 503, close: 4503 },
  storageFull: { status: 507, close: 4507 },
  restarting: { status: 503, close: 1012 },
  internal: { status: 500, close: 1011 },
} as const satisfies Record<string, ReasonOutcome>

export type Reason = keyof typeof outcomes

export const isReason = (value: unknown): value is Reason =>
  typeof value === 'string' && Object.hasOwn(outcomes, value)

export const statusOf = (reason: Reason): number => outcomes[reason].status
export const closeCodeOf = (reason: Reason): number => outcomes[reason].close

/** Reasons that pass by themselves: the same request may be sent again later. */
const passing: ReadonlySet<Reason> = new Set([
  'tooManyRequests',
  'connectorsAway',
  'overloaded',
  'storageFull',
  'restarting',
  'internal',
  'timedOut',
  'unreachable',
])
export const isPassing = (reason: Reason): boolean => passing.has(reason)

/** An expected failure, as a value. `field` names the input it is about. */
export interface Failure {
  reason: Reason
  field?: string
}
export type Result<T> = { ok: true; value: T } | ({ ok: false } & Failure)

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })
export const fail = (reason: Reason, field?: string): { ok: false } & Failure =>
  field === undefined ? { ok: false, reason } : { ok: false, reason, field }
