/**
 * Imported for what it does by every module that understands a number somebody typed: together with
 * the module come the numbers of the whole world, so that none is refused, or kept as it was typed,
 * because they are on their way. Waiting for them in each check was rejected: checks answer at once.
 * Only the first screen, which shows numbers and takes none, goes without (phone-library.ts).
 */
import metadata from 'libphonenumber-js/min/metadata'
import { known } from './known-phones.ts'

known.world = metadata
