import { describe, expect, it } from 'vitest'
import { readAutoconfig } from '../../../connectors/mail/discovery/autoconfig.ts'
import { type Finder, findConnection } from '../../../connectors/mail/discovery/find.ts'
import { providerOfMx, providers } from '../../../connectors/mail/discovery/providers.ts'
import {
  connectionOfSrv,
  type SrvRecord,
  serverOf,
} from '../../../connectors/mail/discovery/srv.ts'

/** A world where nothing is known, but for what the test says. */
const finder = (known: Partial<Finder> = {}): Finder => ({
  mx: async () => [],
  srv: async () => [],
  document: async () => null,
  knock: async () => false,
  ...known,
})

const find = async (address: string, known: Partial<Finder> = {}) => {
  const found = await findConnection(finder(known), address)
  return found.ok ? found.found : found.failure
}

describe('the connection of an address', () => {
  it.each([
    ['ivan@internet.ru', 'mail.ru', 'imap.mail.ru'],
    ['ivan@YA.ru', 'yandex', 'imap.yandex.ru'],
    ['ivan@lenta.ru', 'rambler', 'imap.rambler.ru'],
    ['ivan@gmail.com', 'gmail', 'imap.gmail.com'],
  ])('%s comes from the table', async (address, provider, host) => {
    expect(await find(address)).toMatchObject({
      source: 'table',
      provider,
      connection: { imap: { host, port: 993, security: 'tls', user: address.toLowerCase() } },
    })
  })

  it.each([
    ['mx.yandex.net.', 'yandex'],
    ['emx.mail.ru', 'mail.ru'],
    ['aspmx.l.google.com', 'gmail'],
    ['romashka-ru.mail.protection.outlook.com', 'office365'],
    ['mx1.beget.com', 'beget'],
    ['mx1.hosting.reg.ru', 'reg.ru'],
  ])('of a firm whose mail goes to %s is that of %s', async (host, provider) => {
    expect(await find('sales@romashka.ru', { mx: async () => [host] })).toMatchObject({
      source: 'mx',
      provider,
    })
  })

  it('is not taken from a stranger whose name only ends alike', () => {
    expect(providerOfMx(['mx.notgoogle.com', 'evilmail.ru'])).toBeUndefined()
  })

  it('has no domain at two providers', () => {
    const domains = providers.flatMap((provider) => provider.domains)
    expect(new Set(domains).size).toBe(domains.length)
  })

  it('prefers the file of the domain to its DNS, and DNS to a guess', async () => {
    const everything: Partial<Finder> = {
      document: async (url) => (url.includes('autoconfig.romashka.ru') ? autoconfig : null),
      srv: async (name) => (name.startsWith('_imaps.') ? [record('mail.romashka.ru', 993)] : []),
      knock: async () => true,
    }
    expect(await find('s@romashka.ru', everything)).toMatchObject({ source: 'autoconfig' })
    expect(
      await find('s@romashka.ru', { ...everything, document: async () => null }),
    ).toMatchObject({ source: 'srv' })
    expect(await find('s@romashka.ru', { knock: async () => true })).toMatchObject({
      source: 'guess',
      connection: {
        imap: { host: 'imap.romashka.ru', port: 993 },
        smtp: { host: 'smtp.romashka.ru', port: 465 },
      },
    })
  })

  it('guesses the first door that answers', async () => {
    const knock: Finder['knock'] = async ({ host, port }) =>
      host === 'mail.romashka.ru' && (port === 143 || port === 587)
    expect(await find('s@romashka.ru', { knock })).toMatchObject({
      connection: {
        imap: { host: 'mail.romashka.ru', port: 143, security: 'starttls' },
        smtp: { host: 'mail.romashka.ru', port: 587, security: 'starttls' },
      },
    })
  })

  it('is asked for a Russian domain in ASCII', async () => {
    const asked: string[] = []
    await find('info@ромашка.рф', {
      mx: async (domain) => {
        asked.push(domain)
        return []
      },
    })
    expect(asked).toEqual(['xn--80aa3agjl3d.xn--p1ai'])
  })

  it('may not be found', async () => {
    expect(await find('s@romashka.ru')).toEqual({ reason: 'parametersNotFound', field: 'address' })
    expect(await find('not an address')).toEqual({ reason: 'invalidAddress', field: 'address' })
  })
})

