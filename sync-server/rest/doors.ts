/**
 * `/api/v1`: the REST API, for other programs. The same records, rights and commit pipeline as for
 * devices. What it looks like in detail says its description, `GET /api/v1/openapi.json`.
 *
 *     GET    /<resource>         a page of records (`list.ts`)
 *     GET    /<resource>/:id     one of them
 *     POST   /<resource>         a new one          Idempotency-Key, ?on_duplicate=
 *     PATCH  /<resource>/:id     a merge patch      If-Match
 *     DELETE /<resource>/:id     into the trash     If-Match
 *     GET    /<resource>/:id/files/:hash   a file that hangs on it
 *     PUT    /files/:hash        keeps a file, to be named in a record then
 */
import { Hono, type MiddlewareHandler } from 'hono'
import * as v from 'valibot'
import { second } from '../../shared/clock.ts'
import { isId } from '../../shared/ids.ts'
import { type RestAct, restPaths, restResources } from '../../shared/protocol/rest.ts'
import { seenFields } from '../../shared/records/field.ts'
import type { RecordType } from '../../shared/records/index.ts'
import { fileHash } from '../../shared/records/segment.ts'
import { maxFileBytes, takeFile } from '../files/door.ts'
import { sendFile } from '../files/send.ts'
import { type Allowance, allowance } from '../http/allowance.ts'
import { bodyBytes } from '../http/body.ts'
import type { Env, RelayContext } from '../http/context.ts'
import { resolveAtRelay } from '../merges/resolve.ts'
import type { Relay } from '../relay.ts'
import { storageReason } from '../store/store.ts'
import { type Asked, askedOf } from './body.ts'
import { type ContactType, duplicatesOf, onDuplicate } from './duplicates.ts'
import { filtersOf } from './filters.ts'
import { bytesPerRequest, keyLife, requestsAtOnce, requestsPerSecond } from './limits.ts'
import { cursorText, listRecords } from './list.ts'
import { openApiOf } from './openapi.ts'
import { problem } from './problem.ts'
import { hashOf, type Program, programs } from './programs.ts'
import { hasFiles } from './published.ts'
import { type Reader, reader, type Whole } from './reader.ts'
import { bodyOf, pageQuery } from './requests.ts'
import { rightsMark } from './rights-mark.ts'
import { sortedPages } from './sorted.ts'
import { writing } from './write.ts'

const keyPattern = /^[\x21-\x7e]{1,200}$/

