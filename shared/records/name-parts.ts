/**
 * A human being's name in parts (F49), each a field of its own, so that two devices which change the
 * surname and the first name apart keep both. The whole name is made of them where any is given.
 */
import { title } from './declaration.ts'

/** Three of them and the spaces between are within the 300 characters of a whole name. */
export const longestNamePart = 99

export const namePartFields = {
  lastName: title('Фамилия', 'Last name', longestNamePart, { personal: true }),
  firstName: title('Имя', 'First name', longestNamePart, { personal: true }),
  middleName: title('Отчество', 'Middle name', longestNamePart, { personal: true }),
} as const

/** In the order in which a whole name has them. */
export const nameParts = ['lastName', 'firstName', 'middleName'] as const
export type NamePart = (typeof nameParts)[number]
export type NameParts = { [part in NamePart]?: string }

export const isNamePart = (name: string): name is NamePart =>
  nameParts.some((part) => part === name)

/** «Фамилия Имя Отчество», of what there is; empty where there is nothing. */
export const wholeName = (parts: NameParts): string =>
  nameParts.flatMap((part) => parts[part] || []).join(' ')

/** What a client of this kind is called by the parts of the name; undefined: by its own name alone. */
export const clientName = (kind: string, parts: NameParts): string | undefined => {
  const whole = wholeName(parts)
  if (whole === '' || kind === 'organisation') return undefined
  return kind === 'entrepreneur' ? `ИП ${whole}` : whole
}
