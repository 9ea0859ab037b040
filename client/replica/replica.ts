/**
 * The replica as screens see it: rows to read, changes to write, one word about syncing. Nothing
 * here waits for the network but files that are not on the device yet.
 */
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { type Clock, systemClock } from '../../shared/clock.ts'
import { newId } from '../../shared/ids.ts'
import type { SessionInfo } from '../../shared/protocol/api.ts'
import { fail, ok, type Result } from '../../shared/reasons.ts'
import type { Patch } from '../../shared/records/change.ts'
import type { Row } from '../../shared/records/declaration.ts'
import { fieldRights, groupsOf } from '../../shared/records/field.ts'
import type { RecordType, RowsByType } from '../../shared/records/index.ts'
import type { FileRef } from '../../shared/records/segment.ts'
import { type Subject, tokensOf } from '../../shared/rights.ts'
import { reachOf } from '../../shared/rights-scopes.ts'
import { nextTurn } from '../../shared/substitutions.ts'
import { deviceId } from '../session/session.ts'
import { startElection } from '../sync/election.ts'
import { isOutdated } from './base-guard.ts'
import { openChannel } from './channel.ts'
import { openDataMark } from './data-mark.ts'
import { putFile, readFile, releaseFiles } from './files.ts'
import { type KeptHistory, keepHistory } from './kept-history.ts'
import { type Known, openKnown } from './known.ts'
import type { LiveRecord } from './live.ts'
import { dialogWrite, messageWrite, type NewDialog, type NewMessage } from './messages.ts'
import { onceMore } from './once-more.ts'
import { withRoom } from './room.ts'
import { type Status, type SyncReport, statusOf } from './status.ts'
import { baseName, type OutboxEntry, openBase, type ReplicaBase } from './tables.ts'
import { askAnew, liveSignal } from './use-live.ts'
import { createWriter, drawClientId } from './writer.ts'
import type { Write } from './writes.ts'

/** Changes that the syncing worker is given with the word of them; more it reads from the base. */
const maxTold = 8

/** How late the screen may show that somebody stands in for somebody, ms. */
const turnEvery = 1_000

export interface Replica {
  session: SessionInfo
  /** Tables to read; writing goes through the functions below only. */
  base: ReplicaBase
  status: ReadonlySignal<Status>
  /** The small tables that rows are named and allowed by: read, all of them, before a replica is given. */
  known: Known
  /** The user with their rights as far as this device knows, to show only what may be done. */
  subject: ReadonlySignal<Subject>

  /** Changes or creates (an `id` of `newId()`) a record. Fails with what `rights` or the fields refuse. */
  write: <T extends RecordType>(type: T, id: string, patch: Patch) => Promise<Result<RowsByType[T]>>
  /** All of them or none, in order, in one transaction. */
  writeAll: (writes: readonly Write[]) => Promise<Result<Row[]>>
  /** Fetches the code of changes ahead of the first one, which would wait for it. */
  prepareWriting: () => Promise<unknown>
  /** Queues a letter, or adds a note. */
  sendMessage: (message: NewMessage) => Promise<Result<{ key: string; segment: string }>>
  /** A dialog begun from our side, with its first message. */
  createDialog: (
    dialog: NewDialog,
    first?: Omit<NewMessage, 'dialog'>,
  ) => Promise<Result<{ id: string }>>

  /** A record open for editing letter by letter. Fails with `gone` where it is not on the device. */
  openLive: (type: RecordType, id: string) => Promise<Result<LiveRecord>>

  /** Keeps a file on the device until the record that names it is sent. */
  putFile: (blob: Blob, name: string) => Promise<Result<FileRef>>
  readFile: (hash: string) => Promise<Result<Blob>>
  /** Address of a file's content for this page; stays valid as long as the page. */
  fileUrl: (hash: string) => Promise<Result<string>>

  draft: <T>(key: string) => Promise<T | undefined>
  /** Undefined deletes the draft. Never give it a password. */
  saveDraft: (key: string, value: unknown) => Promise<Result<unknown>>

