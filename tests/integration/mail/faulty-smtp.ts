/** An SMTP server on a free port that misbehaves as told. Remembers every letter whose last byte it got. */
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

export interface Behaviour {
  greeting: string
  auth: string
  rcpt: string
  /** What happens after the final dot. */
  data: 'accept' | 'drop' | 'hang' | `${4 | 5}${string}`
}

export interface FaultySmtp {
  port: number
  behaviour: Behaviour
  /** Letters received to their end, but those that it refused in words. */
  letters: string[]
  refused: string[]
  /** Connections so far. */
  greeted: number
  /** Answers 250 to those who hang. */
  release(): void
  stop(): Promise<void>
}

export const good: Behaviour = {
  greeting: '220 fake',
  auth: '235 ok',
  rcpt: '250 ok',
  data: 'accept',
}

export const startFaultySmtp = async (): Promise<FaultySmtp> => {
  const sockets = new Set<Socket>()
  const smtp = {
    behaviour: { ...good },
    letters: [] as string[],
    refused: [] as string[],
    greeted: 0,
  }
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    const say = (line: string) => socket.write(`${line}\r\n`)
    let inData = false
    let buffer = ''
    smtp.greeted += 1
    say(smtp.behaviour.greeting)
    if (!smtp.behaviour.greeting.startsWith('2')) socket.end()
    socket.on('data', (chunk) => {
      buffer += chunk.toString('latin1')
      for (;;) {
        const end = inData ? buffer.indexOf('\r\n.\r\n') : buffer.indexOf('\r\n')
        if (end === -1) return
        const part = buffer.slice(0, end)
        buffer = buffer.slice(end + (inData ? 5 : 2))
        if (inData) {
          inData = false
          const { data } = smtp.behaviour
          const isRefused = data !== 'accept' && data !== 'drop' && data !== 'hang'
          const kept = isRefused ? smtp.refused : smtp.letters
          kept.push(part)
          if (data === 'drop') socket.destroy()
          else if (data === 'accept') say('250 taken')
          else if (isRefused) say(data)
        } else inData = command(part, say, socket)
      }
    })
  })
  const command = (line: string, say: (line: string) => void, socket: Socket): boolean => {
    const verb = line.split(' ')[0]?.toUpperCase()
    if (verb === 'EHLO') say('250-fake\r\n250-AUTH PLAIN\r\n250 8BITMIME')
    else if (verb === 'AUTH') say(smtp.behaviour.auth)
    else if (verb === 'RCPT') say(smtp.behaviour.rcpt)
    else if (verb === 'QUIT') socket.end('221 bye\r\n')
    else if (verb === 'DATA') say('354 go on')
    else say('250 ok')
    return verb === 'DATA'
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port')
  return Object.assign(smtp, {
    port: address.port,
    release: () => {
      for (const socket of sockets) socket.write('250 taken\r\n')
    },
    async stop() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  })
}
