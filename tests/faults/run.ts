/** `npm run faults [name…]`: every fault script, each saying what it counted. Ends with N passed, N failed. */
import { killRelay } from './kill-relay.ts'

const faults: Record<string, () => Promise<string>> = { 'kill-relay': killRelay }

const chosen = process.argv.slice(2)
let passed = 0
let failed = 0
for (const [name, fault] of Object.entries(faults)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  console.log(`\n${name}`)
  try {
    console.log(await fault())
    passed++
  } catch (error) {
    console.error(error)
    failed++
  }
}
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed > 0 || passed === 0 ? 1 : 0)