const record = (name: string, port: number, priority = 0, weight = 0): SrvRecord => ({
  name,
  port,
  priority,
  weight,
})

describe('SRV records', () => {
  it('name the server with the lowest priority, then the largest weight', () => {
    const records = [record('b.x.ru', 1, 1), record('a.x.ru', 2, 0, 1), record('c.x.ru', 3, 0, 5)]
    expect(serverOf(records, 'x.ru', 'tls', 'u')).toMatchObject({ host: 'c.x.ru', port: 3 })
  })

  it('may say that the service is not there', async () => {
    expect(serverOf([record('', 1)], 'x.ru', 'tls', 'u')).toBeUndefined()
    const ask = async (name: string) =>
      name.startsWith('_imaps.')
        ? [record('', 0)]
        : name.startsWith('_imap.')
          ? [record('i.x.ru', 143)]
          : []
    expect(await connectionOfSrv(ask, 'x.ru', 'u')).toEqual({
      imap: { host: 'i.x.ru', port: 143, security: 'starttls', user: 'u' },
    })
  })

  it('that lead out of the domain are refused', () => {
    expect(serverOf([record('imap.evil.ru', 993)], 'x.ru', 'tls', 'u')).toBeUndefined()
    expect(serverOf([record('imap.evilx.ru', 993)], 'x.ru', 'tls', 'u')).toBeUndefined()
  })
})

const server = (kind: string, inner: string) => `<${kind}>${inner}</${kind.split(' ')[0]}>`
const fields = (
  host: string,
  port: string,
  socket: string,
  user = '%EMAILADDRESS%',
  auth = 'password-cleartext',
) =>
  `<hostname>${host}</hostname><port>${port}</port><socketType>${socket}</socketType><username>${user}</username><authentication>${auth}</authentication>`
const file = (...servers: string[]) =>
  `<?xml version="1.0"?><clientConfig version="1.1"><emailProvider id="x">${servers.join('')}</emailProvider></clientConfig>`
const autoconfig = file(
  server('incomingServer type="imap"', fields('imap.romashka.ru', '993', 'SSL')),
  server(
    'outgoingServer type="smtp"',
    fields('smtp.romashka.ru', '587', 'STARTTLS', '%EMAILLOCALPART%'),
  ),
)

describe('an autoconfig file', () => {
  it('is read', () => {
    expect(readAutoconfig(autoconfig, 'ivan@romashka.ru')).toEqual({
      imap: { host: 'imap.romashka.ru', port: 993, security: 'tls', user: 'ivan@romashka.ru' },
      smtp: { host: 'smtp.romashka.ru', port: 587, security: 'starttls', user: 'ivan' },
    })
  })

  it('gives its first server that is encrypted and takes passwords', () => {
    const xml = file(
      server('incomingServer type="pop3"', fields('pop.x.ru', '995', 'SSL')),
      server('incomingServer type="imap"', fields('plain.x.ru', '143', 'plain')),
      server('incomingServer type="imap"', fields('token.x.ru', '993', 'SSL', '', 'OAuth2')),
      // The closing sign is missing in some real files.
      server('incomingServer type="imap"', fields('imap.x.ru', '993', 'SSL', '%EMAILADDRESS')),
    )
    expect(readAutoconfig(xml, 'i@x.ru')).toEqual({
      imap: { host: 'imap.x.ru', port: 993, security: 'tls', user: 'i@x.ru' },
    })
  })

  it('that is something else, or a bomb, gives nothing', () => {
    expect(readAutoconfig('<html><body>404</body></html>', 'i@x.ru')).toBeNull()
    expect(readAutoconfig('not xml <', 'i@x.ru')).toBeNull()
    const bomb = `<!DOCTYPE a [<!ENTITY h "imap.x.ru">]>${file(server('incomingServer type="imap"', fields('&h;', '993', 'SSL')))}`
    expect(readAutoconfig(bomb, 'i@x.ru')).toBeNull()
    expect(
      readAutoconfig(
        file(server('incomingServer type="imap"', fields('127.0.0.1/x', '993', 'SSL'))),
        'i@x.ru',
      ),
    ).toBeNull()
  })
})
