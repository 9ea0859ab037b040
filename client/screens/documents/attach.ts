import type { Result } from '../../../shared/reasons.ts'
import type { Replica } from '../../replica/index.ts'

/** As long as a name in the record may be. */
const longestName = 255

/** Hangs a file on a contract, also with no network; `part` is the id of its place in the list. */
export const attach = async (
  replica: Replica,
  contract: string,
  content: Blob,
  name: string,
  part: string,
): Promise<Result<unknown>> => {
  const kept = await replica.putFile(content, name)
  if (!kept.ok) return kept
  const { hash, type, size } = kept.value
  const at = Date.now()
  const by = replica.session.user.id
  return replica.write('contract', contract, {
    files: {
      [part]: { hash, name: name.slice(0, longestName), type, size, at, by, order: String(at) },
    },
  })
}
