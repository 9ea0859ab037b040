/** Which program asks, by the token in `Authorization`, and what it may: its employee's rights at most. */
import { createHash, randomBytes } from 'node:crypto'
import { mayAnswer } from '../../shared/access.ts'
import { type Clock, minute } from '../../shared/clock.ts'
import { programDevice } from '../../shared/protocol/rest.ts'
import { fail, ok, type Result } from '../../shared/reasons.ts'
import type { Subject } from '../../shared/rights.ts'
import { addressOf } from '../auth/doors.ts'
import type { Directory } from '../directory.ts'
import type { RelayContext } from '../http/context.ts'
import type { Relay } from '../relay.ts'
import type { StoredApiToken } from '../store/store.ts'
import type { Workspace } from '../workspace.ts'

export interface Program {
  workspace: Workspace
  token: StoredApiToken
  subject: Subject
  /** What the history says a change was made from. */
  device: string
}

const secretPattern = /^interes_[\w-]{43}$/
const secretBytes = 32

/** 256 random bits: nobody finds one by trying, so that its plain SHA-256 is enough to keep. */
export const newSecret = (): string => `interes_${randomBytes(secretBytes).toString('base64url')}`

export const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

const mailboxToken = /^(account|appeal|answer):([0-9a-f-]{36})/

/**
 * The employee's rights without the mailboxes that who made the token could not open by themselves: a
 * token for a colleague would otherwise be a way for administrators into private correspondence (F16).
 */
export const narrowed = (
  subject: Subject,
  { createdBy }: Pick<StoredApiToken, 'createdBy'>,
  directory: Pick<Directory, 'account'>,
): Subject => {
  if (subject.id === createdBy) return subject
  const isOpen = (token: string): boolean => {
    if (/^(private|list):/.test(token)) return false
    const [, kind, id = ''] = mailboxToken.exec(token) ?? []
    if (kind === undefined) return true
    const account = directory.account(id)
    if (!account) return false
    return mayAnswer(createdBy, account) || (kind !== 'answer' && account.openForReading === true)
  }
  return { ...subject, tokens: new Set([...subject.tokens].filter(isOpen)) }
}

/** A use is noted once in so long: a program that asks ten times a second is not ten writes. */
const noteEvery = minute

export interface Programs {
  /** The token is looked up at each request, so that it ends with the moment of its revocation. */
  identify(c: RelayContext): Promise<Result<Program>>
}

export const programs = (relay: Relay, clock: Clock): Programs => {
  const notedAt = new Map<string, number>()
  const note = async ({ store }: Workspace, id: string, from: string): Promise<void> => {
    const now = clock()
    if (now - (notedAt.get(id) ?? Number.NEGATIVE_INFINITY) < noteEvery) return
    notedAt.set(id, now)
    await store.noteApiToken(id, now, from)
  }
  return {
    identify: async (c) => {
      const { workspace } = relay
      const secret = c.req.header('authorization')?.match(/^Bearer (.+)$/i)?.[1] ?? ''
      if (!workspace || !secretPattern.test(secret)) return fail('signedOut')
      // Found by its hash: how long that takes says nothing about secrets.
      const token = await workspace.store.apiTokenByHash(hashOf(secret))
      if (!token) return fail('signedOut')
      const isOver = token.expiresAt !== null && token.expiresAt <= clock()
      if (token.revokedAt !== null || isOver) return fail('revoked')
      // Its revocation may be what the restore has lost.
      if (token.suspendedAt !== null) return fail('tokenSuspended')
      const employee = workspace.directory.subjectOf(token.employee)
      if (!employee) return fail('blocked')
      await note(workspace, token.id, addressOf(c))
      const subject = narrowed(employee, token, workspace.directory)
      return ok({ workspace, token, subject, device: `${programDevice}${token.id}` })
    },
  }
}
