/** All scenarios, in the order in which they run, with the longest each may take, ms. */
import { minute } from '../../../shared/clock.ts'
import type { Size } from '../data.ts'
import type { Tell } from '../report.ts'
import { acknowledged } from './acknowledged.ts'
import { board } from './board.ts'
import { calendar } from './calendar.ts'
import { coldStart } from './cold-start.ts'
import { dialog } from './dialog.ts'
import { duplicates } from './duplicates.ts'
import { editLatency } from './edit-latency.ts'
import { firstScreen } from './first-screen.ts'
import { firstSync } from './first-sync.ts'
import { importBench } from './import.ts'
import { keyPress } from './key-press.ts'
import { list } from './list.ts'
import { liveRoom } from './live-room.ts'
import { merge } from './merge.ts'
import { reconnect } from './reconnect.ts'
import { searchBench } from './search.ts'
import { timeline } from './timeline.ts'

export interface Scenario {
  limit: number
  /** Takes no larger size than `most`. */
  run(most: Size, tell: Tell): Promise<void>
}

export const scenarios: Record<string, Scenario> = {
  'first-sync': { limit: 8 * minute, run: firstSync },
  'cold-start': { limit: 6 * minute, run: coldStart },
  'key-press': { limit: 2 * minute, run: keyPress },
  'edit-latency': { limit: 3 * minute, run: editLatency },
  'live-room': { limit: 2 * minute, run: liveRoom },
  acknowledged: { limit: 3 * minute, run: acknowledged },
  merge: { limit: 3 * minute, run: merge },
  reconnect: { limit: 3 * minute, run: reconnect },
  board: { limit: 2 * minute, run: board },
  calendar: { limit: 3 * minute, run: calendar },
  list: { limit: 6 * minute, run: list },
  duplicates: { limit: 6 * minute, run: duplicates },
  dialog: { limit: 2 * minute, run: dialog },
  timeline: { limit: 3 * minute, run: timeline },
  'first-screen': { limit: 2 * minute, run: firstScreen },
  import: { limit: 6 * minute, run: importBench },
  search: { limit: 4 * minute, run: searchBench },
}