  /** Keeps the relay's answer about a record's history, null for none, to be read with no network. */
  keepHistory: (id: string, ask: () => Promise<KeptHistory | null>) => Promise<void>

  discard: (n: number) => Promise<void>
  /** Makes a refused change again; it leaves the list of refused ones where that is possible. */
  retry: (rejected: number) => Promise<Result<Row[]>>
  dismiss: (rejected: number) => Promise<void>
  /** The user signed in again or asks to try now: syncing waits no longer. */
  wake: () => void
  /** The user has read how many unsent changes went with an emptied base. */
  forgetLost: () => void
  /**
   * A newer version of the program has taken the base over, in another tab: nothing can be stored
   * any more until the page is loaded anew. Told while what is being typed can still be stored.
   */
  outdated: ReadonlySignal<boolean>
  /** Bytes, as the browser counts them. */
  sizeOnDevice: () => Promise<number>
  /** Stops syncing and closes the base; data stays. */
  close: () => Promise<void>
  /** Deletes everything from this device. The caller has asked the user about `waiting` changes. */
  wipe: () => Promise<void>
}

export interface ReplicaOptions {
  clock?: Clock
  fetch?: typeof fetch
  /** Another tab holds the base and keeps this newer program from rebuilding it. */
  onBlocked?: () => void
  /** Null: this page does not sync (tests of the replica alone). */
  createWorker?: (() => Worker) | null
}

const syncWorker = (): Worker =>
  new Worker(new URL('../sync/worker.ts', import.meta.url), { type: 'module', name: 'sync' })

/** All that changes records, which is no part of the first screen. */
export const fetchWriting = () => import('./writing.ts')