export const restDoors = (relay: Relay): Hono<Env> => {
  const { clock, newId, random32, metrics } = relay
  const app = new Hono<Env>()
  const known = programs(relay, clock)
  const write = writing({ clock, newId, random32 })
  const allowances = new Map<string, Allowance>()
  const allowanceOf = (token: string): Allowance => {
    const own = allowances.get(token) ?? allowance(requestsAtOnce, requestsPerSecond, clock)
    allowances.set(token, own)
    return own
  }
  // Two requests for one client at the same time are not two clients: such creations go one by one.
  let creating: Promise<unknown> = Promise.resolve()
  const oneByOne = <T>(act: () => Promise<T>): Promise<T> => {
    const next = creating.then(act)
    creating = next.catch(() => undefined) // its own asker hears of it
    return next
  }

  app.use('*', async (c, next) => {
    const started = performance.now()
    await next()
    metrics.asked(c.res.status, (performance.now() - started) / 1000)
  })

  let general: string | null = null
  // Open to everyone, as the program is: what is a company's own comes with a token alone.
  app.get('/openapi.json', async (c, next) => {
    if (c.req.header('authorization') !== undefined) return next()
    general ??= JSON.stringify(openApiOf({ resources: restPaths, writes: true, definitions: null }))
    return c.body(general, 200, { 'content-type': 'application/json' })
  })

  app.use('*', async (c, next) => {
    c.header('cache-control', 'no-store')
    c.header('vary', 'authorization, accept-language')
    if (relay.stopping) return problem(c, { reason: 'restarting' })
    const program = await known.identify(c)
    if (!program.ok) return problem(c, program)
    const wait = allowanceOf(program.value.token.id).spend(0)
    if (wait > 0) return problem(c, { reason: 'tooManyRequests', retryAfter: wait / second })
    allowanceOf(program.value.token.id).spend(1)
    c.set('program', program.value)
    await next()
  })

  app.get('/openapi.json', (c) => {
    const { token, subject, workspace } = c.var.program
    const { writes } = token
    const resources = restPaths.filter((path) => token.resources.includes(path))
    const definitions = seenFields(subject, workspace.directory.fields()).filter(
      ({ deletedAt }) => deletedAt === undefined,
    )
    return c.json(openApiOf({ resources, writes, definitions }))
  })

  /** Lets through programs whose token is for the resource and the act. */
  const opened =
    (path: string, act: RestAct | 'read'): MiddlewareHandler<Env> =>
    async (c, next) => {
      const { resources, writes } = c.var.program.token
      if (!resources.includes(path) || (act !== 'read' && !writes))
        return problem(c, { reason: 'forbidden' })
      await next()
    }

  const definitionsOf = ({ workspace, subject }: Program, type: RecordType) =>
    seenFields(subject, workspace.directory.fields()).filter(
      ({ recordType, deletedAt }) => recordType === type && deletedAt === undefined,
    )

  const readerOf = ({ workspace, subject }: Program): Reader => reader(workspace, subject)

  const answerWith = async (c: RelayContext, whole: Whole, status: 200 | 201) => {
    c.header('etag', `"${whole.seq}"`)
    return c.json(await readerOf(c.var.program).show(whole), status)
  }

  /** The record where it is there to be read or changed, otherwise the answer that says why not. */
  const wanted = async (c: RelayContext, type: RecordType): Promise<Whole | Response> => {
    const id = c.req.param('id') ?? ''
    const whole = isId(id) ? await readerOf(c.var.program).find(type, id) : null
    if (!whole) return problem(c, { reason: 'notFound' })
    if (whole.row.deletedAt !== undefined) return problem(c, { reason: 'gone' })
    if (whole.row.mergedInto === undefined) return whole
    const { workspace } = c.var.program
    const mergedInto = await resolveAtRelay(workspace.pipeline.read, id)
    return problem(c, { reason: 'gone' }, { mergedInto })
  }

  /** What changes is to be the record that the program has seen, where it says which. */
  const isSame = (c: RelayContext, { seq }: Whole): boolean => {
    const asked = c.req.header('if-match')?.trim()
    return asked === undefined || asked === '*' || asked === `"${seq}"`
  }
  const isConditional = (c: RelayContext): boolean => {
    const asked = c.req.header('if-match')?.trim()
    return asked !== undefined && asked !== '*'
  }

  const sortedPage = sortedPages((token, cost) => allowanceOf(token).spend(cost))

  for (const path of restPaths) {
    const { type, acts } = restResources[path]
    const may = (act: RestAct) => acts.some((each) => each === act)

    app.get(`/${path}`, opened(path, 'read'), async (c) => {
      const { program } = c.var
      const { epoch } = program.workspace.facts
      const query = await pageQuery(c, program)
      if (!query.ok) return problem(c, query)
      const definitions = definitionsOf(program, type)
      const filters = filtersOf(type, query.value.filters, definitions)
      if (!filters.ok) return problem(c, filters)
      const { way, limit } = query.value
      const asked = { type, filters: filters.value, limit }
      const rights = rightsMark(program.subject)
      if ('sort' in way) {
        const page = await sortedPage(program, readerOf(program), definitions, { ...asked, ...way })
        return page.ok ? c.json({ ...page.value, rights }) : problem(c, page)
      }
      const page = await listRecords(program, readerOf(program), { ...asked, cursor: way.cursor })
      allowanceOf(program.token.id).spend(page.cost)
      const { items, more } = page
      return c.json({ items, cursor: cursorText(page.cursor, epoch), more, rights })
    })

    app.get(`/${path}/:id`, opened(path, 'read'), async (c) => {
      const whole = await wanted(c, type)
      if (whole instanceof Response) {
        const main = await mainOf(c, type)
        return main ? c.redirect(`/api/v1/${path}/${main}`, 301) : whole
      }
      if (c.req.header('if-none-match') === `"${whole.seq}"`) return c.body(null, 304)
      return answerWith(c, whole, 200)
    })

    if (hasFiles(type))
      app.get(`/${path}/:id/files/:hash`, opened(path, 'read'), async (c) => {
        const { workspace, subject, token } = c.var.program
        const whole = await wanted(c, type)
        if (whole instanceof Response) return whole
        const hash = c.req.param('hash')
        const name = readerOf(c.var.program).files(whole).get(hash)
        const file = name === undefined ? null : await workspace.store.file(hash)
        if (!file || name === undefined) return problem(c, { reason: 'notFound' })
        await workspace.store.noteFileReader(hash, subject.id)
        const answer = sendFile(c, relay.disk, file, name)
        const bytes = Number(answer.headers.get('content-length') ?? 0)
        allowanceOf(token.id).spend(bytes / bytesPerRequest)
        return answer
      })

    if (may('create'))
      app.post(`/${path}`, opened(path, 'create'), async (c) => {
        const { program } = c.var
        const body = await bodyOf(c)
        if (!body.ok) return problem(c, body)
        const mode = c.req.query('on_duplicate') ?? 'create'
        const isContact = type === 'client' || type === 'person'
        const isKnownMode = onDuplicate.some((each) => each === mode)
        const strange = [...new URL(c.req.url).searchParams.keys()].find(
          (name) => name !== 'on_duplicate',
        )
        if (strange !== undefined)
          return problem(c, { reason: 'invalidRequest', field: strange.slice(0, 100) })
        if (!isKnownMode || (mode !== 'create' && !isContact))
          return problem(c, { reason: 'invalidRequest', field: 'on_duplicate' })
        const key = c.req.header('idempotency-key')
        if (key !== undefined && !keyPattern.test(key))
          return problem(c, { reason: 'invalidRequest', field: 'Idempotency-Key' })
        const definitions = definitionsOf(program, type)
        const { subject } = program
        const asked = askedOf(body.value.value, { type, creating: true, definitions, subject })
        if (!asked.ok) return problem(c, asked)
        const request = hashOf(`${path} ${mode} ${body.value.text}`)
        const create = async (): Promise<Response> => {
          const { store } = program.workspace
          const since = clock() - keyLife
          const earlier = key ? await store.apiKey(program.token.id, key, since) : null
          if (earlier && earlier.request !== request) return problem(c, { reason: 'keyReused' })
          const again = earlier && (await store.rowsOf([earlier.record])).length > 0
          if (!again && mode !== 'create' && isContact) {
            const doubled = await duplicateAnswer(c, type, asked.value, mode === 'return')
            if (doubled) return doubled
          }
          const asks = { request, record: newId(), at: clock() }
          const taken = key ? await store.takeApiKey(program.token.id, key, asks, since) : asks
          // Somebody took it in between.
          if (taken.request !== request) return problem(c, { reason: 'keyReused' })
          if (!again) {
            const outcome = await write.create(
              program,
              type,
              taken.record,
              asked.value,
              definitions,
            )
            if (!outcome.ok) return problem(c, outcome)
          }
          const whole = await readerOf(program).find(type, taken.record)
          if (!whole) return problem(c, { reason: again ? 'gone' : 'forbidden' })
          if (whole.row.deletedAt !== undefined) return problem(c, { reason: 'gone' })
          c.header('location', `/api/v1/${path}/${taken.record}`)
          if (again) c.header('idempotency-replayed', 'true')
          return answerWith(c, whole, again ? 200 : 201)
        }
        return mode === 'create' ? create() : oneByOne(create)
      })

    if (may('change'))
      app.patch(`/${path}/:id`, opened(path, 'change'), async (c) => {
        const { program } = c.var
        const body = await bodyOf(c)
        if (!body.ok) return problem(c, body)
        const whole = await wanted(c, type)
        if (whole instanceof Response) return whole
        if (!isSame(c, whole)) return problem(c, { reason: 'changedMeanwhile' })
        const definitions = definitionsOf(program, type)
        const { subject } = program
        const asked = askedOf(body.value.value, { type, creating: false, definitions, subject })
        if (!asked.ok) return problem(c, asked)
        const outcome = await write.change(program, whole, asked.value, isConditional(c))
        if (!outcome.ok) return problem(c, outcome)
        // As it is now: another device's change may have come beside it.
        const now = await wanted(c, type)
        return now instanceof Response ? now : answerWith(c, now, 200)
      })

    if (may('delete'))
      app.delete(`/${path}/:id`, opened(path, 'delete'), async (c) => {
        const whole = await wanted(c, type)
        if (whole instanceof Response) return whole
        if (!isSame(c, whole)) return problem(c, { reason: 'changedMeanwhile' })
        const outcome = await write.remove(c.var.program, whole, isConditional(c))
        return outcome.ok ? c.body(null, 204) : problem(c, outcome)
      })
  }

  /** The readable record that one was merged into. */
  const mainOf = async (c: RelayContext, type: RecordType): Promise<string | null> => {
    const id = c.req.param('id') ?? ''
    if (!isId(id)) return null
    const { program } = c.var
    const merged = await readerOf(program).find(type, id)
    if (merged?.row.mergedInto === undefined || merged.row.deletedAt !== undefined) return null
    const main = await resolveAtRelay(program.workspace.pipeline.read, id)
    return main !== id && (await readerOf(program).find(type, main)) ? main : null
  }

  const duplicateAnswer = async (
    c: RelayContext,
    type: ContactType,
    asked: Asked,
    returns: boolean,
  ): Promise<Response | null> => {
    const doubled = await duplicatesOf(c.var.program, readerOf(c.var.program), type, asked)
    const [first] = doubled
    if (!first) return null
    if (returns) return answerWith(c, first, 200)
    return problem(c, { reason: 'duplicate' }, { duplicates: doubled.map(({ row }) => row.id) })
  }

  app.put('/files/:hash', async (c) => {
    const { program } = c.var
    if (!program.token.writes) return problem(c, { reason: 'forbidden' })
    const hash = c.req.param('hash')
    if (!v.is(fileHash, hash)) return problem(c, { reason: 'invalidRequest', field: 'hash' })
    const spend = (bytes: number) => allowanceOf(program.token.id).spend(bytes / bytesPerRequest)
    // What is said is paid for before, so that many at once are not let in for nothing.
    const said = bodyBytes(c, maxFileBytes)
    spend(said)
    const taken = await takeFile(c, relay, program, hash)
    if (!taken.ok) return problem(c, taken)
    spend(taken.value.size - said)
    return c.json(taken.value)
  })

  app.all('*', (c) => problem(c, { reason: 'notFound' }))
  app.onError((error, c) => {
    relay.log.error({ requestId: c.var.requestId, err: error }, 'request of a program failed')
    return problem(c, { reason: storageReason(error) })
  })
  return app
}
