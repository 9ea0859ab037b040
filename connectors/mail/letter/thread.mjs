// A worker thread's entry cannot be TypeScript on Node 20: the loader that the process was started
// with reaches imports of a thread, but not its entry. So the entry registers it anew.
import { register } from 'tsx/esm/api'

register()
await import('./thread.ts')
