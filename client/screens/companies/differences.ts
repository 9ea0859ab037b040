/** What the register knows of a client that its card does not say, or says otherwise (F72). */
import { nameChanges, partedName, withoutForm } from '../../../shared/human-names.ts'
import type { Company } from '../../../shared/protocol/companies.ts'
import type { Patch } from '../../../shared/records/change.ts'
import type { ClientRow } from '../../../shared/records/client.ts'
import type { NamePart } from '../../../shared/records/name-parts.ts'
import { newPart } from '../clients/new-contact.ts'

export const filledFields = ['name', 'fullName', 'kpp', 'ogrn', 'address'] as const
export type FilledField = (typeof filledFields)[number]

export interface Difference {
  field: FilledField
  /** Empty: the card says nothing. */
  now: string
  next: string
}

export type Card = Pick<
  ClientRow,
  'name' | 'fullName' | 'kpp' | 'ogrn' | 'addresses' | 'kind' | NamePart
>

const legalAddress = ({ addresses }: Card) => addresses.find(({ kind }) => kind === 'legal')

/** In the order in which a card shows them; what is the same is left out. */
export const differencesOf = (card: Card, company: Company): Difference[] => {
  const now: Record<FilledField, string> = {
    name: card.name,
    fullName: card.fullName ?? '',
    kpp: card.kpp ?? '',
    ogrn: card.ogrn ?? '',
    address: legalAddress(card)?.value ?? '',
  }
  return filledFields.flatMap((field) => {
    const next = company[field] ?? ''
    return next === '' || next === now[field] ? [] : [{ field, now: now[field], next }]
  })
}

/**
 * Turns the chosen fields into a change. The kind follows the register, which knows what an ИНН
 * belongs to; the state is always taken, with the moment it was asked.
 */
export const fillPatch = (
  card: Card,
  company: Company,
  chosen: ReadonlySet<FilledField>,
  at: number,
): Patch => {
  const patch: Patch = {
    ...(card.kind !== company.kind && { kind: company.kind }),
    ...(company.state && { register: { state: company.state, at } }),
  }
  const human = humanOf(company)
  if (human) {
    const how = chosen.has('name') ? 'instead' : 'fill'
    for (const [part, [, next]] of Object.entries(nameChanges(card, human, how))) patch[part] = next
  }
  for (const { field, next } of differencesOf(card, company)) {
    if (!chosen.has(field)) continue
    if (field === 'name' && human) continue
    if (field !== 'address') patch[field] = next
    else {
      const legal = legalAddress(card)
      const value = { value: next, kind: 'legal' }
      patch.addresses = legal
        ? { [legal.id]: { ...value, order: legal.order } }
        : newPart(card.addresses, value)
    }
  }
  return patch
}

/** Who an entrepreneur is; their name in the register is made of it. */
const humanOf = ({ kind, name, person }: Company) => {
  const parts = kind === 'entrepreneur' ? (person ?? partedName(withoutForm(name))) : null
  return parts && { ...parts, name }
}
