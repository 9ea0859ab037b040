/**
 * What the relay keeps, as the doors see it. Narrow and asynchronous, so that another base
 * (PostgreSQL) can stand behind the same doors; every method is one durable step of its own.
 */
import type { HistoryEntry, Invite } from '../../shared/protocol/api.ts'
import type { NewsType } from '../../shared/protocol/news.ts'
import type { Reason } from '../../shared/reasons.ts'
import type { LookupKey } from '../../shared/records/lookups.ts'

export interface WorkspaceFacts {
  id: string
  name: string
  /** Changes when a backup is restored: cursors of devices are worth nothing then. */
  epoch: string
  /** When a backup was restored last, ms; null: never. */
  restoredAt: number | null
}

/**
 * Owner of the Yjs client ids that were used before a backup was restored. Nobody has this id: what
 * is written with them comes back through `/reconcile` or not at all.
 */
export const earlierEpoch = 'earlier-epoch'

export interface StoredDocument {
  id: string
  type: string
  seq: number
  audience: string[]
  state: Uint8Array
  rowJson: string
}

/** One accepted change, in the order of its group. */
export interface DocumentWrite {
  id: string
  type: string
  audience: string[]
  state: Uint8Array
  rowJson: string
  /** Tokens that could read the record before and cannot after. */
  lostTokens: string[]
  lookups: Difference<LookupKey>
  files: Difference<string>
  /** Goes into the trash or out of it by this change; null where neither. */
  trash: 'in' | 'out' | null
  /** Yjs client ids that this change claims, and for whom: its user or `earlierEpoch`. */
  claims: number[]
  claimant: string
  user: string
  device: string
  /** When the relay took it, and when the device says it was made, ms. */
  at: number
  madeAt: number
  /** JSON of HistoryEntry.changes. */
  changesJson: string
  /** Seq of the history entry that this one takes in, see `continuesTyping`. */
  takesIn: number | null
}

export interface Difference<T> {
  added: T[]
  removed: T[]
}

/** A record without its contents, to decide about it by seq and audience alone. */
export interface DocumentHead {
  id: string
  type: string
  seq: number
  audience: string
}

export interface DocumentStore {
  /** Newest seq of the workspace. */
  seq(): Promise<number>
  documents(ids: string[]): Promise<Map<string, StoredDocument>>
  documentsOfType(type: string): Promise<StoredDocument[]>
  writers(clients: number[]): Promise<Map<number, string>>
  /** Stores all of them durably in one transaction and returns their seqs, which follow each other. */
  commit(writes: DocumentWrite[]): Promise<number[]>
  /** Heads with `from` < seq < `below`, at most `limit`, in the asked order. */
  heads(range: SeqRange): Promise<DocumentHead[]>
  /** How many records have seq > head or seq < below, by audience and type. */
  counts(head: number, below: number): Promise<{ audience: string; type: string; n: number }[]>
  /** Tokens that records lost by changes with `from` < seq <= `to`. */
  losses(from: number, to: number): Promise<{ document: string; token: string }[]>
  lookup(key: string, value: string, limit: number): Promise<LookedUp[]>
  /** Ids of the records of a type whose row names an id anywhere; reads all rows of the type. */
  naming(type: string, id: string): Promise<string[]>
  /** How many records that are not in the trash name this one, by type. Reads every row: for rare acts. */
  uses(id: string): Promise<Record<string, number>>
  history(document: string, limit: number): Promise<HistoryEntry[]>
  /**
   * Changes of clients and persons among the `limit` changes of all records before `before`, newest
   * first; `next` is where to go on, null where there was no more. With `documents` only those are
   * looked at.
   */
  recentChanges(
    before: number,
    limit: number,
    documents?: readonly string[],
  ): Promise<{ changes: RecentChange[]; next: number | null }>
}

/** A change in the history of all records, with what its record is now. */
export interface RecentChange {
  seq: number
  at: number
  user: string
  document: string
  type: NewsType
  name: string
  audience: string
  /** Names of the changed fields. */
  fields: string[]
  creation: boolean
  /** Into the trash, out of it; null: neither. */
  deletion: boolean | null
}

