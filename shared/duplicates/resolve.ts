/**
 * Where a link to a merged record leads. A chain is followed to its end. Two devices that were apart
 * may have merged two records into each other; until the relay undoes the later of the two
 * (`sync-server/merges`), the record with the smallest id of such a ring stands for all of them, so
 * that every device decides the same.
 *
 * @param into Record → the one it is merged into.
 */
export const resolve = (id: string, into: (id: string) => string | undefined): string => {
  const path = [id]
  for (let next = into(id); next !== undefined; next = into(next)) {
    const seen = path.indexOf(next)
    if (seen >= 0) return path.slice(seen).sort()[0] ?? next
    path.push(next)
  }
  return path.at(-1) ?? id
}
