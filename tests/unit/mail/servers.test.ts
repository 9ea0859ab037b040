import { describe, expect, it } from 'vitest'
import { failureOf } from '../../../connectors/mail/failures.ts'
import { openImap } from '../../../connectors/mail/imap.ts'
import { createNetwork, isPublicAddress, serverAddress } from '../../../connectors/mail/network.ts'
import { openSmtp, sendFailure } from '../../../connectors/mail/smtp.ts'

describe('an address', () => {
  it.each(['8.8.8.8', '93.158.134.1', '2a02:6b8::1'])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true)
  })
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    'fd00::1',
    'fe80::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::127.0.0.1',
    'fe80::1%eth0',
    'fec0::1',
    '64:ff9b::7f00:1',
    'localhost',
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false)
  })
})

describe('a host name', () => {
  const answering = (addresses: string[], allowPrivate = false) =>
    createNetwork({ allowPrivate, lookup: async () => addresses }).resolve('mail.x.test')

  it('leads to an address that was judged', async () => {
    expect(await answering(['2a02:6b8::1', '8.8.8.8'])).toEqual({ ok: true, value: '8.8.8.8' })
    expect(await answering(['8.8.8.8', '10.0.0.1'])).toMatchObject({ reason: 'hostNotAllowed' })
    expect(await answering(['10.0.0.1'], true)).toEqual({ ok: true, value: '10.0.0.1' })
  })

  it('that is an address inside is refused as well', async () => {
    const network = createNetwork({ allowPrivate: false })
    expect(await network.resolve('127.0.0.1')).toMatchObject({ reason: 'hostNotAllowed' })
  })

  it('is reached without TLS only inside, and only where inside is allowed', async () => {
    const reach = (address: string, security: 'plain' | 'tls', allowPrivate: boolean) =>
      serverAddress(createNetwork({ allowPrivate, lookup: async () => [address] }), {
        host: 'mail.x.test',
        security,
      })
    expect(await reach('8.8.8.8', 'tls', true)).toEqual({ ok: true, value: '8.8.8.8' })
    expect(await reach('8.8.8.8', 'plain', true)).toMatchObject({ reason: 'hostNotAllowed' })
    expect(await reach('8.8.8.8', 'plain', false)).toMatchObject({ reason: 'hostNotAllowed' })
    expect(await reach('10.0.0.1', 'plain', false)).toMatchObject({ reason: 'hostNotAllowed' })
    expect(await reach('10.0.0.1', 'plain', true)).toEqual({ ok: true, value: '10.0.0.1' })
  })

  it('is judged before any login, in the form as well', async () => {
    const network = createNetwork({ allowPrivate: true, lookup: async () => ['8.8.8.8'] })
    const server = { host: 'mail.x.test', port: 1, security: 'plain', user: 'a' } as const
    const failure = (field: string) => ({ ok: false, failure: { reason: 'hostNotAllowed', field } })
    expect(await openImap(network, server, 'secret')).toEqual(failure('imap'))
    expect(await openSmtp(network, server, 'secret')).toEqual(failure('smtp'))
  })

  it('may be unknown', async () => {
    const network = createNetwork({
      allowPrivate: false,
      lookup: () => Promise.reject(new Error('ENOTFOUND')),
    })
    expect(await network.resolve('x.test')).toMatchObject({ reason: 'hostUnknown' })
    expect(await answering([])).toMatchObject({ reason: 'hostUnknown' })
  })
})

describe('what servers say', () => {
  const login = (fields: object) => ({ authenticationFailed: true, ...fields })
  it.each([
    [
      'wrongPassword',
      login({ serverResponseCode: 'AUTHENTICATIONFAILED', responseText: 'Authentication failed.' }),
    ],
    [
      'wrongPassword',
      { code: 'EAUTH', responseCode: 535, response: '535 5.7.8 Error: authentication failed' },
    ],
    // RFC 4954: the server's own trouble, the password may be right.
    [
      'temporarilyBlocked',
      { code: 'EAUTH', responseCode: 454, response: '454 4.7.0 Temporary authentication failure' },
    ],
    ['temporarilyBlocked', login({ serverResponseCode: 'UNAVAILABLE' })],
    [
      'needsApplicationPassword',
      {
        code: 'EAUTH',
        responseCode: 535,
        response: '535 5.7.9 Application-specific password required',
      },
    ],
    [
      'needsApplicationPassword',
      { code: 'EAUTH', responseCode: 535, response: '535 5.7.0 NEOBHODIM parol prilozheniya' },
    ],
    ['imapDisabled', login({ responseText: 'Your account is not enabled for IMAP use' })],
    ['imapDisabled', login({ responseText: 'IMAP is disabled' })],
    ['certificate', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }],
    ['certificate', { code: 'ESOCKET', originalCode: 'CERT_HAS_EXPIRED' }],
    ['certificate', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }],
    ['hostUnknown', { code: 'EDNS' }],
    ['connectionRefused', { code: 'ESOCKET', originalCode: 'ECONNREFUSED' }],
    ['timedOut', { code: 'CONNECT_TIMEOUT' }],
    ['timedOut', { code: 'ETIMEDOUT' }],
    ['providerError', { message: 'Command failed' }],
    ['providerError', 'no error at all'],
  ])('means %s', (reason, error) => {
    expect(failureOf(error).reason).toBe(reason)
  })
})

describe('a letter that was not accepted in order', () => {
  it('is unknown only when all of it was handed over and nothing was answered', () => {
    expect(sendFailure({ code: 'ECONNECTION' }, true).kind).toBe('unknown')
    expect(sendFailure({ code: 'ETIMEDOUT' }, true).kind).toBe('unknown')
    expect(sendFailure({ code: 'ECONNECTION' }, false).kind).toBe('temporary')
  })

  it('is tried again after 4xx and never after 5xx', () => {
    expect(sendFailure({ responseCode: 451 }, true).kind).toBe('temporary')
    expect(sendFailure({ responseCode: 421 }, false).kind).toBe('temporary')
    expect(sendFailure({ responseCode: 503 }, false).kind).toBe('temporary')
    expect(sendFailure({ responseCode: 554 }, true)).toMatchObject({
      kind: 'permanent',
      failure: { reason: 'providerError' },
    })
    expect(sendFailure({ responseCode: 550, command: 'RCPT TO' }, false)).toMatchObject({
      kind: 'permanent',
      failure: { reason: 'recipientRefused' },
    })
    expect(sendFailure({ responseCode: 552, code: 'EMESSAGE' }, false)).toMatchObject({
      kind: 'permanent',
      failure: { reason: 'messageTooLarge' },
    })
  })
})