export interface SeqRange {
  from: number
  below: number
  order: 'up' | 'down'
  limit: number
}

export interface LookedUp {
  id: string
  type: string
  account: string | null
  dialog: string | null
  client: string | null
  deletedAt: number | null
}

/** The tokens a device was served with; they differ while it is not known what reached it. */
export interface ServedTokens {
  user: string
  /** Held at every one of the last streams: what only these open is surely on the device. */
  sure: string[]
  /** Held at any of them: what these open may be on the device. */
  maybe: string[]
}

export interface StoredUser {
  id: string
  email: string
  passwordHash: string
  locale: 'ru' | 'en'
}

export interface StoredSession {
  id: string
  user: string
  expiresAt: number
}

/** A browser profile that an employee works in, as it said of itself at its contacts. */
export interface StoredDevice {
  id: string
  user: string
  /** What its browser calls itself. */
  agent: string
  firstAt: number
  lastAt: number
  /** Session of its last contact. */
  session: string
  revokedAt: number | null
}

export interface StoredInvite extends Omit<Invite, 'path'> {
  createdBy: string
}

export interface PeopleStore {
  addUser(user: StoredUser & { createdAt: number }): Promise<void>
  userById(id: string): Promise<StoredUser | null>
  userByEmail(email: string): Promise<StoredUser | null>
  setPassword(user: string, passwordHash: string): Promise<void>
  setLocale(user: string, locale: 'ru' | 'en'): Promise<void>
  session(id: string): Promise<StoredSession | null>
  sessionsOf(user: string): Promise<StoredSession[]>
  putSession(session: StoredSession): Promise<void>
  deleteSession(id: string): Promise<void>
  deleteSessionsOf(user: string): Promise<void>
  deleteSessionsExpiredBy(at: number): Promise<void>
  /** Notes a contact. An id that another user's device has is left alone: the first to name it owns it. */
  contact(device: Omit<StoredDevice, 'firstAt' | 'revokedAt'>): Promise<void>
  device(id: string): Promise<StoredDevice | null>
  /** All that it ever came with, except what is long over. */
  sessionsOfDevice(id: string): Promise<string[]>
  /** Newest contact first; revoked ones too. */
  devicesOf(user: string): Promise<StoredDevice[]>
  revokeDevice(id: string, at: number): Promise<void>
  addInvite(invite: StoredInvite): Promise<void>
  invites(): Promise<StoredInvite[]>
  invite(token: string): Promise<StoredInvite | null>
  /** True for the one who took it. */
  takeInvite(token: string): Promise<boolean>
  served(device: string): Promise<ServedTokens | null>
  putServed(device: string, served: ServedTokens & { at: number }): Promise<void>
}

export interface StoredHookRow {
  id: string
  account: string
  at: number
  method: string
  path: string
  headersJson: string
  body: Uint8Array
}

export interface StoredQuarantine {
  id: string
  account: string
  at: number
  error: string
  file: string
  source: string
}

export interface ConnectorStore {
  /** Gives `holder` every one of `accounts` that is free, expired or its own already, until `until`. */
  lease(holder: string, accounts: string[], now: number, until: number): Promise<string[]>
  release(holder: string, accounts: string[]): Promise<void>
  secret(account: string): Promise<Uint8Array | null>
  putSecret(account: string, sealed: Uint8Array): Promise<void>
  deleteSecret(account: string): Promise<void>
  state(account: string, key: string): Promise<string | null>
  putState(account: string, key: string, valueJson: string): Promise<void>
  addQuarantine(item: StoredQuarantine): Promise<void>
  quarantine(account: string, limit: number): Promise<StoredQuarantine[]>
  isQuarantined(hash: string): Promise<boolean>
  addHook(hook: StoredHookRow): Promise<void>
  hooks(account: string | null, limit: number): Promise<StoredHookRow[]>
  hookDone(id: string, at: number): Promise<void>
}

export interface StoredFile {
  hash: string
  size: number
  type: string
}

