/**
 * The import as the user leads it, step by step. It lives beside the replica and not in the page's
 * components, so that a load goes on, and is seen again, while other screens are open.
 */
import { batch, type Signal, signal } from '@preact/signals'
import { navigate } from 'wouter-preact/use-browser-location'
import { newId } from '../../../shared/ids.ts'
import type { Reason } from '../../../shared/reasons.ts'
import type { ClientRow } from '../../../shared/records/client.ts'
import { entryId } from '../../../shared/records/directory.ts'
import { showToast } from '../../design/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { type Importer, startImporter } from '../../import/importer.ts'
import type { LoadEnd } from '../../import/load.ts'
import { type AnyMapping, headerKey } from '../../import/mapping.ts'
import type { Mode } from '../../import/plan.ts'
import type { ReadOptions } from '../../import/read/read-file.ts'
import {
  type CheckAnswer,
  type CheckOptions,
  type Content,
  isOfWork,
  type Progress,
  type ReadAnswer,
} from '../../import/session.ts'
import type { KindChoice } from '../../import/values.ts'
import type { Replica } from '../../replica/index.ts'
import { scenariosInUse } from '../interests/queries.ts'
import { offeredNow } from './offered.ts'
import { marksOfProspects, unmarked } from './prospects.ts'
import { t } from './texts.ts'

export const steps = ['file', 'options', 'columns', 'check', 'load'] as const
export type Step = (typeof steps)[number]

export interface Choices {
  kind: KindChoice
  relation: NonNullable<ClientRow['relation']> | ''
  managers: string[]
  open: NonNullable<ClientRow['open']>
  /** As typed, with commas between. */
  tags: string
  /** F35; empty: none. */
  folder: string
  /** Entries of directories (F50, F62); empty: none. */
  contactType: string
  heat: string
  /** F40: «Искать клиентов по адресам E-mail и Телефонам». */
  search: boolean
  mode: Exclude<Mode, 'anyway'>
  withMistakes: boolean
  /** Of Interests: the scenario into which they go; empty: the first. */
  scenario: string
  /** Of Interests and tasks (F41: access set for the whole import). */
  restricted: boolean
}

/** A reason, or that the program itself failed: never the user's fault. */
export type WizardError = Reason | 'crashed'

export const errorWords = (error: WizardError): string =>
  error === 'crashed' ? t('crashed') : reasonText(error)

/** What is kept while a load runs, to go on with after a reload. */
interface Interrupted {
  file: Blob
  name: string
  readOptions: ReadOptions
  header: number
  options: CheckOptions
}

const interruptedKey = 'import-running'

export interface Wizard {
  step: Signal<Step>
  /** What the file holds. */
  content: Signal<Content>
  /** Clients who have bought nothing yet (F48): marked as such, unless somebody chooses otherwise. */
  prospects: Signal<boolean>
  file: Signal<{ blob: Blob; name: string } | null>
  readOptions: Signal<ReadOptions>
  read: Signal<ReadAnswer | null>
  choices: Signal<Choices>
  mapping: Signal<AnyMapping>
  check: Signal<CheckAnswer | null>
  progress: Signal<Progress | null>
  /** What is being done now. */
  busy: Signal<'read' | 'check' | 'load' | 'undo' | null>
  paused: Signal<boolean>
  end: Signal<LoadEnd | null>
  /** Id of the import that is loaded. */
  id: Signal<string | null>
  error: Signal<WizardError | null>
  /** A load that a reload or a closed page interrupted. */
  interrupted: Signal<{ id: string; name: string } | null>
  /** The page is in sight: who looks at it needs no notice of its end. */
  isShown: Signal<boolean>
  importer: Importer

  /** A file that was read is read anew. */
  setContent: (content: Content, prospects?: boolean) => Promise<void>
  readFile: (file: { blob: Blob; name: string }, options: ReadOptions) => Promise<boolean>
  setHeader: (header: number) => Promise<void>
  runCheck: () => Promise<void>
  runLoad: () => Promise<void>
  pause: (on: boolean) => void
  cancel: () => void
  resume: () => Promise<void>
  forget: () => Promise<void>
  /** With the load that came to a halt. */
  goOn: () => Promise<void>
  undo: (id: string) => Promise<void>
  restart: () => void
}

/** F41: a notice at the end, for who opened another screen meanwhile. */
const tellEnd = (name: string, { kind, counts }: LoadEnd) =>
  showToast({
    text: t(`notice.${kind}`, { name, create: counts.create, change: counts.change }),
    action: { label: t('notice.open'), onSelect: () => navigate('/settings/import') },
    stays: true,
  })

/** One for each replica, made when its page is first opened. */
const wizards = new WeakMap<Replica, Wizard>()

