/**
 * Loaded before a program (`--import`): its clock is off by the milliseconds that the file named in
 * INTERES_CLOCK_FILE says, also when that changes while it runs. Timers go on as they are.
 */
import { readFileSync } from 'node:fs'

const lookEveryMs = 50
const file = process.env.INTERES_CLOCK_FILE
const real = Date.now
const RealDate = Date
let offset = 0
const look = () => {
  offset = Number(readFileSync(file, 'utf8')) || 0
}
if (file) {
  look()
  setInterval(look, lookEveryMs).unref()
  globalThis.Date = class extends RealDate {
    constructor(...given) {
      super(...(given.length === 0 ? [real() + offset] : given))
    }
    static now() {
      return real() + offset
    }
  }
}
