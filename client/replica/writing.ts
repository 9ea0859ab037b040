/**
 * All that changes records. Apart from what reads them, since it brings Yjs: screens show rows, so that
 * the first of them comes without it.
 */
export { discardEntry } from './discard.ts'
export { writeRecords } from './writes.ts'
