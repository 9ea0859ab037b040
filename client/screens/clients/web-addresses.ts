/** Where values of a card lead outside: sites, profiles in networks, places on the map. */

export const mapUrl = (address: string): string =>
  `https://yandex.ru/maps/?text=${encodeURIComponent(address)}`

/** Only web addresses may be followed: the value comes from other people. */
export const webAddress = (value: string): string =>
  /^https?:\/\//i.test(value) ? value : `https://${value.replace(/^[a-z]+:/i, '')}`

/** What people copy instead of a name: `https://t.me/anna`, `vk.com/anna`. */
const isAddress = (name: string): boolean => /^(https?:\/\/)?[\w-]+(\.[\w-]+)+\//i.test(name)

/** Where a name in a messenger leads; empty where its people have no addresses. */
export const messengerAddress = (typed: string, kind?: string): string => {
  const name = typed.trim()
  if (isAddress(name)) return webAddress(name)
  const plain = encodeURIComponent(name.replace(/^@/, ''))
  const digits = name.replace(/\D/g, '')
  switch (kind) {
    case 'telegram':
      return /^\+?[\d\s()-]+$/.test(name) ? `https://t.me/+${digits}` : `https://t.me/${plain}`
    case 'whatsapp':
      return `https://wa.me/${digits}`
    case 'vk':
      return `https://vk.com/${plain}`
    case 'viber':
      return `viber://chat?number=%2B${digits}`
    case 'skype':
      return `skype:${plain}?chat`
    default:
      return ''
  }
}
