/** What the state register says of a company: everything but the first is worth a warning (F72). */
import * as v from 'valibot'

export const registerStates = {
  active: { ru: 'Действует', en: 'Active' },
  liquidating: { ru: 'Ликвидируется', en: 'In liquidation' },
  liquidated: { ru: 'Ликвидирована', en: 'Liquidated' },
  bankrupt: { ru: 'Банкротство', en: 'Bankruptcy' },
  reorganising: { ru: 'Реорганизуется', en: 'In reorganisation' },
} as const

export type RegisterState = keyof typeof registerStates

/** The state together with the moment it was asked, ms: it grows old. */
export const registerEntry = v.strictObject({
  state: v.picklist(Object.keys(registerStates) as RegisterState[]), // Object.keys forgets the key type
  at: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4_102_444_800_000)),
})
