/** The tab that syncs crashes, stands still or is hidden; that it is closed is tried by `npm test`. */
import { afterAll, beforeAll, test } from 'vitest'
import { startTabs, type Tabs, takesOver } from '../browser/tabs/tabs.ts'

let tabs: Tabs

beforeAll(async () => {
  tabs = await startTabs(2)
})

afterAll(() => tabs?.stop())

test.each(['crashed', 'frozen', 'hidden'] as const)(
  'when the tab that syncs is %s another one takes over, and nothing is lost or doubled',
  (how) => takesOver(tabs, how),
)
