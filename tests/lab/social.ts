/**
 * Sites of a small Internet on this machine, with real TLS: every name under `.test` is answered here.
 * Profiles name their pictures as t.me and vk.com do, in the head of their page.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './processes.ts'

export type Page = (request: IncomingMessage, response: ServerResponse) => void

export interface FakeInternet {
  port: number
  /** PEM of the authority that its certificate is signed by: itself. */
  ca: string
  /** What was asked, in order: `host path`. */
  asked: string[]
  /** Headers of the last request. */
  headers: IncomingMessage['headers']
  /** Connections that are open this moment. */
  open(): number
  /** Answers `https://<host><path>` from now on; other addresses are 404. */
  serve(address: string, page: Page): void
  stop(): Promise<void>
}

/** A page that names pictures of itself in its head. */
export const profile =
  (head: string): Page =>
  (_, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
      .end(`<!doctype html><html><head><title>Профиль</title>${head}</head><body></body></html>`)

export const openGraph = (address: string): Page =>
  profile(`<meta property="og:image" content="${address}">`)

export const content =
  (type: string, bytes: Uint8Array | string): Page =>
  (_, response) =>
    response.writeHead(200, { 'content-type': type }).end(bytes)

export const redirect =
  (location: string, status = 302): Page =>
  (_, response) =>
    response.writeHead(status, { location }).end()

export const startInternet = async (hosts: readonly string[]): Promise<FakeInternet> => {
  const directory = await mkdtemp(join(tmpdir(), 'interes-social-'))
  const [key, cert] = await makeCertificate(directory, hosts).finally(() =>
    rm(directory, { recursive: true, force: true }),
  )
  const pages = new Map<string, Page>()
  const internet: FakeInternet = {
    port: 0,
    ca: cert,
    asked: [],
    headers: {},
    open: () => connections,
    serve: (address, page) => pages.set(address, page),
    stop: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
  let connections = 0
  const server = createServer({ key, cert }, (request, response) => {
    const address = `${request.headers.host}${request.url}`
    internet.asked.push(address)
    internet.headers = request.headers
    const page = pages.get(address)
    if (page) page(request, response)
    else response.writeHead(404).end()
  })
  server.on('secureConnection', (socket) => {
    connections++
    // Who asked went away in the middle, as they should from an endless page.
    socket.on('error', () => socket.destroy())
    socket.once('close', () => connections--)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  internet.port = (server.address() as AddressInfo).port // it listens on a port, not on a pipe
  return internet
}

const makeCertificate = async (directory: string, hosts: readonly string[]) => {
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(directory, name)) as [
    string,
    string,
  ] // of two names
  await run('openssl', [
    ...['req', '-x509', '-nodes', '-days', '2', '-subj', '/CN=social.test'],
    ...['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
    ...['-addext', `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')}`],
    ...['-keyout', key, '-out', cert],
  ])
  return Promise.all([readFile(key, 'utf8'), readFile(cert, 'utf8')])
}
