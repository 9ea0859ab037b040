/**
 * The honest employee of the hostile tests, in a process of its own so that an attacker's work in
 * the test's process does not look like the relay's. Told `start` it edits its client over and over,
 * told `stop` it says how long each edit took until it was acknowledged, ms.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { newId } from '../../../shared/ids.ts'
import { change } from '../../../shared/records/change.ts'
import { signIn } from '../../lab/device.ts'

/** A fast typist; the rest of the time the relay is the attacker's. */
const pauseMs = 15

const url = process.argv[2] ?? ''
const device = await signIn(url)
const id = newId()
const writer = Math.floor(Math.random() * 2 ** 31)
let state: Uint8Array | null = null
let edits = 0
let took: number[] = []
let failed: string[] = []
let working = false

const edit = async () => {
  const name = `Ромашка ${++edits}`
  const made = change('client', id, state, { kind: 'organisation', name }, writer)
  if (!made.ok || !made.value.update) throw new Error('no change made')
  state = made.value.state
  const started = performance.now()
  const { outcomes } = await device.push([
    { n: edits, id, type: 'client', at: Date.now(), update: made.value.update },
  ])
  took.push(performance.now() - started)
  const [outcome] = outcomes
  if (!outcome?.ok) failed.push(outcome?.reason ?? 'no outcome')
}

process.on('message', (word) => {
  if (word === 'start') {
    took = []
    failed = []
    working = true
  } else if (word === 'stop') {
    working = false
    process.send?.({ took, failed })
  }
})
// The test's process is gone: nobody asks any more.
process.on('disconnect', () => process.exit(0))

await edit()
process.send?.(id)
for (;;) {
  if (working) await edit().catch((error: unknown) => failed.push(String(error)))
  await sleep(pauseMs)
}
