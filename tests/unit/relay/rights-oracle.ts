/**
 * Works out from a company's rows, by the words of F57, F278, F279, F282 and F283 and without tokens, who
 * may read what.
 */
import type { Row } from '../../../shared/records/declaration.ts'
import { recordTypes } from '../../../shared/records/index.ts'
import { type Matrix, scopes } from '../../../shared/rights-matrix.ts'
import type { Workspace } from '../../../sync-server/workspace.ts'

/** May `user` read `row`? */
export const oracle = (user: string, rows: Row[]) => {
  const of = (type: string) =>
    rows.filter((row) => row.type === type && row.deletedAt === undefined)
  const departments = new Map(of('department').map((row) => [row.id, row.parent]))
  const employee = (person: unknown) => of('employee').find(({ id }) => id === person)
  const isAdministrator = employee(user)?.role === 'administrator'
  const homeOf = (person: unknown) => {
    const home = employee(person)?.department
    return departments.has(String(home)) ? home : undefined
  }
  const isUnder = (department: unknown, top: unknown): boolean => {
    const seen = new Set<unknown>()
    for (let at = department; departments.has(String(at)) && !seen.has(at); ) {
      if (at === top) return true
      seen.add(at)
      at = departments.get(String(at))
    }
    return false
  }
  const usual = {
    client: 'own',
    person: 'own',
    dialog: 'all',
    appeal: 'all',
    task: 'all',
    interest: 'all',
    contract: 'all',
  } as const
  type Limited = keyof typeof usual
  const scopeOf = (person: unknown, type: Limited) => {
    const exception = (employee(person)?.exceptions as Matrix | undefined)?.[type]?.read
    if (exception) return exception
    const given = of('role')
      .filter(({ id }) => ((employee(person)?.roles as string[] | undefined) ?? []).includes(id))
      .map((row) => (row.matrix as Matrix | undefined)?.[type]?.read ?? usual[type])
    return scopes.findLast((scope) => given.includes(scope)) ?? usual[type]
  }
  const reaches = (person: unknown, type: Limited, owners: string[]): boolean => {
    const scope = scopeOf(person, type)
    if (scope === 'none' || scope === 'all') return scope === 'all'
    const home = homeOf(person)
    return owners.some(
      (owner) =>
        owner === person ||
        (home !== undefined && scope === 'department' && homeOf(owner) === home) ||
        (home !== undefined && scope === 'departmentBelow' && isUnder(homeOf(owner), home)),
    )
  }
  /** Whose work the user does: their own, and for a time that of who is away. */
  const hats = (part: string) => [
    { person: user as unknown, chosen: true },
    ...of('substitution')
      .filter((row) => row.deputy === user && row.absent !== user)
      .filter((row) => Number(row.from) <= Date.now() && Date.now() < Number(row.to))
      .filter((row) => !row.parts || (row.parts as string[]).includes(part))
      .map((row) => ({ person: row.absent, chosen: row.createdBy === row.absent })),
  ]
  const mayReadContact = (row: Row): boolean =>
    isAdministrator ||
    hats('clients').some(({ person }) => {
      const type = row.type as 'client' | 'person'
      if (scopeOf(person, type) === 'none') return false
      const isOpen = row.open === 'read' || row.open === 'write'
      return isOpen || reaches(person, type, (row.managers as string[] | undefined) ?? [])
    })
  /** F115, F277: everybody's until it is restricted to its people. */
  const mayReadWork = (row: Row): boolean => {
    const type = row.type as 'task' | 'interest' | 'contract'
    const own = [row.responsible, row.createdBy, ...((row.members as string[] | undefined) ?? [])]
    const its = own.flatMap((id) => (typeof id === 'string' ? [id] : []))
    return (
      isAdministrator ||
      hats('clients').some(({ person }) =>
        row.restricted === true
          ? scopeOf(person, type) !== 'none' && its.includes(String(person))
          : reaches(person, type, its),
      )
    )
  }
  const worksWith = (person: unknown, account: Row) =>
    account.access === 'all' || ((account.users as unknown[] | undefined) ?? []).includes(person)
  const mayReadOfAccount = (type: 'dialog' | 'appeal', account: unknown, responsible: unknown) => {
    const mailbox = rows.find((row) => row.id === account)
    if (!mailbox) return false
    const owners = responsible === undefined ? [] : [String(responsible)]
    return hats('correspondence').some(({ person, chosen }) => {
      if (person !== user && mailbox.access === 'user' && !chosen) return false
      if (!worksWith(person, mailbox) && mailbox.openForReading !== true) return false
      return (person === user && isAdministrator) || reaches(person, type, owners)
    })
  }
  const mayReadField = (readers: string[] | undefined): boolean =>
    readers === undefined ||
    isAdministrator ||
    readers.some(
      (id) =>
        id === user ||
        (((employee(user)?.roles as string[] | undefined) ?? []).includes(id) &&
          of('role').some((role) => role.id === id)) ||
        isUnder(homeOf(user), id),
    )
  return (row: Row): boolean => {
    switch (row.type) {
      case 'privateValue': {
        const field = rows.find(({ id }) => id === row.field)
        const record = rows.find(({ id }) => id === row.record)
        // Of an opened field it is empty and nobody's.
        if (!record || !field?.readers) return false
        return mayReadContact(record) && mayReadField(field.readers as string[])
      }
      case 'client':
      case 'person':
        return mayReadContact(row)
      case 'interaction': {
        const contact = rows.find(({ id }) => id === row.contact)
        return contact !== undefined && mayReadContact(contact)
      }
      case 'notice':
        return row.user === user
      case 'import':
        return isAdministrator || row.by === user
      case 'view':
      case 'clientSegment':
        return row.shared === true || row.owner === user
      case 'task':
      case 'interest':
      case 'contract':
        return mayReadWork(row)
      case 'account':
        return (
          isAdministrator ||
          row.openForReading === true ||
          hats('correspondence').some(
            ({ person, chosen }) =>
              worksWith(person, row) && (person === user || row.access !== 'user' || chosen),
          )
        )
      case 'dialog':
      case 'appeal':
        return mayReadOfAccount(row.type, row.account, row.responsible)
      case 'segment': {
        // Whatever the segment says of itself.
        const dialog = rows.find(({ id }) => id === row.dialog)
        return mayReadOfAccount('dialog', row.account, dialog?.responsible)
      }
      default:
        return true
    }
  }
}

/** Whether the words of a row are for the user: those of an opened field stand in its record. */
export const saidTo = (mayRead: (row: Row) => boolean, rows: Row[]) => {
  const byId = new Map(rows.map((row) => [row.id, row]))
  return (row: Row): boolean => {
    const record = byId.get(String(row.record))
    const isOpened = row.type === 'privateValue' && !byId.get(String(row.field))?.readers
    return isOpened ? record !== undefined && mayRead(record) : mayRead(row)
  }
}

/** Every record that the relay has. */
export const rowsOfRelay = async (workspace: Workspace): Promise<Row[]> => {
  const found = await Promise.all(recordTypes.map((type) => workspace.store.documentsOfType(type)))
  return found.flat().map(({ rowJson }) => JSON.parse(rowJson) as Row) // projected before it was stored
}
