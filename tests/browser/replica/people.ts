import type { Browser } from 'playwright-core'
import { protocolVersion } from '../../../shared/protocol/program.ts'
import { encodePush } from '../../../shared/protocol/push.ts'
import { change, type Patch } from '../../../shared/records/change.ts'
import type { RecordType } from '../../../shared/records/index.ts'
import { type Device, newDevice } from '../../lab/chromium.ts'
import { until } from '../../lab/processes.ts'
import type { Relay } from '../../lab/relay.ts'

const password = 'довольно длинный пароль'
const size = { width: 800, height: 600 }

/** A device of the administrator who set the workspace up. */
export const setUpDevice = async (browser: Browser, url: string): Promise<Device> => {
  const device = await newDevice(browser, size)
  await device.page.goto(url)
  const problem = await device.page.evaluate(async (secret) => {
    const answer = await window.lab.api.setup({
      kind: 'organisation',
      company: 'Ромашка',
      fullName: 'Анна Директорова',
      email: 'anna@romashka.test',
      password: secret,
      locale: 'ru',
    })
    if (!answer.ok) return answer.reason
    window.lab.store.remember(answer.value)
    await window.lab.open()
    return null
  }, password)
  if (problem) throw new Error(problem)
  return device
}

/** A device of somebody whom the administrator invites. */
export const invitedDevice = async (
  browser: Browser,
  url: string,
  administrator: Device,
  name: string,
): Promise<Device> => {
  const token = await administrator.page.evaluate(async (invited) => {
    const answer = await window.lab.api.createInvite({ name: invited, role: 'employee' })
    return answer.ok ? answer.value.token : answer.reason
  }, name)
  const device = await newDevice(browser, size)
  await device.page.goto(url)
  const problem = await device.page.evaluate(
    async ([invite, invited, secret]) => {
      const answer = await window.lab.api.acceptInvite(invite, {
        name: invited,
        email: 'ivan@romashka.test',
        password: secret,
        locale: 'ru',
      })
      if (!answer.ok) return answer.reason
      window.lab.store.remember(answer.value)
      await window.lab.open()
      return null
    },
    [token, name, password] as const,
  )
  if (problem) throw new Error(problem)
  return device
}

/** Writes as the page would; returns the reason of a refusal, or null. */
export const write = (
  { page }: Pick<Device, 'page'>,
  type: RecordType,
  id: string,
  patch: Patch,
): Promise<string | null> =>
  page.evaluate(
    async ([type, id, patch]) => {
      const result = await window.lab.replica.write(type, id, patch)
      return result.ok ? null : result.reason
    },
    [type, id, patch] as const,
  )

/** The row on the device, undefined where there is none. */
export const rowOf = (
  { page }: Pick<Device, 'page'>,
  type: RecordType,
  id: string,
): Promise<Record<string, unknown> | undefined> =>
  page.evaluate(([type, id]) => window.lab.replica.base.table(type).get(id), [type, id] as const)

export const rowIs = (
  device: Pick<Device, 'page'>,
  type: RecordType,
  id: string,
  is: (row: Record<string, unknown> | undefined) => boolean,
  limitMs?: number,
): Promise<true> => {
  let last: unknown
  return until(
    () => `the ${type} to be as it should: ${JSON.stringify(last)}`,
    async () => {
      last = await rowOf(device, type, id)
      return is(last as Record<string, unknown> | undefined) || undefined
    },
    limitMs,
  )
}

/** `saved`: of all that was written; the status hears of a write a moment after it. */
export const statusIs = (
  { page }: Pick<Device, 'page'>,
  state: string,
  limitMs?: number,
): Promise<true> => {
  let last: unknown
  return until(
    () => `the status to be ${state}: ${JSON.stringify(last)}`,
    async () => {
      const { status, unsent } = await page.evaluate(async () => ({
        unsent: await window.lab.replica.base.outbox.count(),
        status: window.lab.replica.status.value,
      }))
      last = { ...status, unsent }
      return (status.state === state && (state !== 'saved' || unsent === 0)) || undefined
    },
    limitMs,
  )
}

/** What a connector writes. */
export const writeAsConnector = async (
  relay: Relay,
  type: RecordType,
  id: string,
  patch: Patch,
): Promise<void> => {
  const writer = Math.floor(Math.random() * 2 ** 32)
  const made = change(type, id, null, patch, writer)
  if (!made.ok || !made.value.update) throw new Error('not a change')
  const answer = await fetch(`${relay.url}/push`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${relay.token}`,
      'content-type': 'application/octet-stream',
      'x-interes-program': String(protocolVersion),
    },
    body: encodePush([
      { n: 1, id, type, at: 0, update: made.value.update },
    ]) as Uint8Array<ArrayBuffer>,
  })
  const { outcomes } = (await answer.json()) as { outcomes?: { ok: boolean }[] }
  if (!outcomes?.[0]?.ok) throw new Error(JSON.stringify(outcomes))
}