export interface FileStore {
  file(hash: string): Promise<StoredFile | null>
  putFile(file: StoredFile, owner: string, at: number): Promise<void>
  isFileOwner(hash: string, user: string): Promise<boolean>
  /** Notes that somebody was given the file. */
  noteFileReader(hash: string, user: string): Promise<void>
  isFileReader(hash: string, user: string): Promise<boolean>
  /** Audiences of the records that the file hangs on. */
  fileAudiences(hash: string): Promise<string[]>
}

export interface EraseStore {
  /** When those of these that were erased were erased, ms. */
  erasedAt(ids: string[]): Promise<Map<string, number>>
  /** Ids erased with `from` < seq <= `to`. */
  erasures(from: number, to: number): Promise<string[]>
  existing(ids: string[]): Promise<string[]>
  /** Records of a type whose client, person or Interest this is. */
  referring(type: string, id: string): Promise<string[]>
  /** The records of a type that were made first, with their field `at`. */
  firstOf(type: string, limit: number): Promise<{ id: string; at: number | null }[]>
  /** Records that the relay has known to be in the trash since `at` or longer. */
  trashedBy(at: number, limit: number): Promise<string[]>
  /**
   * Takes everything of these records but their ids out of the base, and out of the file under it.
   * Each gets a seq of its own; returns the last. Files that nothing names any more are doomed.
   */
  erase(ids: string[], at: number, user: string): Promise<number>
  /** Files to be taken from the disk. */
  doomedFiles(): Promise<string[]>
  fileGone(hash: string): Promise<void>
}

/** What a census reads (see `../census.ts`), in pages, since reading all at once would hold up commits. */
export interface CensusStore {
  seq(): Promise<number>
  /** States of the records that follow the id, in the order of ids. */
  statesAfter(id: string, limit: number): Promise<{ id: string; type: string; state: Uint8Array }[]>
  /** How many history entries have `from` < seq <= `to`. */
  historyRows(from: number, to: number): Promise<number>
}

/** A record whose audience is not what the rules of this program make of it. */
export interface Reaudited {
  id: string
  audience: string[]
  /** Those who read by these must forget it. */
  lostTokens: string[]
  /** All of them; those that are there already do no harm. */
  lookups: LookupKey[]
}

export interface AuditStore {
  /** By which rules the audiences were made, see `rulesVersion`. */
  rules(): Promise<number>
  setRules(version: number): Promise<void>
  /** Records with ids above `after`, by id. */
  documentsAbove(after: string, limit: number): Promise<StoredDocument[]>
  /** One transaction. A record that loses tokens gets a seq, so that devices hear of it. */
  reaudit(records: Reaudited[]): Promise<void>
}

/** What an archive of everything reads, in pages, since it goes on beside the work of the day. */
export interface ArchiveStore extends Pick<AuditStore, 'documentsAbove'> {
  /** Changes with seqs above `after`, oldest first, of records that are still there. */
  historyAbove(after: number, limit: number): Promise<ArchivedChange[]>
}

export interface ArchivedChange extends HistoryEntry {
  document: string
  type: string
  /** Of the record as it is now. */
  audience: string
}

/** A token of the REST API. The secret itself is kept nowhere, only its SHA-256. */
export interface StoredApiToken {
  id: string
  name: string
  /** Whose rights it has. */
  employee: string
  writes: boolean
  /** Paths of the resources that it opens. */
  resources: string[]
  createdAt: number
  createdBy: string
  /** ms; null: never. */
  expiresAt: number | null
  revokedAt: number | null
  revokedBy: string | null
  /** When a backup was restored that may be older than its revocation, ms; null: it works. */
  suspendedAt: number | null
  lastUsedAt: number | null
  /** Address of the last use. */
  lastUsedFrom: string | null
}

/** What a program said a creation is known by, so that it can be asked for again (Idempotency-Key). */
export interface StoredApiKey {
  /** SHA-256 of what was asked. */
  request: string
  /** Id that the record has, or is about to have. */
  record: string
}

/** Heads of records in the order of their changes. */
export interface HeadSlice {
  heads: DocumentHead[]
  /** Everything up to this seq was looked at; null: all there is. */
  reached: number | null
}

