/**
 * The Yjs client id of this page load. It is drawn anew whenever some record of the device lost
 * structs (a refused or discarded change, a forgotten record): a struct number that was used once
 * may never name other content, since another tab, a room or the relay may still know the first.
 * It is never stored.
 */
export type Writer = (generation: number) => number

/** `generation` is `meta.generation`, read inside the transaction that writes. */
export const createWriter = (draw: () => number): Writer => {
  let id = draw()
  let seen: number | null = null
  return (generation) => {
    if (seen !== null && seen !== generation) id = draw()
    seen = generation
    return id
  }
}

/** A random Yjs client id: 32 bits, as Yjs draws them itself. */
export const drawClientId = (): number => {
  const [id = 0] = crypto.getRandomValues(new Uint32Array(1))
  return id
}