export const wizardOf = (replica: Replica): Wizard => {
  const known = wizards.get(replica)
  if (known) return known
  const made = createWizard(replica)
  wizards.set(replica, made)
  return made
}

const createWizard = (replica: Replica): Wizard => {
  const { session } = replica
  /** Of what is done and asked last: what was before it is of no interest any more. */
  let works = 0
  let shows = 0
  let checks = 0
  let last: { name: string; options: CheckOptions } | null = null
  const importer = startImporter(replica.base.name)
  const firstChoices = (): Choices => ({
    kind: 'auto',
    relation: '',
    managers: [session.user.id],
    open: 'closed',
    tags: '',
    folder: '',
    contactType: '',
    heat: '',
    search: true,
    mode: 'fill',
    withMistakes: false,
    scenario: '',
    restricted: false,
  })
  let marks = unmarked
  const markFor = async (prospects: boolean): Promise<typeof marks> => {
    const cold = prospects ? await replica.base.directory.get(entryId('heat', 'cold')) : undefined
    marks = prospects ? marksOfProspects(cold) : unmarked
    return marks
  }
  const wizard: Wizard = {
    step: signal('file'),
    content: signal('contact'),
    prospects: signal(false),
    file: signal(null),
    readOptions: signal({}),
    read: signal(null),
    choices: signal(firstChoices()),
    mapping: signal([]),
    check: signal(null),
    progress: signal(null),
    busy: signal(null),
    paused: signal(false),
    end: signal(null),
    id: signal(null),
    error: signal(null),
    interrupted: signal(null),
    isShown: signal(false),
    importer,

    setContent: async (content, prospects = false) => {
      if (wizard.prospects.value !== prospects) {
        wizard.prospects.value = prospects
        wizard.choices.value = { ...wizard.choices.value, ...(await markFor(prospects)) }
      }
      if (wizard.content.value === content) return
      wizard.content.value = content
      const { file, read } = wizard
      if (file.value && read.value) await wizard.readFile(file.value, wizard.readOptions.value)
    },
    readFile: async (file, options) =>
      during('read', async () => {
        wizard.error.value = null
        // Also where nothing can be read so: it is shown as chosen, and chosen anew.
        wizard.readOptions.value = options
        const read = await importer.read(file.blob, options, t('unnamed'), wizard.content.value)
        if (!read.ok) {
          wizard.error.value = read.reason
          return false
        }
        wizard.file.value = file
        await show(read.value)
        return true
      }),
    setHeader: async (header) => show(await importer.headed(header, t('unnamed'))),
    runCheck: () =>
      during('check', async () => {
        wizard.check.value = null
        wizard.error.value = null
        wizard.step.value = 'check'
        const read = wizard.read.value
        if (read)
          await replica.saveDraft(
            headerKey(read.headings, wizard.content.value),
            wizard.mapping.value,
          )
        const asked = ++checks
        const check = await importer.check(optionsNow())
        if (asked === checks) wizard.check.value = check
      }),
    runLoad: async () => {
      const { file, read } = { file: wizard.file.value, read: wizard.read.value }
      if (!file || !read) return
      const options = optionsNow()
      await replica.saveDraft(interruptedKey, {
        file: file.blob,
        name: file.name,
        readOptions: wizard.readOptions.value,
        header: read.header,
        options,
      } satisfies Interrupted)
      await load(file.name, options)
    },
    pause: (on) => {
      wizard.paused.value = on
      void importer.pause(on)
    },
    cancel: () => void importer.cancel(),
    resume: async () => {
      const kept = await replica.draft<Interrupted>(interruptedKey)
      wizard.interrupted.value = null
      if (!kept) return
      wizard.content.value = kept.options.content ?? 'contact'
      const isRead = await wizard.readFile({ blob: kept.file, name: kept.name }, kept.readOptions)
      if (!isRead) return
      await show(await importer.headed(kept.header, t('unnamed')))
      wizard.mapping.value = kept.options.mapping
      await load(kept.name, kept.options)
    },
    forget: async () => {
      const kept = await replica.draft<Interrupted>(interruptedKey)
      wizard.interrupted.value = null
      await replica.saveDraft(interruptedKey, undefined)
      if (kept) await replica.write('import', kept.options.stamp.id, { state: 'cancelled' })
    },
    goOn: async () => {
      if (last) await load(last.name, last.options)
    },
    undo: (id) =>
      during('undo', async () => {
        const counts = await importer.undo(id, replica.subject.peek())
        const known = await replica.base.import.get(id)
        // What was refused can be taken back later, or by who may.
        if (counts.refused > 0)
          showToast({ text: t('undo.part', { count: counts.refused }), stays: true })
        else
          await replica.write('import', id, {
            state: 'undone',
            counts: { ...known?.counts, ...counts },
          })
        const kept = await replica.draft<Interrupted>(interruptedKey)
        if (kept?.options.stamp.id === id) await replica.saveDraft(interruptedKey, undefined)
      }),
    restart: () => {
      shows += 1
      wizard.step.value = 'file'
      wizard.file.value = null
      wizard.read.value = null
      wizard.check.value = null
      wizard.end.value = null
      wizard.error.value = null
      wizard.id.value = null
      wizard.choices.value = { ...firstChoices(), ...marks }
      void look()
    },
  }
  importer.listen((progress) => {
    wizard.progress.value = progress
  })

  const during = async <T>(
    what: NonNullable<Wizard['busy']['value']>,
    work: () => Promise<T>,
  ): Promise<T> => {
    const own = ++works
    wizard.busy.value = what
    wizard.progress.value = null
    try {
      return await work()
    } catch (error) {
      // A worker that fails must not leave a step that waits for ever.
      wizard.error.value = 'crashed'
      throw error
    } finally {
      if (own === works) wizard.busy.value = null
    }
  }

  /** With the fields of its columns at once: a step that opens before they are guessed would show none. */
  const show = async (read: ReadAnswer) => {
    const asked = ++shows
    const kept = await replica.draft<(string | null)[]>(
      headerKey(read.headings, wizard.content.value),
    )
    const offered = await offeredNow(replica, wizard.content.value)
    if (asked !== shows) return
    batch(() => {
      wizard.read.value = read
      // A column may have had a target that is no more, or be called like a field that is not theirs to see.
      wizard.mapping.value = (kept?.length === read.headings.length ? kept : read.mapping).map(
        (target) => offered.find(([known]) => known === target)?.[0] ?? null,
      )
    })
  }

  const optionsNow = (): CheckOptions => {
    const { kind, relation, managers, open, tags, search, mode, withMistakes } =
      wizard.choices.value
    const { folder, contactType, heat } = wizard.choices.value
    const common = {
      mapping: wizard.mapping.value,
      mode: search ? mode : 'anyway',
      withMistakes,
      stamp: { id: newId(), at: Date.now() },
    } as const
    const tagNames = tags.split(',').flatMap((tag) => tag.trim() || [])
    const content = wizard.content.value
    if (content !== 'contact') {
      const { scenario: chosen, restricted } = wizard.choices.value
      // Where none was chosen the form shows the first one.
      const [first] = scenariosInUse(replica.known.scenarios.peek().values())
      const scenario = chosen || (first?.id ?? '')
      const responsible = managers[0] ?? session.user.id
      return {
        ...common,
        content,
        defaults: { responsible, scenario, restricted, tags: tagNames },
        by: session.user.id,
      }
    }
    return {
      ...common,
      kind,
      defaults: {
        managers,
        tags: tagNames,
        ...(relation && { relation }),
        ...(folder && { folder }),
        ...(contactType && { contactType }),
        ...(heat && { heat }),
        ...(open !== 'closed' && { open }),
      },
      by: session.user.id,
      self: replica.subject.peek().administrator ? null : session.user.id,
    }
  }

  const load = (name: string, options: CheckOptions) =>
    during('load', async () => {
      last = { name, options }
      const { id, at } = options.stamp
      wizard.end.value = null
      wizard.error.value = null
      wizard.paused.value = false
      wizard.id.value = id
      wizard.step.value = 'load'
      const { mode, content = 'contact' } = options
      const kind = isOfWork(options) ? {} : { kind: options.kind }
      const record = { state: 'running', options: { mode, content, ...kind } }
      const isKnown = (await replica.base.import.get(id)) !== undefined
      const written = await replica.write(
        'import',
        id,
        isKnown ? record : { ...record, name, by: session.user.id, at },
      )
      if (!written.ok) {
        wizard.error.value = written.reason
        return
      }
      // Other tabs see by the lock that the load is alive. Browsers give locks to secure addresses only.
      const run = () => importer.load(options, replica.subject.peek())
      const end = await (navigator.locks ? navigator.locks.request(lockName, run) : run())
      // What came to a halt, for want of room, waits to go on as what a reload interrupted does.
      if (end.kind !== 'failed') {
        await replica.saveDraft(interruptedKey, undefined)
        await replica.write('import', id, {
          state: end.kind === 'done' ? 'done' : 'cancelled',
          counts: end.counts,
        })
      }
      wizard.end.value = end
      if (!wizard.isShown.peek()) tellEnd(name, end)
    })

  const lockName = `import-${replica.base.name}`
  const look = async () => {
    const kept = await replica.draft<Interrupted>(interruptedKey)
    if (!kept || wizard.busy.value === 'load') return
    const { held = [] } = (await navigator.locks?.query()) ?? {}
    if (!held.some(({ name }) => name === lockName))
      wizard.interrupted.value = { id: kept.options.stamp.id, name: kept.name }
  }
  void look()
  return wizard
}
