/** A value of a field that an administrator declared (see `field.ts`). */
import * as v from 'valibot'

/** Characters of one value: a page of text; what is longer belongs into the note. */
export const longestValue = 10_000
const maxItems = 200

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(longestValue))

/** `12 500,50 ₽`: the amount in whole and parts, the currency by its ISO 4217 code. */
export const money = v.strictObject({
  amount: v.pipe(v.number(), v.finite()),
  currency: v.pipe(v.string(), v.regex(/^[A-Z]{3}$/)),
})
export type Money = v.InferOutput<typeof money>

export const customValue = v.union([
  text,
  v.pipe(v.number(), v.finite()),
  v.boolean(),
  v.pipe(v.array(v.pipe(v.string(), v.maxLength(500))), v.minLength(1), v.maxLength(maxItems)),
  money,
])
export type CustomValue = v.InferOutput<typeof customValue>
