/**
 * Names of human beings as people write them, taken apart. `partedName` says only what is sure: a
 * patronymic tells which word is which. `guessedName` is for forms, where the user sees the guess.
 */
import { wordsOfName } from './duplicates/names.ts'
import { longestNamePart, type NameParts, nameParts, wholeName } from './records/name-parts.ts'

const patronymic =
  /^\p{L}+(ович|евич|ёвич|ьич|мич|кич|тич|нич|овна|евна|ёвна|ична|инична|ovich|evich|ovna|evna|ichna)$/iu
/** Words of their own after the father's name: «Гейдар оглы». */
const sonOrDaughter = /^(оглы|оглу|кызы|гызы|ogly|oglu|kyzy|gyzy)$/iu

/** A word of a name: letters, also joined by a hyphen or an apostrophe. */
const nameWord = /^\p{L}+(['’ʼ-]\p{L}+)*$/u

const wordsIn = (name: string): string[] => {
  const words = name.trim().split(/\s+/)
  const last = words.at(-1) ?? ''
  return words.length === 4 && sonOrDaughter.test(last)
    ? [...words.slice(0, 2), `${words[2]} ${last}`]
    : words
}

const isPatronymic = (word: string): boolean =>
  patronymic.test(word) || sonOrDaughter.test(word.split(' ')[1] ?? '')

/**
 * The parts of a whole name, where a patronymic makes them sure, or null: one of three words, at the end
 * or in the middle, but not both («Иван Петрович Абрамович»).
 *
 * @example partedName('Пётр Сергеевич Иванов') // lastName Иванов, firstName Пётр, middleName Сергеевич
 */
export const partedName = (name: string): NameParts | null => {
  const words = wordsIn(name)
  const [first = '', second = '', third = ''] = words
  if (words.length !== 3) return null
  const isOfLetters = words.every((word) => word.split(' ').every((each) => nameWord.test(each)))
  if (!isOfLetters || words.some((word) => word.length > longestNamePart)) return null
  if (isPatronymic(third) === isPatronymic(second)) return null
  return isPatronymic(third)
    ? { lastName: first, firstName: second, middleName: third }
    : { lastName: third, firstName: first, middleName: second }
}

/** «ИП Иванов» as the name of who that is. */
export const withoutForm = (name: string): string => name.trim().replace(/^ИП\s+/iu, '')

const surnameEnding =
  /(ов|ев|ёв|ин|ын|ский|цкий|ской|цкой|ова|ева|ёва|ина|ына|ская|цкая|енко|ко|юк|ук|чук|ых|их|дзе|швили|ян|янц|ый|ий|ая)$/iu
/** First names that end like surnames. */
const firstNames = new Set(
  (
    'константин валентин мартин августин севастьян севастиан касьян демьян емельян лукьян лев яков ' +
    'геннадий дмитрий юрий анатолий василий григорий евгений аркадий виталий валерий георгий арсений ' +
    'анатолий валентина галина екатерина ирина кристина марина нина полина алина арина ангелина карина ' +
    'регина эвелина каролина ева дарина милина эльвина альбина василина янина мая майя рая зоя ян арий'
  ).split(' '),
)

const looksLikeSurname = (word: string): boolean =>
  surnameEnding.test(word) && !firstNames.has(word.toLowerCase())

/** Initials are no name: «Иванов И.И.» is a surname and letters. */
const isInitials = (word: string): boolean => /^(\p{L}\.)+$|^\p{L}$/u.test(word)

/**
 * The parts of a whole name as they most likely are; what cannot be guessed is left in the surname.
 * Names of senders are «Имя Фамилия» more often than not, lists are «Фамилия Имя»: endings tell.
 */
export const guessedName = (name: string): NameParts => {
  const sure = partedName(name)
  if (sure) return sure
  const words = name.trim().split(/\s+/).filter(Boolean)
  const [first = '', second = ''] = words
  const cut = (parts: NameParts): NameParts =>
    Object.fromEntries(
      nameParts.flatMap((part) =>
        parts[part] ? [[part, parts[part].slice(0, longestNamePart)]] : [],
      ),
    )
  if (words.length === 0) return {}
  if (words.length === 1)
    return looksLikeSurname(first) ? cut({ lastName: first }) : cut({ firstName: first })
  if (words.length > 2) return cut({ lastName: first, firstName: words.slice(1).join(' ') })
  if (isPatronymic(second)) return cut({ firstName: first, middleName: second })
  const isTurned = isInitials(first) || (!isInitials(second) && !isFirstSurname(first, second))
  return isTurned
    ? cut({ lastName: second, firstName: first })
    : cut({ lastName: first, firstName: second })
}

const isFirstSurname = (first: string, second: string): boolean =>
  firstNames.has(second.toLowerCase()) || (looksLikeSurname(first) && !looksLikeSurname(second))

type Named = Readonly<Record<string, unknown>>
type Change = [before: unknown, after: unknown]

export const partsOf = (row: Named): NameParts =>
  Object.fromEntries(
    nameParts.flatMap((part) => {
      const value = row[part]
      return typeof value === 'string' && value !== '' ? [[part, value]] : []
    }),
  )

const hasParts = (parts: NameParts): boolean => wholeName(parts) !== ''

/**
 * How the name of a record becomes what another record, or a file, says: the parts of a name and the
 * whole go together, or «Иванова Мария» and «Петрова Анна Сергеевна» would make a third woman.
 *
 * @param how `fill`: only what contradicts nothing; `over`: what is given there replaces what is here;
 *   `instead`: so that nothing of the name here is left
 */
export const nameChanges = (
  row: Named,
  next: Named,
  how: 'fill' | 'over' | 'instead',
): Record<string, Change> => {
  const [mine, theirs] = [partsOf(row), partsOf(next)]
  const changed: Record<string, Change> = {}
  if (!hasParts(theirs)) {
    const isSaid = typeof next.name === 'string' && next.name !== '' && next.name !== row.name
    if (how === 'fill' || !isSaid) return changed
    // The same name, only not taken apart, says less.
    if (hasParts(mine) && how === 'over' && sameWords(row.name, next.name)) return changed
    for (const part of nameParts) if (mine[part]) changed[part] = [mine[part], null]
    changed.name = [row.name ?? null, next.name]
    return changed
  }
  if (!hasParts(mine) && how === 'fill' && !sameWords(row.name, wholeName(theirs))) return changed
  const common = nameParts.filter((part) => mine[part] && theirs[part])
  const agrees =
    (!hasParts(mine) || common.length > 0) &&
    common.every((part) => sameWords(mine[part], theirs[part]))
  for (const part of nameParts) {
    const [here, there] = [mine[part] ?? null, theirs[part] ?? null]
    if (here === there) continue
    if (how === 'instead' || (there && (how === 'over' || (agrees && !here))))
      changed[part] = [here, there]
  }
  // An organisation shows no parts.
  if (how === 'instead' && next.name !== row.name)
    changed.name = [row.name ?? null, next.name ?? null]
  return changed
}

/** Whether two names are the same but for the order of words, signs and legal forms. */
export const sameWords = (a: unknown, b: unknown): boolean =>
  sortedWords(String(a ?? '')) === sortedWords(String(b ?? ''))

const sortedWords = (name: string): string => wordsOfName(name).split(' ').sort().join(' ')
