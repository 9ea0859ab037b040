/** A fault that this machine cannot make; the message says why. */
export class Skipped extends Error {}
