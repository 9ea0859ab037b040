/** Which links of a contact may lead to a picture of it (F55). No I/O. */
import { networks } from '../../../../../shared/records/contact.ts'
import { messengerAddress, webAddress } from '../../web-addresses.ts'

interface Linked {
  links?: readonly { value: string }[]
  messengers?: readonly { value: string; kind: string }[]
}

export interface PictureSource {
  link: string
  /** Of the network, where it is a known one. */
  network: { ru: string; en: string } | null
  /** The link as people read it. */
  address: string
}

/** More than a person has; each one is asked. */
const maxSources = 12

const same = (name: string) => ({ ru: name, en: name })
const vk = networks.vk
const networksByHost: Readonly<Record<string, { ru: string; en: string }>> = {
  't.me': networks.telegram,
  'telegram.me': networks.telegram,
  'vk.com': vk,
  'vk.ru': vk,
  'm.vk.com': vk,
  'ok.ru': { ru: 'Одноклассники', en: 'Odnoklassniki' },
  'm.ok.ru': { ru: 'Одноклассники', en: 'Odnoklassniki' },
  'max.ru': networks.max,
  'dzen.ru': { ru: 'Дзен', en: 'Dzen' },
  'rutube.ru': same('RUTUBE'),
  'youtube.com': same('YouTube'),
  'github.com': same('GitHub'),
  'linkedin.com': same('LinkedIn'),
  'x.com': same('X'),
}

/** Hosts whose addresses lead to a talk and show no picture. */
const talks: ReadonlySet<string> = new Set(['wa.me', 'api.whatsapp.com'])

/** Links, then messengers, each address once; what is no address on the Internet is left out. */
export const pictureSources = ({ links = [], messengers = [] }: Linked): PictureSource[] => {
  const addresses = [
    ...links.map(({ value }) => webAddress(value.trim())),
    ...messengers.map(({ value, kind }) => messengerAddress(value, kind)),
  ]
  const sources = new Map<string, PictureSource>()
  for (const address of addresses) {
    const source = sourceOf(address)
    if (source && !sources.has(keyOf(source.link))) sources.set(keyOf(source.link), source)
  }
  return [...sources.values()].slice(0, maxSources)
}

const sourceOf = (address: string): PictureSource | null => {
  if (!URL.canParse(address)) return null
  const { protocol, username, hostname, pathname, href } = new URL(address)
  const host = withoutWww(hostname)
  const isPhone = host === 't.me' && pathname.startsWith('/+')
  const leadsNowhere = !protocol.startsWith('http') || username !== '' || !host.includes('.')
  if (leadsNowhere || talks.has(host) || isPhone) return null
  return { link: href, network: networksByHost[host] ?? null, address: shown(address) }
}

const withoutWww = (host: string): string => host.replace(/^www\./i, '')

/** One page, however it is written. */
const keyOf = (link: string): string => {
  const { hostname, pathname, search } = new URL(link)
  return withoutWww(hostname) + pathname.replace(/\/$/, '') + search
}

const shown = (address: string): string =>
  withoutWww(address.replace(/^https?:\/\//i, '')).replace(/\/$/, '')