export const openReplica = async (
  session: SessionInfo,
  {
    clock = systemClock,
    fetch: ask = fetch.bind(globalThis),
    createWorker = syncWorker,
    onBlocked = () => {},
  }: ReplicaOptions = {},
): Promise<Replica> => {
  const name = baseName(session.workspace.id, session.user.id)
  const base = openBase(name)
  base.on('blocked', onBlocked)
  await base.open()
  const channel = openChannel(name)
  const writer = createWriter(drawClientId)
  const author = { id: session.user.id, name: session.user.name }
  const files = { base, fetch: ask, clock }
  /** Of files shown on this page; a list asks for one file many times at once. */
  const urls = new Map<string, Promise<Result<string>>>()

  const { known, read: knownRead, stop: stopKnown } = openKnown(base)
  // Substitutions begin and end by the clock alone; the relay's has the last word.
  const moment = signal(clock())
  const turning = setInterval(() => {
    if (nextTurn(known.substitutions.peek(), moment.peek()) <= clock()) moment.value = clock()
  }, turnEvery)
  const subject = computed<Subject>(() => {
    const { id } = session.user
    const organisation = {
      employees: [...known.employees.value.values()],
      departments: known.departments.value,
      roles: known.roles.value,
      substitutions: known.substitutions.value,
    }
    const role = known.employees.value.get(id)?.role
    // Read for its changes; between them the clock is later, and says the same.
    const reach = reachOf(id, organisation, Math.max(moment.value, clock()))
    const administrator = role ? role === 'administrator' : session.user.administrator
    // What the relay said at sign-in, and what the records say since; the relay has the last word.
    const tokens = tokensOf({ id, administrator }, known.accounts.value, reach)
    const groups = groupsOf(id, organisation)
    const fields = fieldRights(known.fields.value, { id, administrator, groups })
    return {
      kind: 'employee',
      id,
      administrator,
      closed: fields.closed,
      apart: fields.apart,
      tokens: new Set([...session.tokens, ...tokens, ...fields.tokens]),
      scenarios: known.scenarios.value,
      reach,
    }
  })
  const deps = { base, writer, subject: () => subject.peek(), clock }

  const report = signal<SyncReport>({ connection: { kind: 'connecting' }, progress: null })
  const networkUp = signal(navigator.onLine)
  const outdated = signal(false)
  const mark = openDataMark(name, localStorage)
  const full = signal(false)
  const stored = liveSignal<{
    waiting: number
    lastSyncAt: number | null
    complete: boolean
  } | null>(
    // One look: of an emptied base it may not be told that nothing waits, before that it is not complete.
    () =>
      base.transaction('r', [base.outbox, base.meta], async () => {
        const [waiting, [lastSyncAt, complete]] = await Promise.all([
          base.outbox.count(),
          base.meta.bulkGet(['lastSyncAt', 'complete']),
        ])
        return {
          waiting,
          lastSyncAt: typeof lastSyncAt === 'number' ? lastSyncAt : null,
          complete: complete === true,
        }
      }),
    null,
  )
  // Apart: an edit asks for the others twice, and each question more keeps its push waiting.
  const rejected = liveSignal<number | null>(() => base.rejected.count(), null)
  const status = computed(() => {
    const { value: known } = stored.value
    const { value: refused } = rejected.value
    const read = known !== null && refused !== null
    return statusOf({
      ...(read
        ? { ...known, rejected: refused, read }
        : { waiting: 0, rejected: 0, lastSyncAt: null, complete: false, read }),
      report: report.value,
      networkUp: networkUp.value,
      hadData: mark.hadData.value,
      lostChanges: mark.lostChanges.value,
      full: full.value,
    })
  })
  const online = computed(() => networkUp.value && report.value.connection.kind === 'online')
  const stopMarking = status.subscribe(({ complete, restoring, waiting }) => {
    if (complete) mark.keep(waiting)
    else if (restoring) mark.emptied()
  })
  // Closed by the browser or emptied: what is on the screen is asked for anew, which opens it again.
  const onClosed = () => void setTimeout(askAnew)
  base.on('close', onClosed)
  // Before the guard closes it: what is still being typed is stored by those who watch `outdated`.
  base.on('versionchange', ({ newVersion }) => {
    if (!newVersion) return
    outdated.value = true
    void election?.stop()
  })
  const takenOver = new Promise<void>((resolve) => {
    outdated.subscribe((is) => is && resolve())
  })

  const stopListening = channel.listen((message) => {
    if (message.kind === 'report') report.value = message.report
  })
  channel.send({ kind: 'ask' })
  const network = () => {
    networkUp.value = navigator.onLine
    channel.send({ kind: 'network', up: navigator.onLine })
  }
  addEventListener('online', network)
  addEventListener('offline', network)

  const election = createWorker
    ? startElection({ name, device: deviceId(session.user.id), createWorker })
    : null
  // Asked for, not waited for: browsers decide by themselves or ask the user.
  void navigator.storage?.persist?.()

  void releaseFiles(files)

  /** Work that stores something. Where there is no room for it every screen says so. */
  const storing = async <T>(work: () => Promise<Result<T>>): Promise<Result<T>> => {
    const result = await withRoom(deps, () => onceMore(base, work)).catch((error: unknown) => {
      if (!isOutdated(error)) throw error
      return fail('programTooOld')
    })
    full.value = !result.ok && result.reason === 'deviceFull'
    return result
  }
  let fetched: typeof import('./writing.ts') | null = null
  const writing = async () => {
    // Kept: who stores something while the page closes has no time to ask for it again.
    fetched ??= await fetchWriting()
    return fetched
  }
  const writeAll: Replica['writeAll'] = async (writes) => {
    // In the first second of the program's life on this device it may have to come over the network.
    const code = await writing().catch(() => null)
    if (!code) return fail('unreachable')
    const stored = (entries: readonly OutboxEntry[]) =>
      channel.send({ kind: 'outbox', ...(entries.length <= maxTold && { entries }) })
    return storing(() => code.writeRecords({ ...deps, stored }, writes))
  }

  const replica: Replica = {
    session,
    base,
    status,
    known,
    subject,
    write: async <T extends RecordType>(type: T, id: string, patch: Patch) => {
      const result = await writeAll([{ type, id, patch }])
      // One change gives one row, projected by its type.
      return result.ok ? ok(result.value[0] as unknown as RowsByType[T]) : result
    },
    writeAll,
    prepareWriting: writing,
    sendMessage: async (message) => {
      const dialog = await base.dialog.get(message.dialog)
      if (!dialog) return fail('gone')
      const { write, key } = messageWrite(message, dialog, author, newId(), clock())
      const result = await writeAll([write])
      return result.ok ? ok({ key, segment: write.id }) : result
    },
    createDialog: async (dialog, first) => {
      const id = newId()
      const writes = [dialogWrite(dialog, id, author)]
      if (first)
        writes.push(
          messageWrite(
            { ...first, dialog: id },
            { ...dialog, id, responsible: author.id },
            author,
            newId(),
            clock(),
          ).write,
        )
      const result = await writeAll(writes)
      return result.ok ? ok({ id }) : result
    },
    openLive: async (type, id) => {
      // The room's protocol is no part of the first screen.
      const { openLive } = await import('./live.ts')
      return openLive(
        { ...deps, user: author, online, changed: () => channel.send({ kind: 'outbox' }) },
        type,
        id,
      )
    },
    putFile: (blob, fileName) => storing(() => putFile(files, blob, fileName)),
    readFile: (hash) => onceMore(base, () => readFile(files, hash)),
    fileUrl: async (hash) => {
      const known = urls.get(hash)
      if (known) return known
      const made = onceMore(base, () => readFile(files, hash)).then((content) =>
        content.ok ? ok(URL.createObjectURL(content.value)) : content,
      )
      urls.set(hash, made)
      const url = await made.catch((error: unknown) => {
        urls.delete(hash)
        throw error
      })
      // Asked for again later: what is not on the device may come.
      if (!url.ok) urls.delete(hash)
      return url
    },
    // A draft is read by the form that saved it.
    draft: async <T>(key: string) => (await base.drafts.get(key))?.value as T | undefined,
    saveDraft: (key, value) =>
      storing(async () =>
        ok(
          value === undefined
            ? await base.drafts.delete(key)
            : await base.drafts.put({ key, value, at: clock() }),
        ),
      ),
    keepHistory: (id, ask) => onceMore(base, () => keepHistory(base, id, ask)),
    discard: async (n) => {
      const { discardEntry } = await writing()
      await onceMore(base, () => discardEntry({ base, draw: drawClientId, clock }, n))
      channel.send({ kind: 'outbox' })
    },
    retry: async (id) => {
      const rejected = await base.rejected.get(id)
      if (!rejected) return ok([])
      const { type, doc, patch } = rejected
      const result = await writeAll([{ type, id: doc, patch }])
      if (result.ok) await base.rejected.delete(id)
      return result
    },
    dismiss: (id) => base.rejected.delete(id),
    wake: () => {
      full.value = false
      channel.send({ kind: 'wake' })
    },
    forgetLost: mark.forgetLost,
    outdated,
    sizeOnDevice: async () => (await navigator.storage?.estimate?.())?.usage ?? 0,
    close: async () => {
      clearInterval(turning)
      await election?.stop()
      base.on.close.unsubscribe(onClosed)
      removeEventListener('online', network)
      removeEventListener('offline', network)
      stopMarking()
      stopListening()
      stored.stop()
      rejected.stop()
      stopKnown()
      channel.close()
      // Not waited for: one may still be on its way over a dead network.
      for (const made of urls.values())
        void made.then(
          (url) => url.ok && URL.revokeObjectURL(url.value),
          () => {}, // it never had an address
        )
      base.close()
    },
    wipe: async () => {
      await replica.close()
      await base.delete()
      mark.remove()
    },
  }
  // Of a base that a newer program has taken over nothing can be read: the page says so.
  await Promise.race([knownRead, takenOver])
  return replica
}
