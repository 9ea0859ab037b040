/** What the large providers ask of whoever connects a program, by the domain of the address. */
import { domainOf } from '../../../shared/emails.ts'

export type Provider = 'yandex' | 'mailru' | 'gmail' | 'rambler' | 'icloud' | 'outlook'

const domains: Readonly<Record<Provider, readonly string[]>> = {
  yandex: ['yandex.ru', 'ya.ru', 'yandex.com', 'yandex.by', 'yandex.kz', 'narod.ru'],
  mailru: ['mail.ru', 'bk.ru', 'list.ru', 'inbox.ru', 'internet.ru', 'xmail.ru'],
  gmail: ['gmail.com', 'googlemail.com'],
  rambler: ['rambler.ru', 'lenta.ru', 'autorambler.ru', 'myrambler.ru', 'ro.ru'],
  icloud: ['icloud.com', 'me.com', 'mac.com'],
  outlook: ['outlook.com', 'hotmail.com', 'live.com', 'live.ru', 'msn.com'],
}

export const providerOf = (address: string): Provider | null => {
  const domain = domainOf(address.trim().toLowerCase())
  for (const [provider, own] of Object.entries(domains))
    if (own.includes(domain)) return provider as Provider // a key of `domains`
  return null
}
