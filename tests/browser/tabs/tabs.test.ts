/** Several tabs of one person: one of them syncs. What else may become of it is in `npm run faults tabs`. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from './office.ts'
import { startTabs, type Tabs, takesOver } from './tabs.ts'

let tabs: Tabs

beforeAll(async () => {
  tabs = await startTabs(5)
})

afterAll(() => tabs?.stop())

test('of five tabs exactly one syncs, and what is written in each is seen in all and sent once', async () => {
  await tabs.leader()
  const names = tabs.open.map((_, n) => `Абрикос ${n}`)
  await Promise.all(tabs.open.map((tab, n) => createClient(tab, `Абрикос ${n}`)))
  for (const name of names) await tabs.isEverywhere(name, tabs.open)
  // A stream that was let go of is counted until the relay has heard of it.
  await expect.poll(tabs.streams).toBe(1)
  const unexpected = tabs.laptop.problems.filter((problem) => !problem.includes('401'))
  expect(unexpected).toEqual([])
})

test('of two tabs one syncs as well', async () => {
  for (const tab of tabs.open.splice(2)) await tab.close()
  await createClient(tabs.open[1] ?? tabs.laptop.page, 'Банан')
  await tabs.isEverywhere('Банан', tabs.open)
  await tabs.leader()
})

test('when the tab that syncs is closed another one takes over, and nothing is lost or doubled', () =>
  takesOver(tabs, 'closed'))
