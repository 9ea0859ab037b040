import { describe, expect, it } from 'vitest'
import { excerpt, marked } from '../../../client/search/excerpt.ts'
import { fits, sought } from '../../../client/search/forms.ts'
import { nextMerge, type ShardSize } from '../../../client/search/merge-plan.ts'
import { blocksOf, eachNumber, listsOf, pack } from '../../../client/search/postings.ts'
import { wordsIn } from '../../../client/search/words.ts'

describe('words', () => {
  it('are compared without case, ё as е, й as one character however it was written', () => {
    expect([...wordsIn('Ёлка, ёлка! «ЕЛКА» 12.5')]).toEqual(['елка', '12', '5'])
    expect([...wordsIn('ЙОД'.normalize('NFD'))]).toEqual(['йод'])
  })

  it('fit by their beginnings and forms, in Russian and English', () => {
    const matches = (typed: string, word: string) => fits(word, sought(typed))
    for (const [typed, word] of [
      ['поставка', 'поставки'],
      ['поставками', 'поставку'],
      ['пост', 'поставка'],
      ['счетов', 'счет'],
      ['invoices', 'invoice'],
      ['happiness', 'happy'],
      ['sized', 'sizing'],
      ['770', '7707083893'],
    ] as const)
      expect([typed, word, matches(typed, word)]).toEqual([typed, word, true])
    for (const [typed, word] of [
      ['поставка', 'поставщик'],
      ['счет', 'расчет'],
      ['12', '21'],
    ] as const)
      expect([typed, word, matches(typed, word)]).toEqual([typed, word, false])
  })
})

describe('an excerpt', () => {
  const words = ['счёт', 'склад'].map((typed) => sought([...wordsIn(typed)][0] ?? ''))
  const shown = (text: string, length: number) =>
    excerpt(text, words, length)
      .map(({ text, found }) => (found ? `[${text}]` : text))
      .join('')

  it('shows a short text whole, with the found words marked', () => {
    expect(shown('Пришлите\n\nсчёт на   склад.', 100)).toBe('Пришлите [счёт] на [склад].')
  })

  it('shows the first found word in its sentence, cut between words', () => {
    const text = `${'слово '.repeat(30)}пришлите счета сегодня ${'слово '.repeat(30)}`
    // 40 characters before the word, from the next space on.
    expect(shown(text, 80)).toBe(
      '…слово слово слово слово слово пришлите [счета] сегодня слово слово слово слово…',
    )
  })

  it('shows a found word that stands in a long address', () => {
    const text = `https://example.test/${'a'.repeat(100)}/склад/${'b'.repeat(100)}`
    expect(shown(text, 80)).toBe(`…${'a'.repeat(39)}/[склад]/${'b'.repeat(34)}…`)
  })

  it('shows the beginning where the word is elsewhere', () => {
    expect(shown('один два три четыре', 8)).toBe('один два…')
    expect(marked('один', words)).toEqual([{ text: 'один', found: false }])
  })
})

describe('postings', () => {
  it('come out of their bytes as they went in, over several blocks', () => {
    const lists = Array.from({ length: 300 }, (_, term) => {
      // Distances of one byte, two and three.
      const numbers = [term, term + 127, term + 128, term + 40_000]
      return [`т${String(term).padStart(4, '0')}`, numbers] as const
    })
    const blocks = [...blocksOf(lists.map(([term, numbers]) => [term, pack(numbers)] as const))]
    expect(blocks.map(({ last }) => last)).toEqual(['т0127', 'т0255', 'т0299'])
    const read = blocks.flatMap((block) =>
      [...listsOf(block)].map(([term, packed]) => {
        const numbers: number[] = []
        eachNumber(packed, (number) => numbers.push(number))
        return [term, numbers]
      }),
    )
    expect(read).toEqual(lists)
  })
})

describe('the next merge', () => {
  const shard = (id: number, size: number, more: Partial<ShardSize> = {}): ShardSize => ({
    id,
    kind: 'message',
    size,
    dead: [],
    ...more,
  })

  it('takes what must be forgotten first', () => {
    const small = [1, 2, 3, 4].map((id) => shard(id, 10))
    expect(nextMerge([...small, shard(5, 30_000, { purge: true })])).toEqual([5])
  })

  it('takes four of one size and kind, and leaves large ones alone', () => {
    const sizes = [10, 5_000, 200, 30_000, 30_000, 30_000, 30_000, 90]
    const shards = sizes.map((size, id) => shard(id, size))
    expect(nextMerge(shards)).toBeNull()
    expect(nextMerge([...shards, shard(8, 100, { kind: 'client' })])).toBeNull()
    expect(nextMerge([...shards, shard(9, 100)])).toEqual([0, 2, 7, 9])
  })

  it('takes what is dead for more than an eighth, and when tidying anything dead', () => {
    const some = [shard(1, 16, { dead: [0, 1] })]
    expect(nextMerge(some)).toBeNull()
    expect(nextMerge(some, true)).toEqual([1])
    expect(nextMerge([shard(1, 16, { dead: [0, 1, 2] })])).toEqual([1])
  })
})
