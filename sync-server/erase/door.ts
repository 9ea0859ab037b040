/** `POST /api/erase`: «стереть», an administrator's act that nobody can take back. */
import { Hono } from 'hono'
import { eraseRequest } from '../../shared/protocol/api.ts'
import { callers } from '../auth/caller.ts'
import { readJson } from '../http/body.ts'
import { type Env, refuse } from '../http/context.ts'
import type { Relay } from '../relay.ts'

export const eraseDoor = (relay: Relay): Hono<Env> => {
  const app = new Hono<Env>()
  app.post('/', callers(relay, 'administrator'), async (c) => {
    const { workspace, subject } = c.var.caller
    const form = await readJson(c, eraseRequest)
    if (!form.ok) return refuse(c, form)
    const { record, confirm, persons, messages, interests, contracts } = form.value
    const erased = await workspace.erase(relay.disk, {
      id: record,
      scope: { persons, messages, interests, contracts },
      user: subject.id,
      // Whoever mistook the record types another name.
      isWanted: ({ name, title = name, subject = title }) =>
        typeof subject === 'string' && subject.trim() === confirm,
    })
    // They hold what was erased.
    if (erased.ok) await relay.archives.tidy(true)
    return erased.ok ? c.json({ erased: erased.value.length }) : refuse(c, erased)
  })
  return app
}
