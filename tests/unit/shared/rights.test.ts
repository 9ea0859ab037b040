import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import {
  audienceOf,
  mayRead,
  rights,
  rulesVersion,
  type Subject,
  service,
  tokensOf,
} from '../../../shared/rights.ts'

const account = { id: newId(), access: 'list' as const }
const subject = (id: string, users: string[], administrator = false): Subject => ({
  kind: 'employee',
  id,
  administrator,
  tokens: tokensOf({ id, administrator }, [{ ...account, users }]),
})
const anna = newId()
const boris = newId()
const answering = subject(anna, [anna])
const other = subject(boris, [anna])
const admin = subject(boris, [anna], true)

describe('a client', () => {
  const client = (more: object = {}): Row => ({
    id: newId(),
    type: 'client',
    kind: 'person',
    name: 'Пётр',
    phones: [],
    emails: [],
    addresses: [],
    links: [],
    managers: [anna],
    ...more,
  })

  it('is seen by its managers and administrators only (F57)', () => {
    expect([answering, other, admin].map((who) => mayRead(who, client()))).toEqual([
      true,
      false,
      true,
    ])
  })

  it('opened for reading is seen by all and changed by its managers', () => {
    const open = client({ open: 'read' })
    const changed = { ...open, name: 'Павел' }
    expect(mayRead(other, open)).toBe(true)
    expect(rights(other, open, changed)).toEqual({ reason: 'forbidden' })
    expect(rights(answering, open, changed)).toBeNull()
  })

  it('opened for writing is changed by all', () => {
    const open = client({ open: 'write' })
    expect(rights(other, open, { ...open, name: 'Павел' })).toBeNull()
  })

  it('cannot be opened by one who may not write it', () => {
    expect(rights(other, client(), client({ open: 'write' }))).toEqual({ reason: 'forbidden' })
  })

  it('cannot be created in the name of somebody else', () => {
    expect(rights(answering, null, client({ createdBy: boris }))).toEqual({
      reason: 'immutableField',
      field: 'createdBy',
    })
  })
})

describe('messages of an account', () => {
  const at = Date.UTC(2026, 10, 21)
  const inbound = {
    key: 'mail:1',
    at,
    direction: 'in',
    kind: 'letter',
    author: { address: 'a@b.test' },
    text: 'Здравствуйте',
    state: null,
  }
  const reply = (more: object = {}) => ({
    key: 'mail:2',
    at,
    direction: 'out',
    kind: 'letter',
    author: { employee: anna },
    text: 'Добрый день',
    state: { status: 'queued', at },
    ...more,
  })
  const segment = (...messages: object[]): Row => ({
    id: newId(),
    type: 'segment',
    dialog: newId(),
    account: account.id,
    month: '2026-11',
    messages,
    lastAt: at,
  })
  const before = segment(inbound)
  const having = (...messages: object[]): Row => ({ ...before, messages })

  it('are read by those who work with the account, not by an administrator beside them (F16)', () => {
    expect([answering, other, admin].map((who) => mayRead(who, before))).toEqual([
      true,
      false,
      false,
    ])
  })

  it('are answered by those who may answer', () => {
    expect(rights(answering, before, having(inbound, reply()))).toBeNull()
  })

  it.each([
    ['rewrite what came', [{ ...inbound, text: 'Другое' }], 'immutableField'],
    ['remove what came', [], 'forbidden'],
    [
      'write in the name of another',
      [inbound, reply({ author: { employee: boris } })],
      'forbidden',
    ],
    [
      'claim that a letter was sent',
      [inbound, reply({ state: { status: 'sent', at } })],
      'forbidden',
    ],
    ['invent an inbound letter', [inbound, { ...inbound, key: 'mail:3' }], 'forbidden'],
    [
      'put a message into another month',
      [inbound, reply({ at: at - 40 * 86_400_000 })],
      'invalidValue',
    ],
  ])('do not let an employee %s', (_, messages, reason) => {
    expect(rights(answering, before, having(...messages))?.reason).toBe(reason)
  })

  it('let only the connector set what became of a letter', () => {
    const queued = having(inbound, reply())
    const sent = having(inbound, reply({ state: { status: 'sent', at } }))
    expect(rights(answering, queued, sent)?.reason).toBe('forbidden')
    expect(rights(service('connector'), queued, sent)).toBeNull()
  })

  it('open for reading are not open for answering (F181)', () => {
    const reader: Subject = {
      ...other,
      tokens: tokensOf({ id: boris, administrator: false }, [
        { ...account, users: [anna], openForReading: true },
      ]),
    }
    expect(mayRead(reader, before)).toBe(true)
    const own = reply({ author: { employee: boris } })
    expect(rights(reader, before, having(inbound, own))?.reason).toBe('forbidden')
  })
})

describe('an appeal', () => {
  const before: Row = {
    id: newId(),
    type: 'appeal',
    account: account.id,
    channel: 'mail',
    dialog: newId(),
    who: { address: 'a@b.test' },
    at: 1,
    state: 'new',
    reasonRequired: true,
  }
  const rejected = (reason?: string): Row => ({
    ...before,
    state: 'rejected',
    decision: { by: anna, at: 2, ...(reason && { reason }) },
  })

  it('is not rejected without a reason where one is required (F84)', () => {
    expect(rights(answering, before, rejected())?.reason).toBe('reasonRequired')
    expect(rights(answering, before, rejected('Спам'))).toBeNull()
  })

  it('is decided once', () => {
    const accepted = { ...before, state: 'accepted', decision: { by: anna, at: 3 } }
    expect(rights(answering, rejected('Спам'), accepted)?.reason).toBe('alreadyDecided')
  })
})

describe('an employee', () => {
  const row = (id: string, role: string): Row => ({
    id,
    type: 'employee',
    name: 'А',
    email: 'a@b',
    role,
  })

  it('changes their own name, not their role', () => {
    const before = row(anna, 'employee')
    expect(rights(answering, before, { ...before, name: 'Анна' })).toBeNull()
    expect(rights(answering, before, row(anna, 'administrator'))?.reason).toBe('forbidden')
  })

  it('who is the administrator cannot lock themselves out', () => {
    expect(rights(admin, row(boris, 'administrator'), row(boris, 'employee'))?.reason).toBe(
      'forbidden',
    )
    expect(rights(admin, row(anna, 'employee'), row(anna, 'administrator'))).toBeNull()
  })
})

describe('audiences', () => {
  // What a base holds was made by these. Whoever changes one raises `rulesVersion`, so that relays
  // make theirs anew, and then this.
  it('are those of version 2', () => {
    const row = (type: string, more: object): Row => ({ id: 'r', type, ...more })
    const made = [
      row('client', { managers: ['u'], open: 'read' }),
      row('person', { managers: ['u'] }),
      row('account', { access: 'list', users: ['u'] }),
      row('dialog', { account: 'a', responsible: 'u' }),
      row('segment', { account: 'a', responsible: 'u' }),
      row('appeal', { account: 'a', responsible: 'u' }),
      row('employee', {}),
      row('role', {}),
      row('department', {}),
    ].map((each) => `${each.type}: ${audienceOf(each).toSorted().join(' ')}`)
    expect(rulesVersion).toBe(2)
    expect(made).toEqual([
      'client: admin client:all client:open client:user:u',
      'person: admin person:all person:user:u',
      'account: admin list:u service user:u',
      'dialog: account:a account:a:user:u service',
      'segment: account:a account:a:user:u service',
      'appeal: appeal:a appeal:a:user:u service',
      'employee: all',
      'role: all',
      'department: all',
    ])
  })
})