/** What the REST API keeps, and how it reads. */
export interface RestStore {
  addApiToken(token: StoredApiToken, hash: string): Promise<void>
  /** Newest first; revoked ones too. */
  apiTokens(): Promise<StoredApiToken[]>
  apiToken(id: string): Promise<StoredApiToken | null>
  apiTokenByHash(hash: string): Promise<StoredApiToken | null>
  /** False where it was revoked before. */
  revokeApiToken(id: string, by: string, at: number): Promise<boolean>
  /** False where it was not suspended, or is revoked. */
  resumeApiToken(id: string): Promise<boolean>
  noteApiToken(id: string, at: number, from: string): Promise<void>
  apiKey(token: string, key: string, since: number): Promise<StoredApiKey | null>
  /** Keeps what is asked under a key, unless something younger than `since` is kept; returns what is. */
  takeApiKey(
    token: string,
    key: string,
    asked: StoredApiKey & { at: number },
    since: number,
  ): Promise<StoredApiKey>
  /** Looks at `scan` records at most that follow the seq, and returns the heads of those of a type. */
  headsOfTypes(types: readonly string[], from: number, scan: number): Promise<HeadSlice>
  /** Records without their documents; those that are there. */
  rowsOf(ids: readonly string[]): Promise<Omit<StoredDocument, 'state'>[]>
  /** Of the seqs that are changes of people: when the relay stored them, ms. */
  timesOf(seqs: readonly number[]): Promise<Map<number, number>>
  /** The last seq that was given before a moment. */
  seqBefore(at: number): Promise<number>
  /** Tokens that a record lost after a seq. */
  lossesOf(document: string, from: number): Promise<string[]>
}

export interface WorkspaceStore
  extends DocumentStore,
    AuditStore,
    PeopleStore,
    ConnectorStore,
    FileStore,
    EraseStore,
    CensusStore,
    ArchiveStore,
    RestStore {}

/** What the base takes on the disk, bytes. */
export interface StoreSizes {
  base: number
  /** Of `base`: free for what is written next. */
  free: number
  /** Written and not yet moved into the base. */
  log: number
}

export interface NewWorkspace extends Omit<WorkspaceFacts, 'restoredAt'> {
  /** What the first-run form said of the company, as JSON. */
  factsJson: string
  createdAt: number
  administrator: StoredUser
}

export interface Store {
  workspace(): Promise<WorkspaceFacts | null>
  /** What the first-run form said, as it was given to `createWorkspace`. */
  facts(workspace: string): Promise<string | null>
  /**
   * A backup was put in place of what was: seqs count anew for everybody, and nobody writes any more
   * with a Yjs client id from before (see `earlierEpoch`).
   */
  startEpoch(workspace: string, epoch: string, at: number): Promise<void>
  /** The workspace and its first user, both or neither. */
  createWorkspace(workspace: NewWorkspace): Promise<void>
  of(workspace: string): WorkspaceStore
  /**
   * Takes away what is over: sessions and invitations run out, webhooks dealt with and what programs
   * asked for by a key before `done`.
   */
  tidy(now: number, done: number): Promise<void>
  sizes(): Promise<StoreSizes>
  /** Throws where the base does not answer. */
  ping(): Promise<void>
  close(): Promise<void>
}

/**
 * What to tell of a failure of the base: a full disk, or a lock that another process (a backup, an
 * administrator's sqlite3) holds for longer than we wait, pass by themselves. Others are faults.
 */
export const storageReason = (
  error: unknown,
): Extract<Reason, 'storageFull' | 'overloaded' | 'internal'> => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (['SQLITE_FULL', 'ENOSPC'].includes(code)) return 'storageFull'
  return code.startsWith('SQLITE_BUSY') ? 'overloaded' : 'internal'
}

/** Audiences are kept as one sorted text, so that equal ones are equal strings. */
export const audienceText = (tokens: string[]): string => [...new Set(tokens)].sort().join(' ')
export const audienceTokens = (text: string): string[] => (text === '' ? [] : text.split(' '))
