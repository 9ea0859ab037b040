/** What a program says of itself with every request. Apart from the feed, which needs a decoder. */

/** Raised with every change of the protocol or of the records that old programs cannot live with. */
export const protocolVersion = 2

export const deviceHeader = 'x-interes-device'
export const programHeader = 'x-interes-program'
/** Epoch of a push: what was made on a state that the relay has lost must not come before it. */
export const epochHeader = 'x-interes-epoch'
