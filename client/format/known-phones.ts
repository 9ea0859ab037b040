/** Numbers of the whole world, once they are here: `libphonenumber-js` as the client has it reads them from here. */
import type { MetadataJson } from 'libphonenumber-js/core'

export const known: { world: MetadataJson | null } = { world: null }
