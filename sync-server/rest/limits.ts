/** How much one program, and one request of it, may ask for. */
import { day } from '../../shared/clock.ts'

/** A program's requests: so many at once, and so many a second for long. */
export const requestsAtOnce = 100
export const requestsPerSecond = 10
/** Reading so many rows to filter them costs as much as a request. */
export const rowsPerRequest = 500

/** So much of a file costs as much as a request: a token moves 2 MB a second for long. */
export const bytesPerRequest = 200 * 1024

/** Bytes. A record's state may be larger, but no form that a program fills in is. */
export const maxBody = 256 * 1024
/** Deeper than any declared value; nobody's stack is to be tried. */
export const maxDepth = 20

/** How long a creation is known by its key. */
export const keyLife = day

export const maxLimit = 200
export const defaultLimit = 50

/**
 * Entries of the index that are looked at in one turn of the event loop: some 5 ms. Each turn more than
 * one costs as much as a request.
 */
export const headsAtOnce = 20_000
/** And in one request. */
export const maxHeads = 400_000
/** Heads whose rows may be read in one turn. */
export const rowsAtOnce = 100
/** And rows in one request: some 70 ms of the processor. */
export const maxRows = 5_000
/** Records that one phone number, e-mail or INN finds. */
export const maxFound = 1_000
/** Records whose values are looked at to sort a page, some in each turn of the event loop. */
export const maxSorted = 50_000
