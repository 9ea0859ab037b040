import { describe, expect, it } from 'vitest'
import { newId } from '../../../shared/ids.ts'
import type { Row } from '../../../shared/records/declaration.ts'
import {
  mayExport,
  mayImport,
  mayRead,
  rights,
  type Subject,
  tokensOf,
} from '../../../shared/rights.ts'
import { type Matrix, matrixOf } from '../../../shared/rights-matrix.ts'
import { type Organisation, reachOf } from '../../../shared/rights-scopes.ts'

const [sales, north, stock] = [newId(), newId(), newId()]
const [anna, boris, vera, gleb] = [newId(), newId(), newId(), newId()]
const role = newId()

/** Anna is in sales, Boris in its northern part, Vera in the stock, Gleb nowhere. */
const organisation = (
  of: string,
  matrix: Matrix,
  more: Partial<Organisation> = {},
): Organisation => ({
  employees: [
    { id: anna, department: sales },
    { id: boris, department: north },
    { id: vera, department: stock },
    { id: gleb },
  ].map((row) => (row.id === of ? { ...row, roles: [role] } : row)),
  departments: [{ id: sales }, { id: north, parent: sales }, { id: stock }],
  roles: [{ id: role, matrix }],
  ...more,
})

const subject = (id: string, known: Organisation): Subject => {
  const reach = reachOf(id, known)
  const tokens = tokensOf({ id, administrator: false }, [], reach)
  return { kind: 'employee', id, administrator: false, tokens, reach }
}

const client = (manager: string, more: object = {}): Row => ({
  id: newId(),
  type: 'client',
  kind: 'person',
  name: 'Пётр',
  phones: [],
  emails: [],
  addresses: [],
  links: [],
  managers: [manager],
  ...more,
})

const readBy = (who: Subject) =>
  [anna, boris, vera, gleb].filter((manager) => mayRead(who, client(manager)))

describe('the scope of reading', () => {
  it.each([
    ['none', []],
    ['own', [anna]],
    ['department', [anna]],
    ['departmentBelow', [anna, boris]],
    ['all', [anna, boris, vera, gleb]],
  ] as const)('%s', (read, seen) => {
    expect(readBy(subject(anna, organisation(anna, { client: { read } })))).toEqual(seen)
  })

  it('of the department does not reach up', () => {
    const known = organisation(boris, { client: { read: 'departmentBelow' } })
    expect(readBy(subject(boris, known))).toEqual([boris])
  })

  it('of the department is one’s own for one who is in none', () => {
    const known = organisation(gleb, { client: { read: 'department' } })
    expect(readBy(subject(gleb, known))).toEqual([gleb])
  })

  it('closes even what is open to everyone where there is none', () => {
    const open = client(vera, { open: 'write' })
    expect(mayRead(subject(anna, organisation(anna, {})), open)).toBe(true)
    const nobody = subject(anna, organisation(anna, { client: { read: 'none' } }))
    expect(mayRead(nobody, open)).toBe(false)
  })

  it('of clients says nothing of people', () => {
    const who = subject(anna, organisation(anna, { client: { read: 'all' } }))
    expect(mayRead(who, { ...client(vera), type: 'person' })).toBe(false)
  })

  it('counts what a role is responsible for as its holders’ own (F80)', () => {
    const known = organisation(anna, {})
    expect(readBy(subject(anna, known))).toEqual([anna])
    expect(mayRead(subject(anna, known), client(role))).toBe(true)
    expect(mayRead(subject(boris, known), client(role))).toBe(false)
    const gone = { ...known, roles: [{ id: role, deletedAt: 1 }] }
    expect(mayRead(subject(anna, gone), client(role))).toBe(false)
  })

  it('survives departments that are in each other', () => {
    const ring = [
      { id: sales, parent: north },
      { id: north, parent: sales },
    ]
    const known = organisation(
      boris,
      { client: { read: 'departmentBelow' } },
      { departments: ring },
    )
    expect(readBy(subject(boris, known))).toEqual([anna, boris])
  })
})

