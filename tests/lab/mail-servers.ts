import { chmod, chown, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  dovecotConf,
  dovecotUsers,
  type MailConfig,
  postfixMain,
  postfixMaster,
} from './mail-config.ts'
import { isAlive, listens, run, runDaemon, until } from './processes.ts'

export const labPrefix = 'interes-mail-'

const pidFiles = ['dovecot/run/master.pid', 'postfix/queue/pid/master.pid']
// Dovecot waits 5 s for its children when it is stopped soon after its start.
const politeLimitMs = 1_500
const startLimitMs = 20_000

/** Writes certificate, accounts and configurations into the laboratory's folder. */
export async function prepareMailServers(config: MailConfig): Promise<void> {
  const { dir } = config
  // mkdtemp closes the folder to all but its owner; Postfix and Dovecot work under names of their own.
  await chmod(dir, 0o755)
  const folders = ['ssl', 'log', 'mail', 'home', 'dovecot', 'dovecot/run', 'dovecot/state']
  const postfixFolders = ['postfix', 'postfix/etc', 'postfix/queue', 'postfix/data']
  for (const folder of [...folders, ...postfixFolders]) {
    await mkdir(join(dir, folder), { mode: 0o755 })
  }
  const mail = await idsOf('mail')
  for (const folder of ['mail', 'home']) await chown(join(dir, folder), mail.uid, mail.gid)
  const postfix = await idsOf('postfix')
  await chown(join(dir, 'postfix/data'), postfix.uid, postfix.gid)

  await makeCertificate(join(dir, 'ssl'))
  await writeFile(join(dir, 'dovecot/users'), dovecotUsers(config))
  await writeFile(join(dir, 'dovecot/dovecot.conf'), dovecotConf(config))
  await writeFile(join(dir, 'postfix/etc/main.cf'), postfixMain(config))
  await writeFile(join(dir, 'postfix/etc/master.cf'), postfixMaster(config))
  // Who may still need the servers: see sweepMailLabs.
  await writeFile(join(dir, 'owner'), String(process.pid))
}

export async function startMailServers({ dir, ports }: MailConfig): Promise<void> {
  const log = join(dir, 'log/start.log')
  await runDaemon('dovecot', ['-c', join(dir, 'dovecot/dovecot.conf')], log)
  await runDaemon('postfix', ['-c', join(dir, 'postfix/etc'), 'start'], log)
  for (const port of Object.values(ports)) {
    await until(
      `nothing listens on ${port}, see ${dir}/log`,
      async () => ((await listens(port)) ? true : undefined),
      startLimitMs,
    )
  }
}

/** Stops both servers by their pid files, which also works for those another process started. */
export async function stopMailServers(dir: string): Promise<void> {
  const pids: number[] = []
  for (const file of pidFiles) {
    const pid = Number.parseInt(await readFile(join(dir, file), 'utf8').catch(() => ''), 10)
    if (pid > 0 && isAlive(pid)) pids.push(pid)
  }
  // Both masters lead their process group and take their children along.
  for (const pid of pids) process.kill(pid, 'SIGTERM')
  await Promise.all(pids.map((pid) => untilEnded(pid, politeLimitMs).catch(() => killGroup(pid))))
  // What was killed left its mark behind, and Dovecot would take it for a running server.
  for (const file of pidFiles) await rm(join(dir, file), { force: true })
}

function untilEnded(pid: number, limitMs: number): Promise<true> {
  return until(
    `the mail server with pid ${pid} does not end`,
    () => (isAlive(pid) ? undefined : true),
    limitMs,
  )
}

async function killGroup(pid: number): Promise<void> {
  process.kill(-pid, 'SIGKILL')
  await untilEnded(pid, startLimitMs)
}

/** Ends and removes laboratories whose test process was killed and could not do it itself. */
export async function sweepMailLabs(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(labPrefix)) continue
    const dir = join(tmpdir(), name)
    const owner = Number.parseInt(await readFile(join(dir, 'owner'), 'utf8').catch(() => ''), 10)
    // A laboratory without the mark is being made this moment.
    if (!(owner > 0) || isAlive(owner)) continue
    await stopMailServers(dir)
    await rm(dir, { recursive: true, force: true })
  }
}

/**
 * A certificate that is its own authority: clients that are told to trust the file accept the
 * servers, all others refuse them, as with a real self-signed one.
 */
async function makeCertificate(dir: string): Promise<void> {
  const names = ['localhost', 'mail.romashka.test', 'imap.romashka.test', 'smtp.romashka.test']
  const subjectAltName = ['IP:127.0.0.1', ...names.map((name) => `DNS:${name}`)].join(',')
  await run('openssl', [
    ...['req', '-x509', '-nodes', '-days', '30', '-subj', '/CN=mail.romashka.test'],
    ...['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
    ...['-addext', `subjectAltName=${subjectAltName}`],
    ...['-keyout', join(dir, 'key.pem'), '-out', join(dir, 'cert.pem')],
  ])
}

async function idsOf(user: string): Promise<{ uid: number; gid: number }> {
  const id = async (kind: '-u' | '-g') => Number((await run('id', [kind, user])).trim())
  return { uid: await id('-u'), gid: await id('-g') }
}
