/**
 * What the build takes for `lib0/logging` (vite.config.ts): all that Yjs asks of it, without colours.
 * The original draws pictures in consoles and brings along a library for HTML and one for schemas,
 * 2.7 KB gzipped of the first screen.
 */

/** Words of the original for colours, which Yjs passes among the text. */
export const ORANGE = Symbol('orange')
export const RED = Symbol('red')
export const BOLD = Symbol('bold')
export const UNBOLD = Symbol('unbold')

const withoutColours = (args: readonly unknown[]) => args.filter((arg) => typeof arg !== 'symbol')

export const print = (...args: readonly unknown[]): void => console.log(...withoutColours(args))
export const warn = (...args: readonly unknown[]): void => console.warn(...withoutColours(args))
