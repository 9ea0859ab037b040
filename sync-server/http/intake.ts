import { fail, ok, type Result } from '../../shared/reasons.ts'

/** One user's bodies: a few devices at once, each with the largest push there is. */
const maxPerUser = 32 * 1024 * 1024
/** All bodies that are being read or judged. */
const maxTotal = 192 * 1024 * 1024

export interface Intake {
  /** Sets bytes aside for a body that comes; the value gives them back. */
  take(user: string, bytes: number): Result<() => void>
}

/** Keeps what is held of requests' bodies at a time within the memory of a small machine. */
export const intake = (): Intake => {
  const byUser = new Map<string, number>()
  let total = 0
  return {
    take: (user, bytes) => {
      const own = byUser.get(user) ?? 0
      // What is alone is let in whatever its size: its own door has a limit.
      if (own > 0 && own + bytes > maxPerUser) return fail('tooManyRequests')
      if (total > 0 && total + bytes > maxTotal) return fail('overloaded')
      byUser.set(user, own + bytes)
      total += bytes
      return ok(() => {
        total -= bytes
        const left = (byUser.get(user) ?? 0) - bytes
        if (left > 0) byUser.set(user, left)
        else byUser.delete(user)
      })
    },
  }
}
