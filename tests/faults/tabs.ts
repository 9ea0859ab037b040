/** Tabs of one person of which the syncing one comes to a bad end: `tabs.test.ts`, in the built client. */
import { runNode, runProject } from './project.ts'

/** Throws where no other tab took over, or something was lost or doubled. */
export const tabs = async (): Promise<string> => {
  if (
    (await runNode('node_modules/vite/bin/vite.js', 'build', 'client', '--logLevel', 'warn')) !== 0
  )
    throw new Error('the client cannot be built')
  if ((await runProject('tabs')) !== 0) throw new Error('a tab that syncs is not replaced')
  return 'a crashed, a frozen and a hidden tab: another one syncs, nothing lost or doubled'
}
