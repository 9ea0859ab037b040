const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The form for the next record. What was typed while the last one was being saved did not go into that
 * one: it is in the next one already, and nothing of what lies beside it.
 */
export const nextForm = <Form extends object>(saved: Form, typed: Form, next: Form): Form => {
  const before = new Map<string, unknown>(Object.entries(saved))
  const after = new Map<string, unknown>(Object.entries(next))
  const since = Object.entries(typed).flatMap(([name, value]): [string, unknown][] => {
    const old = before.get(name)
    if (value === old) return []
    const empty = after.get(name) ?? {}
    return [
      [
        name,
        isObject(value) && isObject(old) && isObject(empty) ? nextForm(old, value, empty) : value,
      ],
    ]
  })
  return { ...next, ...Object.fromEntries(since) }
}