describe('the other actions', () => {
  const may = (matrix: Matrix, before: Row | null, after: Row) =>
    rights(
      subject(anna, organisation(anna, { client: { read: 'all', ...matrix.client } })),
      before,
      after,
    )
  const foreign = client(vera)

  it('have scopes of their own', () => {
    const renamed = { ...foreign, name: 'Павел' }
    expect(may({}, foreign, renamed)).toEqual({ reason: 'forbidden' })
    expect(may({ client: { change: 'all' } }, foreign, renamed)).toBeNull()
  })

  it('tell deleting from changing (F279)', () => {
    const own = client(anna)
    const matrix = { client: { delete: 'none' } } as const
    expect(may(matrix, own, { ...own, name: 'Павел' })).toBeNull()
    expect(may(matrix, own, { ...own, deletedAt: 1 })).toEqual({ reason: 'forbidden' })
    expect(may({}, own, { ...own, deletedAt: 1 })).toBeNull()
  })

  it('do not let a deletion carry a forbidden change', () => {
    const matrix = { client: { delete: 'all', change: 'none' } } as const
    expect(may(matrix, foreign, { ...foreign, deletedAt: 1 })).toBeNull()
    expect(may(matrix, foreign, { ...foreign, deletedAt: 1, name: 'X' })?.reason).toBe('forbidden')
  })

  it('forbid to create at all, or for others', () => {
    expect(may({}, null, client(vera))?.reason).toBe('forbidden')
    expect(may({ client: { create: 'all' } }, null, client(vera))).toBeNull()
    expect(may({ client: { create: 'none' } }, null, client(anna))?.reason).toBe('forbidden')
  })
})

describe('files of records', () => {
  const who = (matrix: Matrix) => subject(anna, organisation(anna, matrix))

  it('may be loaded by all who create, until a role says otherwise', () => {
    expect(mayImport(who({}), 'client')).toBe(true)
    expect(mayImport(who({ client: { import: 'none' } }), 'client')).toBe(false)
    expect(mayImport(who({ client: { create: 'none' } }), 'client')).toBe(false)
    expect(mayImport(who({ client: { import: 'none' } }), 'person')).toBe(true)
    const administrator = { ...who({ client: { import: 'none' } }), administrator: true }
    expect(mayImport(administrator, 'client')).toBe(true)
  })

  it('take out one’s own records and no open ones, until a role says otherwise', () => {
    const open = client(vera, { open: 'write' })
    expect(mayExport(who({}), 'client', client(anna))).toBe(true)
    expect(mayRead(who({}), open)).toBe(true)
    expect(mayExport(who({}), 'client', open)).toBe(false)
    expect(mayExport(who({ client: { export: 'all' } }), 'client', open)).toBe(true)
    expect(mayExport(who({ client: { export: 'none' } }), 'client', client(anna))).toBe(false)
  })

  it('take out nothing that may not be read', () => {
    expect(mayExport(who({ client: { export: 'all' } }), 'client', client(vera))).toBe(false)
  })
})

describe('a matrix', () => {
  it('is the factory’s without a role (F57)', () => {
    expect(matrixOf([]).client).toEqual({
      read: 'own',
      create: 'own',
      change: 'own',
      delete: 'own',
      import: 'all',
      export: 'own',
    })
  })

  it('takes the wider of two roles', () => {
    const roles: Matrix[] = [{ client: { read: 'none' } }, { client: { read: 'department' } }]
    expect(matrixOf(roles).client.read).toBe('department')
    expect(matrixOf([{ client: { read: 'none' } }]).client.read).toBe('none')
  })

  it('gives an exception the last word, for one employee and one cell (F278)', () => {
    const roles: Matrix[] = [{ client: { read: 'all', delete: 'all' } }]
    const matrix = matrixOf(roles, { client: { read: 'own' } })
    expect(matrix.client).toMatchObject({ read: 'own', delete: 'all' })
  })
})

describe('who decides about rights', () => {
  const self = (more: object = {}): Row => ({
    id: anna,
    type: 'employee',
    name: 'А',
    email: 'a@b',
    role: 'employee',
    ...more,
  })
  const who = subject(anna, organisation(anna, {}))

  it.each([
    ['roles', { roles: [role] }],
    ['department', { department: stock }],
    ['exceptions', { exceptions: { client: { read: 'all' } } }],
  ])('is not the employee: %s', (_, change) => {
    expect(rights(who, self(), self(change))).toEqual({ reason: 'forbidden' })
    expect(rights({ ...who, id: gleb, administrator: true }, self(), self(change))).toBeNull()
  })

  it('is an administrator for roles and departments', () => {
    const made = { id: role, type: 'role', name: 'Продажи', matrix: { client: { read: 'all' } } }
    expect(rights(who, null, made)).toEqual({ reason: 'forbidden' })
    expect(rights({ ...who, administrator: true }, null, made)).toBeNull()
  })
})
