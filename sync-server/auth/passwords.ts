import { hash, verify } from '@node-rs/argon2'

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane. */
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, options)

/**
 * Whether the password is the one. With no hash to compare (nobody has that address) it takes the
 * same time, so that addresses cannot be guessed by the clock.
 */
export const isPassword = async (
  passwordHash: string | null,
  password: string,
): Promise<boolean> => {
  if (passwordHash !== null) return verify(passwordHash, password)
  await hash(password, options)
  return false
}
