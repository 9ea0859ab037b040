import { afterEach, expect, test, vi } from 'vitest'
import { openKnown } from '../../../client/replica/known.ts'
import { openBase, type ReplicaBase } from '../../../client/replica/tables.ts'
import { liveSignal } from '../../../client/replica/use-live.ts'
import { newId } from '../../../shared/ids.ts'
import { holdTables } from './held.ts'

const opened: { base: ReplicaBase; stop: () => void }[] = []

const filledBase = async () => {
  const base = openBase(`known-${newId()}`)
  await base.open()
  await base.employee.add({ id: 'anna', name: 'Анна Белова' } as never) // as much as is looked at
  await base.role.add({ id: 'sellers', name: 'Продавцы' } as never)
  await base.directory.add({ id: 'vip', directory: 'tag', name: 'VIP' } as never)
  await base.layout.add({ id: 'client', recordType: 'client' } as never)
  return base
}

const open = (base: ReplicaBase) => {
  const made = openKnown(base)
  opened.push({ base, stop: made.stop })
  return made
}

afterEach(async () => {
  vi.restoreAllMocks()
  for (const { base, stop } of opened.splice(0)) {
    stop()
    await base.delete()
  }
})

test('what names and allows everything has been read, all of it, before it is said to be', async () => {
  for (const table of ['employee', 'directory'] as const) {
    // Another one each time: Dexie remembers what was asked of a base.
    const base = await filledBase()
    const release = holdTables(base, [base[table]])
    const { known, read } = open(base)
    let isRead = false
    const reading = read.then(() => {
      isRead = true
    })
    // The others are free, and answer.
    await expect.poll(() => known.employees.value.size + known.entries.value.size).toBe(1)
    expect(isRead).toBe(false)
    await release()
    await reading
    expect(known.employees.value.get('anna')?.name).toBe('Анна Белова')
    expect(known.roles.value.map(({ name }) => name)).toEqual(['Продавцы'])
    expect(known.entries.value.get('vip')?.name).toBe('VIP')
    expect(known.layouts.value).toHaveLength(1)
  }
})

test('what changes is known a moment later, of several tables together', async () => {
  const base = await filledBase()
  const { known, read } = open(base)
  await read
  const seen: string[] = []
  const unwatch = known.employees.subscribe((employees) => {
    seen.push(`${employees.get('anna')?.name}, ${known.roles.peek()[0]?.name}`)
  })
  await base.transaction('rw', [base.employee, base.role], async () => {
    await base.employee.update('anna', { name: 'Анна Чернова' })
    await base.role.update('sellers', { name: 'Отдел продаж' })
  })
  await expect.poll(() => seen).toEqual(['Анна Белова, Продавцы', 'Анна Чернова, Отдел продаж'])
  unwatch()
})

test('a question that fails keeps nobody waiting', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue(undefined)
  const { value, answered } = liveSignal(() => Promise.reject(new Error('no such table')), 'before')
  await answered
  expect(value.value).toBe('before')
  expect(warn).toHaveBeenCalledOnce()
})
