/** What the doors work with: settings, the base, and the workspace once there is one. */
import type { Logger } from 'pino'
import type { Clock } from '../shared/clock.ts'
import type { Setup } from '../shared/protocol/api.ts'
import { fail, ok, type Result } from '../shared/reasons.ts'
import type { DefaultEntry } from '../shared/records/first-entries.ts'
import type { Vault } from './accounts/vault.ts'
import type { ArchiveShelf } from './archives/shelf.ts'
import type { Fault } from './commit/faults.ts'
import type { FindCompanies } from './companies/dadata.ts'
import type { FileDisk } from './files/disk.ts'
import type { Metrics } from './metrics.ts'
import type { FindPicture } from './pictures/find-picture.ts'
import type { Store } from './store/store.ts'
import { openWorkspace, type Workspace } from './workspace.ts'

export interface RelayDeps {
  store: Store
  disk: FileDisk
  archives: ArchiveShelf
  vault: Vault
  /** Asks the register of companies. */
  findCompanies: FindCompanies
  /** Looks for the picture behind a link; null where the operator does not want that. */
  findPicture: FindPicture | null
  clock: Clock
  log: Logger
  metrics: Metrics
  fault: Fault
  connectorToken: string
  /** Address that browsers use, where it is not the one the relay sees; null if not set. */
  publicUrl: string | null
  /** Folder of the built client; null serves none. */
  clientDir: string | null
  /** Programs of an older protocol version are told to update. */
  minimumProgram: number
  /** What a new company finds in its directories. */
  firstEntries: readonly DefaultEntry[]
  /** A new random record id and a random unsigned 32-bit number. */
  newId: () => string
  random32: () => number
}

export interface Relay extends RelayDeps {
  /** Null until the first-run form was sent. */
  readonly workspace: Workspace | null
  /** The relay is going down: doors refuse with `restarting`. */
  stopping: boolean
  setUp(form: Setup, passwordHash: string): Promise<Result<{ workspace: Workspace; user: string }>>
  stop(): Promise<void>
}

/** Characters of the field `phone` of an employee; the form takes a whole line. */
const maxPhone = 50

/** Facts of the first-run form that become the administrator's record. */
interface Facts {
  administrator: { id: string; name: string; email: string; phone?: string }
  locale?: 'ru' | 'en'
}

export const openRelay = async (deps: RelayDeps): Promise<Relay> => {
  const { store, clock, newId, log, firstEntries } = deps
  let workspace: Workspace | null = null
  let settingUp = false

  const open = async (): Promise<Workspace | null> => {
    const facts = await store.workspace()
    if (!facts) return null
    const opened = await openWorkspace(facts, {
      ...deps,
      onError: (error) => log.error({ err: error }, 'unexpected failure'),
    })
    await completeSetUp(opened)
    await addFirstEntries(opened)
    return opened
  }

  /** The record of the first administrator; missing also where the process died during set-up. */
  const completeSetUp = async ({ facts, directory, write }: Workspace): Promise<void> => {
    // Written by `setUp` below.
    const { administrator } = JSON.parse((await store.facts(facts.id)) ?? '{}') as Facts
    if (directory.employee(administrator.id)) return
    const { id, name, email, phone } = administrator
    const written = await write('employee', id, {
      name,
      email,
      ...(phone && { phone }),
      role: 'administrator',
      state: 'active',
      createdAt: clock(),
      createdBy: id,
    })
    if (!written.ok) throw new Error(`The administrator's record was refused: ${written.reason}`)
  }

  /** At the next start too, those that a newer program brings. One that people deleted stays so. */
  const addFirstEntries = async ({ facts, store: records, write }: Workspace): Promise<void> => {
    const { locale } = JSON.parse((await store.facts(facts.id)) ?? '{}') as Facts
    const there = await records.documents(firstEntries.map(({ id }) => id))
    const written = await Promise.all(
      firstEntries
        .filter(({ id }) => !there.has(id))
        .map(({ id, type, row, name, more }) => {
          const language = locale ?? 'ru'
          const text = { name: name[language], ...more?.(language) }
          return write(type, id, { ...row, ...text, createdAt: clock() })
        }),
    )
    for (const one of written)
      if (!one.ok) throw new Error(`A first entry was refused: ${one.reason}`)
  }

  workspace = await open()
  const relay: Relay = {
    ...deps,
    stopping: false,
    get workspace() {
      return workspace
    },
    setUp: async (form, passwordHash) => {
      if (workspace || settingUp) return fail('alreadySetUp')
      settingUp = true
      try {
        const { password: _, ...facts } = form
        const id = newId()
        const administrator = {
          id,
          name: form.fullName,
          email: form.email,
          phone: form.phone?.slice(0, maxPhone),
        }
        await store.createWorkspace({
          id: newId(),
          name: form.kind === 'organisation' ? form.company : form.entrepreneur,
          epoch: newId(),
          factsJson: JSON.stringify({ ...facts, administrator }),
          createdAt: clock(),
          administrator: { id, email: form.email, passwordHash, locale: form.locale },
        })
        workspace = await open()
        return workspace ? ok({ workspace, user: id }) : fail('internal')
      } finally {
        settingUp = false
      }
    },
    stop: async () => {
      relay.stopping = true
      await deps.archives.stop()
      if (workspace) {
        workspace.stopClock()
        await workspace.pipeline.stop()
        workspace.disconnect('restarting', () => true)
        workspace.jobs.stop()
        workspace.hookBell.ring()
      }
    },
  }
  return relay
}
