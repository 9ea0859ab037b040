import { fail, ok, type Result } from '../../shared/reasons.ts'

/** One user's bodies: a few devices at once, each with the largest push there is. */
const maxPerUser = 32 * 1024 * 1024
/** All bodies that are being read or judged. */
const maxTotal = 192 * 1024 * 1024

export interface Held {
  /** Sets so many bytes more aside, where there is room for them. */
  grow(bytes: number): Result<void>
  /** Gives all back. */
  end(): void
}

export interface Intake {
  /** Sets bytes aside for a body that comes. */
  take(user: string, bytes: number): Result<Held>
}

/** Keeps what is held of requests' bodies at a time within the memory of a small machine. */
export const intake = (): Intake => {
  const byUser = new Map<string, number>()
  let total = 0
  return {
    take: (user, bytes) => {
      let held = 0
      const grow = (more: number): Result<void> => {
        const own = byUser.get(user) ?? 0
        // What is alone is let in whatever its size: its own door has a limit.
        if (own > held && own + more > maxPerUser) return fail('tooManyRequests')
        if (total > held && total + more > maxTotal) return fail('overloaded')
        byUser.set(user, own + more)
        total += more
        held += more
        return ok(undefined)
      }
      const first = grow(bytes)
      if (!first.ok) return first
      return ok({
        grow,
        end: () => {
          total -= held
          const left = (byUser.get(user) ?? 0) - held
          if (left > 0) byUser.set(user, left)
          else byUser.delete(user)
        },
      })
    },
  }
}
