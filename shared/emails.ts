/**
 * E-mail addresses as keys: lower case, trimmed, domain in ASCII. The check is the one of the HTML
 * standard (input type=email) widened to non-ASCII letters, since addresses such as почта@пример.рф
 * are in use.
 */
const emailPattern =
  /^[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]+@[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?)+$/u

/** The address as a key to find by, or null where it is not an address. */
export const normaliseEmail = (typed: string): string | null => {
  const address = typed.trim().toLowerCase()
  return address.length <= 254 && emailPattern.test(address) ? address : null
}

/** The part after the last `@`; empty where there is none. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)
