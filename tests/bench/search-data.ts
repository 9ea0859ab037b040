/**
 * Letters for the search benchmark: the generated clients and dialogs with texts of a vocabulary as
 * wide as that of real letters, since a few sentences again and again would make a tiny index.
 */
import type { Message } from '../../shared/records/segment.ts'
import { type Generated, generate, random, type Size } from './data.ts'

const beginnings = 'пере под раз при вы за об на про со от до из без недо'.split(' ')
const syllables =
  'став груз пис воз вод лож чит сто клад лом рез мер кат ток гор дел след ход прав бор'.split(' ')
const suffixes = 'к чик ник ени ани ость тель иц ств ов ист'.split(' ')
const endings = 'а у е ой и ам ами ах ы ом ого ому ыми ый'.split(' ')

/** Different words, before their endings; with these a million words hold 40,000 different ones. */
const stems = 8_000
const wordsInLetter = 30

/** Replaces the text of each message. Words are drawn by Zipf's law, as in any language. */
export function* letters(size: Size, responsible: string, account: string, most: number) {
  const next = random(42)
  const pick = (list: readonly string[]) => list[Math.floor(next() * list.length)] ?? ''
  const vocabulary = Array.from(
    { length: stems },
    () => `${pick(beginnings)}${pick(syllables)}${pick(syllables)}${pick(suffixes)}`,
  )
  const word = () =>
    `${vocabulary[Math.floor(stems ** next()) - 1] ?? ''}${endings[Math.floor(endings.length * next() ** 2)]}`
  let count = 0
  for (const generated of generate(size, responsible, account)) {
    if (generated.type !== 'segment') {
      yield generated
      continue
    }
    if (count >= most) continue
    const messages: Record<string, Message> = {}
    for (const [key, message] of Object.entries(generated.patch.messages ?? {})) {
      const text = `${message.text} ${Array.from({ length: wordsInLetter }, word).join(' ')}.`
      messages[key] = { ...message, text }
      count++
    }
    yield { ...generated, patch: { ...generated.patch, messages } } satisfies Generated
  }
}
