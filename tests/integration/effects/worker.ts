/**
 * A worker for the test: `tsx worker.ts <relay> <token> <file> <causes> <die at>`. Its effect is a
 * line in a file, which cannot be taken back; it dies before or after the line of one cause.
 */
import { randomUUID } from 'node:crypto'
import { appendFile, readFile } from 'node:fs/promises'
import { once } from '../../../connectors/host/once.ts'
import { connectRelay } from '../../../connectors/host/relay.ts'
import { ok } from '../../../shared/reasons.ts'

const [url = '', token = '', file = '', causes = '', death = ''] = process.argv.slice(2)
const relay = connectRelay({ url, token, holder: randomUUID() })
const diesAt = (point: string, cause: string) => {
  if (death === `${point}:${cause}`) process.kill(process.pid, 'SIGKILL')
}

let waiting = causes.split(',')
while (waiting.length > 0) {
  const left: string[] = []
  for (const cause of waiting) {
    const outcome = await once(relay, {
      cause: ['test', cause],
      ttl: 1_000,
      act: async (id) => {
        diesAt('before', cause)
        await appendFile(file, `${cause} ${id}\n`)
        diesAt('after', cause)
        return ok(cause)
      },
      happened: async (id) => {
        const text = await readFile(file, 'utf8').catch(() => '') // no effect happened yet
        return ok(text.includes(`${cause} ${id}\n`) ? cause : null)
      },
    })
    if (!outcome.ok || outcome.value.kind === 'elsewhere') left.push(cause)
  }
  waiting = left
  await new Promise((resolve) => setTimeout(resolve, 100))
}
