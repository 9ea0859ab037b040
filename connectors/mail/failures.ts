/** What mail servers and sockets say → our closed reasons. */
import type { ApiFailure } from '../../shared/protocol/api.ts'
import type { Reason } from '../../shared/reasons.ts'

/** What IMAP and SMTP libraries attach to their errors; everything may be absent. */
interface ServerError {
  code?: string
  originalCode?: string
  message?: string
  authenticationFailed?: boolean
  tlsFailed?: boolean
  serverResponseCode?: string
  response?: unknown
  responseText?: string
  responseCode?: number
  command?: string
}

const certificateCodes =
  /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ALTNAME|ERR_TLS_CERT|HOSTNAME_MISMATCH/i

/** Providers that let programs in with a password made for the program only. */
const applicationPasswordWords =
  /application[- ]specific|app(?:lication)?[- ]?password|пароль (?:для внешн|приложени)|parol prilozheniya|InvalidSecondFactor|5\.7\.9|NEOBHODIM parol|web login required/i
const imapDisabledWords =
  /imap (?:is |access is )?(?:disabled|switched off|not enabled|access denied)|disabled for this|not enabled for imap|account is not allowed to use imap|user is not allowed|please enable imap|imap access.*(?:off|disabled)|enable pop\/imap|switch on imap/i
const temporaryWords =
  /too many|rate limit|try (?:again )?later|temporar|unavailable|exceeded|blocked|in use/i

const textOf = (error: ServerError): string =>
  [error.responseText, typeof error.response === 'string' ? error.response : '', error.message]
    .filter((part) => part)
    .join(' ')

const maxDetail = 300

/** @param error whatever was thrown by imapflow, nodemailer or a socket. */
export const failureOf = (error: unknown): ApiFailure => {
  const known: ServerError = typeof error === 'object' && error !== null ? error : {}
  const detail = textOf(known).replace(/\s+/g, ' ').trim().slice(0, maxDetail)
  return { reason: reasonOf(known, detail), ...(detail ? { detail } : {}) }
}

const reasonOf = (error: ServerError, text: string): Reason => {
  const codes = `${error.code ?? ''} ${error.originalCode ?? ''}`
  if (
    certificateCodes.test(codes) ||
    /self[- ]signed certificate|certificate has expired|altnames/i.test(text)
  ) {
    return 'certificate'
  }
  if (error.authenticationFailed || error.code === 'EAUTH') return loginReason(error, text)
  if (/ENOTFOUND|EDNS|EAI_/.test(codes)) return 'hostUnknown'
  if (/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/.test(codes)) return 'connectionRefused'
  if (/TIMEOUT|ETIMEDOUT|ETIME/.test(codes)) return 'timedOut'
  if (/ETHROTTLE/.test(codes)) return 'temporarilyBlocked'
  return 'providerError'
}

const loginReason = (error: ServerError, text: string): Reason => {
  const responseCode = error.serverResponseCode?.toUpperCase()
  // 454 and 4xx in general: the server's own trouble (RFC 4954 §6); the password may be right.
  const temporarySmtp = error.responseCode !== undefined && error.responseCode < 500
  if (
    temporarySmtp ||
    responseCode === 'UNAVAILABLE' ||
    responseCode === 'INUSE' ||
    responseCode === 'LIMIT'
  ) {
    return 'temporarilyBlocked'
  }
  if (applicationPasswordWords.test(text)) return 'needsApplicationPassword'
  if (imapDisabledWords.test(text)) return 'imapDisabled'
  if (responseCode !== 'AUTHENTICATIONFAILED' && temporaryWords.test(text))
    return 'temporarilyBlocked'
  return 'wrongPassword'
}

/** Reasons that a new attempt alone will not mend: somebody has to act. */
export const needsPerson: ReadonlySet<Reason> = new Set<Reason>([
  'wrongPassword',
  'needsApplicationPassword',
  'imapDisabled',
  'certificate',
  'hostNotAllowed',
])
