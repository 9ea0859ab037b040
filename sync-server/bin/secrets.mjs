import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// 32 bytes: the key length of AES-256-GCM and XChaCha20, and as much as a token can use.
const secretBytes = 32

export const tokenFile = (dataDir) => join(dataDir, 'connector.token')
export const keyFile = (dataDir) => join(dataDir, 'secret.key')

/** Reads the secret kept in a file, or draws one and keeps it. Only the owner may read the file. */
function keptSecret(file, encoding) {
  if (!existsSync(file)) {
    // `wx`: of two launchers started at once one fails here rather than both keeping different secrets.
    writeFileSync(file, `${randomBytes(secretBytes).toString(encoding)}\n`, {
      mode: 0o600,
      flag: 'wx',
    })
  }
  chmodSync(file, 0o600)
  const secret = readFileSync(file, 'utf8').trim()
  if (secret === '') throw new Error(`${file} is empty: put the secret back or remove the file`)
  return secret
}

/** The relay's secrets: from the environment, else from DATA_DIR, where they are made at the first start. */
export function relaySecrets(dataDir, env) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  return {
    CONNECTOR_TOKEN: env.CONNECTOR_TOKEN || keptSecret(tokenFile(dataDir), 'base64url'),
    SECRET_KEY: env.SECRET_KEY || keptSecret(keyFile(dataDir), 'base64'),
  }
}

/**
 * The connectors' token. Never made here: a token the relay does not know opens nothing.
 * Returns undefined where there is none.
 */
export function connectorToken(dataDir, env) {
  if (env.CONNECTOR_TOKEN) return env.CONNECTOR_TOKEN
  const file = tokenFile(dataDir)
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined
}
