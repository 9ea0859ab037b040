/**
 * Postings: numbers of documents that hold a term, ascending, as bytes. Terms stand in blocks, in
 * order:
 *
 *     terms      'доставка\nдоставки\nдоставку'
 *     postings   length of the list in bytes, first number, distance to the next …   per term
 *
 * Numbers are LEB128. A block is a row, since a row for each term would cost IndexedDB more than
 * what is in it.
 */
export interface Block {
  /** The block's last term, by which it is found. */
  last: string
  terms: string
  postings: Uint8Array
}

/** A block is closed at this many bytes of postings… */
const blockBytes = 4096
/** …or at this many terms. */
const blockTerms = 128

const separator = '\n'

/** Numbers of one term, packed or not. */
export type Numbers = ArrayLike<number>

const sizeOf = (value: number): number => {
  let size = 1
  for (let rest = value; rest > 127; rest >>>= 7) size++
  return size
}

const write = (bytes: Uint8Array, at: number, value: number): number => {
  let rest = value
  let next = at
  while (rest > 127) {
    bytes[next++] = (rest & 127) | 128
    rest >>>= 7
  }
  bytes[next++] = rest
  return next
}

export const pack = (numbers: Numbers): Uint8Array => {
  let size = 0
  let before = 0
  for (let n = 0; n < numbers.length; n++) {
    const number = numbers[n] ?? 0
    size += sizeOf(number - before)
    before = number
  }
  const bytes = new Uint8Array(size)
  let at = 0
  before = 0
  for (let n = 0; n < numbers.length; n++) {
    const number = numbers[n] ?? 0
    at = write(bytes, at, number - before)
    before = number
  }
  return bytes
}

/** Calls `take` with every number of a packed list. */
export const eachNumber = (packed: Uint8Array, take: (number: number) => void): void => {
  let number = 0
  let part = 0
  let shift = 0
  for (let n = 0; n < packed.length; n++) {
    const byte = packed[n] ?? 0
    part |= (byte & 127) << shift
    if (byte > 127) shift += 7
    else {
      number += part
      take(number)
      part = 0
      shift = 0
    }
  }
}

/** Blocks of terms that come in order. */
export function* blocksOf(lists: Iterable<readonly [string, Uint8Array]>): Generator<Block> {
  let terms: string[] = []
  let packed: Uint8Array[] = []
  let size = 0
  const close = (): Block => {
    const postings = new Uint8Array(size)
    let at = 0
    for (const list of packed) {
      at = write(postings, at, list.length)
      postings.set(list, at)
      at += list.length
    }
    const block = { last: terms.at(-1) ?? '', terms: terms.join(separator), postings }
    terms = []
    packed = []
    size = 0
    return block
  }
  for (const [term, list] of lists) {
    terms.push(term)
    packed.push(list)
    size += list.length + sizeOf(list.length)
    if (size >= blockBytes || terms.length === blockTerms) yield close()
  }
  if (terms.length > 0) yield close()
}

/** Terms of a block with their packed lists. */
export function* listsOf({ terms, postings }: Block): Generator<[string, Uint8Array]> {
  let at = 0
  for (const term of terms.split(separator)) {
    let length = 0
    for (let shift = 0; ; shift += 7) {
      const byte = postings[at++] ?? 0
      length |= (byte & 127) << shift
      if (byte < 128) break
    }
    yield [term, postings.subarray(at, at + length)]
    at += length
  }
}
