/** The form of a new mail account (F14-F19): its values, and what is sent. No I/O. */
import type { ApiFailure, NewAccount } from '../../../shared/protocol/api.ts'
import type { Reason } from '../../../shared/reasons.ts'
import type { MailConnection, MailServer } from '../../../shared/records/account.ts'
import { emailTyped, filled, portTyped, problemsOf } from '../../frame/checks.ts'
import type { Errors } from '../../frame/form.tsx'
import { t } from './mail-texts.ts'

export interface ServerValues {
  host: string
  port: string
  security: MailServer['security']
  user: string
}

export interface AccountValues {
  address: string
  password: string
  /** Empty: by the rule of F17. */
  name: string
  receive: boolean
  send: boolean
  access: NewAccount['access']
  users: string[]
  openForReading: boolean
  appealSource: boolean
  reasonRequired: boolean
  responsible: string
  detect: boolean
  imap: ServerValues
  smtp: ServerValues
  /** Stands for all that is wrong with the connection as a whole. */
  connection: null
}

export const emptyAccount = (access: NewAccount['access'], user: string): AccountValues => ({
  address: '',
  password: '',
  name: '',
  receive: true,
  send: true,
  access,
  users: [user],
  openForReading: false,
  appealSource: true,
  reasonRequired: false,
  responsible: '',
  detect: true,
  imap: { host: '', port: '993', security: 'tls', user: '' },
  smtp: { host: '', port: '465', security: 'tls', user: '' },
  connection: null,
})

/** F17: a company's or a group's mailbox is called as the company, a private one as its owner. */
export const defaultSenderName = (
  { access, users }: Pick<AccountValues, 'access' | 'users'>,
  company: string,
  nameOf: (employee: string) => string | undefined,
): string => (access === 'user' ? (nameOf(users[0] ?? '') ?? company) : company)

export const accountProblems = (values: AccountValues): Errors<AccountValues> => {
  const { address, password, receive, send, access, users, detect, imap, smtp } = values
  const server = (typed: ServerValues) => filled(typed.host) ?? portTyped(typed.port)
  return problemsOf({
    address: emailTyped(address),
    password: filled(password),
    send: receive || send ? undefined : t('neither'),
    users: access !== 'all' && users.length === 0 ? t('noUsers') : undefined,
    imap: !detect && receive ? server(imap) : undefined,
    smtp: !detect && send ? server(smtp) : undefined,
  })
}

const serverOf = ({ host, port, security, user }: ServerValues, address: string): MailServer => ({
  host: host.trim(),
  port: Number(port),
  security,
  user: user.trim() || address,
})

export const newAccountOf = (values: AccountValues, defaultName: string): NewAccount => {
  const address = values.address.trim().toLowerCase()
  const { password, receive, send, access, users, detect } = values
  const connection: MailConnection = {
    ...(receive && { imap: serverOf(values.imap, address) }),
    ...(send && { smtp: serverOf(values.smtp, address) }),
  }
  return {
    channel: 'mail',
    address,
    password,
    name: values.name.trim() || defaultName,
    receive,
    send,
    access,
    ...(access !== 'all' && { users: access === 'user' ? users.slice(0, 1) : users }),
    ...(access !== 'all' && { openForReading: values.openForReading }),
    appealSource: values.appealSource,
    reasonRequired: values.appealSource && values.reasonRequired,
    ...(values.responsible && { responsible: values.responsible }),
    ...(!detect && { connection }),
  }
}

const fieldOfReason: Partial<Record<Reason, keyof AccountValues>> = {
  invalidAddress: 'address',
  accountExists: 'address',
  wrongPassword: 'password',
  needsApplicationPassword: 'password',
  imapDisabled: 'password',
  temporarilyBlocked: 'password',
  parametersNotFound: 'connection',
  certificate: 'connection',
  hostUnknown: 'connection',
  hostNotAllowed: 'connection',
  connectionRefused: 'connection',
}

/** Puts a failure beside the field it is about. */
export const placed = <F extends ApiFailure>(failure: F): F => {
  const named = failure.field?.split('.') ?? []
  const server = named.find((part) => part === 'imap' || part === 'smtp')
  const field = fieldOfReason[failure.reason] ?? server ?? named[0]
  return field === undefined ? failure : { ...failure, field }
}
