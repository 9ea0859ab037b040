/**
 * Mail providers that people in Russia and around it have, written down from the providers' own
 * help pages. Two keys lead to a provider: the domain of the address, and the MX of a company's own
 * domain ("Почта для домена"), which is the commoner case.
 */
import type { MailConnection } from '../../../shared/records/account.ts'

export interface Provider {
  id: string
  domains: readonly string[]
  /** Ends of MX host names that mean this provider. */
  mx: readonly string[]
  imap: string
  smtp: string
  /** Submission port; 465 is TLS from the start, 587 STARTTLS (RFC 8314 prefers the former). */
  smtpPort: 465 | 587
}

const provider = (
  id: string,
  domains: string,
  mx: string,
  imap: string,
  smtp: string,
  smtpPort: 465 | 587 = 465,
): Provider => ({
  id,
  domains: domains.split(' ').filter(Boolean),
  mx: mx.split(' ').filter(Boolean),
  imap,
  smtp,
  smtpPort,
})

export const providers: readonly Provider[] = [
  provider(
    'mail.ru',
    'mail.ru inbox.ru list.ru bk.ru internet.ru xmail.ru vk.com corp.mail.ru mail.kz',
    'mail.ru vk.com',
    'imap.mail.ru',
    'smtp.mail.ru',
  ),
  provider(
    'yandex',
    'yandex.ru ya.ru yandex.com yandex.by yandex.kz yandex.ua yandex.uz yandex.com.tr yandex.net narod.ru',
    'yandex.net yandex.ru',
    'imap.yandex.ru',
    'smtp.yandex.ru',
  ),
  provider(
    'rambler',
    'rambler.ru lenta.ru autorambler.ru myrambler.ru ro.ru rambler.ua',
    'rambler.ru',
    'imap.rambler.ru',
    'smtp.rambler.ru',
  ),
  provider(
    'gmail',
    'gmail.com googlemail.com',
    'google.com googlemail.com',
    'imap.gmail.com',
    'smtp.gmail.com',
  ),
  provider(
    'outlook',
    'outlook.com hotmail.com live.com live.ru msn.com windowslive.com outlook.de outlook.fr hotmail.ru',
    'olc.protection.outlook.com',
    'outlook.office365.com',
    'smtp-mail.outlook.com',
    587,
  ),
  provider(
    'office365',
    '',
    'mail.protection.outlook.com mx.microsoft',
    'outlook.office365.com',
    'smtp.office365.com',
    587,
  ),
  provider(
    'icloud',
    'icloud.com me.com mac.com',
    'mail.icloud.com',
    'imap.mail.me.com',
    'smtp.mail.me.com',
    587,
  ),
  provider(
    'yahoo',
    'yahoo.com ymail.com rocketmail.com',
    'yahoodns.net',
    'imap.mail.yahoo.com',
    'smtp.mail.yahoo.com',
  ),
  provider('zoho', 'zoho.com zohomail.com', 'zoho.com', 'imap.zoho.com', 'smtp.zoho.com'),
  provider('gmx', 'gmx.de gmx.net gmx.at gmx.ch', 'gmx.net', 'imap.gmx.net', 'mail.gmx.net'),
  provider('ukr.net', 'ukr.net', 'ukr.net', 'imap.ukr.net', 'smtp.ukr.net'),
  provider('i.ua', 'i.ua ua.fm email.ua', 'i.ua', 'imap.i.ua', 'smtp.i.ua'),
  provider('nic.ru', 'nicmail.ru', 'nicmail.ru nic.ru', 'mail.nic.ru', 'mail.nic.ru'),
  provider('hotbox', 'hotbox.ru pochta.ru', '', 'imap.hotbox.ru', 'smtp.hotbox.ru'),
  provider('beget', '', 'beget.com beget.ru', 'imap.beget.com', 'smtp.beget.com'),
  provider('timeweb', '', 'timeweb.ru timeweb.com', 'imap.timeweb.ru', 'smtp.timeweb.ru'),
  provider('reg.ru', '', 'hosting.reg.ru', 'mail.hosting.reg.ru', 'mail.hosting.reg.ru'),
  provider('tut.by', 'tut.by', '', 'imap.yandex.ru', 'smtp.yandex.ru'),
]

export const connectionOf = (
  { imap, smtp, smtpPort }: Provider,
  address: string,
): MailConnection => ({
  imap: { host: imap, port: 993, security: 'tls', user: address },
  smtp: {
    host: smtp,
    port: smtpPort,
    security: smtpPort === 465 ? 'tls' : 'starttls',
    user: address,
  },
})

export const providerOfDomain = (domain: string): Provider | undefined =>
  providers.find(({ domains }) => domains.includes(domain))

/** By the MX hosts of a domain, the preferred first. */
export const providerOfMx = (hosts: string[]): Provider | undefined => {
  for (const host of hosts) {
    const name = host.toLowerCase().replace(/\.$/, '')
    const found = providers.find(({ mx }) =>
      mx.some((end) => name === end || name.endsWith(`.${end}`)),
    )
    if (found) return found
  }
  return undefined
}
