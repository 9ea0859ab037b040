import * as v from 'valibot'
import { beforeEach, describe, expect, it } from 'vitest'
import { locale } from '../../../client/i18n/index.ts'
import {
  accountProblems,
  defaultSenderName,
  emptyAccount,
  newAccountOf,
  placed,
} from '../../../client/screens/settings/account-form.ts'
import { providerOf } from '../../../client/screens/settings/providers.ts'
import { newId } from '../../../shared/ids.ts'
import { type ApiFailure, newAccount } from '../../../shared/protocol/api.ts'
import type { Reason } from '../../../shared/reasons.ts'

beforeEach(() => {
  locale.value = 'ru'
})

const me = newId()
const filled = { ...emptyAccount('all', me), address: ' Sales@Romashka.test ', password: 'secret' }

describe('the form of a mail account', () => {
  it('asks only for address and password (F14)', () => {
    expect(Object.keys(accountProblems(emptyAccount('all', me)))).toEqual(['address', 'password'])
    expect(accountProblems(filled)).toEqual({})
  })

  it('sends what the relay takes, with both uses on and found parameters (F15, F18)', () => {
    const sent = newAccountOf(filled, 'Ромашка')
    expect(v.safeParse(newAccount, sent).success).toBe(true)
    expect(sent).toMatchObject({
      address: 'sales@romashka.test',
      receive: true,
      send: true,
      access: 'all',
    })
    expect(sent).not.toHaveProperty('connection')
    expect(sent).not.toHaveProperty('users')
  })

  it('names the sender by the rule of F17', () => {
    const nameOf = (id: string) => (id === me ? 'Анна Ковалёва' : undefined)
    expect(defaultSenderName({ access: 'all', users: [me] }, 'Ромашка', nameOf)).toBe('Ромашка')
    expect(defaultSenderName({ access: 'list', users: [me] }, 'Ромашка', nameOf)).toBe('Ромашка')
    expect(defaultSenderName({ access: 'user', users: [me] }, 'Ромашка', nameOf)).toBe(
      'Анна Ковалёва',
    )
    expect(newAccountOf({ ...filled, name: 'Отдел продаж' }, 'Ромашка').name).toBe('Отдел продаж')
  })

  it('asks for servers only where they are not found automatically, and only for those used', () => {
    const manual = { ...filled, detect: false }
    expect(Object.keys(accountProblems(manual))).toEqual(['imap', 'smtp'])
    const sendOnly = {
      ...manual,
      receive: false,
      smtp: { host: 'mail.romashka.test', port: '465', security: 'tls' as const, user: '' },
    }
    expect(accountProblems(sendOnly)).toEqual({})
    expect(newAccountOf(sendOnly, 'Ромашка').connection).toEqual({
      smtp: {
        host: 'mail.romashka.test',
        port: 465,
        security: 'tls',
        user: 'sales@romashka.test',
      },
    })
  })

  it('needs a use and, where people are named, a person', () => {
    expect(accountProblems({ ...filled, receive: false, send: false })).toHaveProperty('send')
    expect(accountProblems({ ...filled, access: 'list', users: [] })).toHaveProperty('users')
  })

  it('puts a failure beside the field it is about', () => {
    const fieldOf = (reason: Reason) => placed<ApiFailure>({ reason }).field
    expect(fieldOf('wrongPassword')).toBe('password')
    expect(fieldOf('accountExists')).toBe('address')
    expect(fieldOf('parametersNotFound')).toBe('connection')
    expect(fieldOf('timedOut')).toBeUndefined()
  })
})

describe('provider hints', () => {
  it('are chosen by the domain as typed', () => {
    expect(providerOf('Anna@YA.RU ')).toBe('yandex')
    expect(providerOf('anna@list.ru')).toBe('mailru')
    expect(providerOf('anna@romashka.test')).toBeNull()
    expect(providerOf('anna')).toBeNull()
  })
})
