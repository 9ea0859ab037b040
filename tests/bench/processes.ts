/** Runs a benchmark's helper process and reads the JSON of its last line. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'

export const runJson = async <T>(args: string[]): Promise<T> => {
  const child = spawn('node', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`node ${args.join(' ')}: exit code ${code}`)
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as T // our own helper wrote it
}
