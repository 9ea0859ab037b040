/**
 * Secrets of channel accounts at rest: AES-256-GCM under a key kept outside the base.
 *
 *     sealed   12 bytes nonce, 16 bytes tag, ciphertext
 *
 * The account's id is bound in: a sealed secret moved to another account's row does not open.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

export interface Vault {
  seal(account: string, secret: string): Uint8Array
  /** Throws where the key is another one or the bytes were changed. */
  open(account: string, sealed: Uint8Array): string
}

/** NIST SP 800-38D: 96 random bits are right for far more secrets than a company has. */
const nonceBytes = 12
const tagBytes = 16

/** `key` has 32 bytes. */
export const vault = (key: Uint8Array): Vault => ({
  seal: (account, secret) => {
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(account))
    const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), text])
  },
  open: (account, sealed) => {
    const nonce = sealed.subarray(0, nonceBytes)
    const decipher = createDecipheriv('aes-256-gcm', key, nonce)
      .setAAD(Buffer.from(account))
      .setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes))
    const text = sealed.subarray(nonceBytes + tagBytes)
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
  },
})
