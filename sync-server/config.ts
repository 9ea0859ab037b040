/** Settings from the environment; secrets that are not given are made once and kept in DATA_DIR. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import * as v from 'valibot'
import { protocolVersion } from '../shared/protocol/program.ts'
import { dadataUrl } from './companies/dadata.ts'

const secretBytes = 32
const secretKeyFile = 'secret.key'

export interface Config {
  port: number
  host: string
  dataDir: string
  connectorToken: string
  secretKey: Uint8Array
  publicUrl: string | null
  dadataUrl: string
  /** Whether pictures of sites and profiles are fetched for who asks for them. */
  linkPictures: boolean
  logLevel: string
  /** Where the built client is, if not in its own place. */
  clientDir: string | null
  /** Programs of an older protocol version are told to update. */
  minimumProgram: number
  fault: string | null
}

const environment = v.object({
  PORT: v.optional(
    v.pipe(v.string(), v.toNumber(), v.integer(), v.minValue(0), v.maxValue(65_535)),
    '8080',
  ),
  HOST: v.optional(v.string(), '127.0.0.1'),
  DATA_DIR: v.optional(v.string(), './data'),
  CONNECTOR_TOKEN: v.optional(v.pipe(v.string(), v.minLength(16))),
  SECRET_KEY: v.optional(v.string()),
  PUBLIC_URL: v.optional(v.pipe(v.string(), v.url())),
  DADATA_URL: v.optional(v.pipe(v.string(), v.url()), dadataUrl),
  LINK_PICTURES: v.optional(v.picklist(['0', '1']), '1'),
  LOG_LEVEL: v.optional(
    v.picklist(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
    'info',
  ),
  CLIENT_DIR: v.optional(v.string()),
  MINIMUM_PROGRAM: v.optional(
    v.pipe(v.string(), v.toNumber(), v.integer(), v.minValue(1)),
    String(protocolVersion),
  ),
  INTERES_FAULT: v.optional(v.string()),
})

/** Throws with the name of the setting that is wrong. */
export const readConfig = (env: Record<string, string | undefined>): Config => {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const parsed = v.safeParse(environment, given)
  if (!parsed.success) {
    const [issue] = parsed.issues
    throw new Error(`${issue.path?.[0]?.key}: ${issue.message}`)
  }
  const settings = parsed.output
  const dataDir = resolve(settings.DATA_DIR)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const key = settings.SECRET_KEY ?? keptSecret(join(dataDir, secretKeyFile), 'base64')
  const secretKey = Buffer.from(key, 'base64')
  if (secretKey.length !== secretBytes)
    throw new Error(`SECRET_KEY: must be ${secretBytes} bytes in base64`)
  return {
    port: settings.PORT,
    host: settings.HOST,
    dataDir,
    connectorToken:
      settings.CONNECTOR_TOKEN ?? keptSecret(join(dataDir, 'connector.token'), 'base64url'),
    secretKey,
    publicUrl: settings.PUBLIC_URL ?? null,
    dadataUrl: settings.DADATA_URL,
    linkPictures: settings.LINK_PICTURES === '1',
    logLevel: settings.LOG_LEVEL,
    clientDir: settings.CLIENT_DIR === undefined ? null : resolve(settings.CLIENT_DIR),
    minimumProgram: settings.MINIMUM_PROGRAM,
    fault: settings.INTERES_FAULT ?? null,
  }
}

/** The key that encrypts passwords of accounts, where there is one; none is made. */
export const readSecretKey = (
  env: Record<string, string | undefined>,
  dataDir: string,
): Uint8Array | null => {
  const file = join(dataDir, secretKeyFile)
  const key = env.SECRET_KEY || (existsSync(file) ? readFileSync(file, 'utf8').trim() : '')
  return key === '' ? null : Buffer.from(key, 'base64')
}

const keptSecret = (file: string, encoding: 'base64' | 'base64url'): string => {
  if (!existsSync(file))
    // `wx`: of two processes that start at once one fails rather than both keeping a secret.
    writeFileSync(file, `${randomBytes(secretBytes).toString(encoding)}\n`, {
      mode: 0o600,
      flag: 'wx',
    })
  return readFileSync(file, 'utf8').trim()
}
