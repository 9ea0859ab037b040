/**
 * Names as keys: the same firm or person written differently gives the same key. Letter case, ё, quotes,
 * signs, legal forms and the alphabet do not count; the order of words does not with people.
 */

/** Legal forms, as they are written before or after a name, in both alphabets. Longest first. */
const legalForms = [
  'общество с ограниченной ответственностью',
  'непубличное акционерное общество',
  'публичное акционерное общество',
  'открытое акционерное общество',
  'закрытое акционерное общество',
  'акционерное общество',
  'индивидуальный предприниматель',
  'автономная некоммерческая организация',
  'крестьянское фермерское хозяйство',
  'товарищество с ограниченной ответственностью',
  'федеральное государственное унитарное предприятие',
  'государственное унитарное предприятие',
  'муниципальное унитарное предприятие',
  'limited liability company',
  'joint stock company',
  'ооо',
  'оао',
  'зао',
  'пао',
  'нао',
  'ао',
  'ип',
  'ано',
  'нко',
  'кфх',
  'тоо',
  'одо',
  'чуп',
  'уп',
  'фгуп',
  'фгбу',
  'гуп',
  'муп',
  'ooo',
  'oao',
  'zao',
  'pao',
  'ao',
  'ip',
  'llc',
  'ltd',
  'jsc',
  'ojsc',
  'cjsc',
  'pjsc',
  'inc',
  'corp',
  'gmbh',
  'ag',
  'plc',
].map((form) => form.split(' '))

/** Cyrillic letters as they are most often written in Latin ones; Ukrainian and Belarusian ones too. */
const latin: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ґ: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  є: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  і: 'i',
  ї: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ў: 'u',
  ф: 'f',
  х: 'h',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'sh',
  ъ: '',
  ы: 'i',
  ь: '',
  э: 'e',
  ю: 'iu',
  я: 'ia',
}

/**
 * Spellings of one sound made one. What is lost with them (радио and раде give the same) is little beside
 * what is found: a duplicate is proposed, never merged by itself.
 */
const foldings: readonly [RegExp, string][] = [
  [/[ьъ'’`ʹ]/g, ''],
  [/shch|sch/g, 'sh'],
  [/kh/g, 'h'],
  [/tz|cz/g, 'ts'],
  [/ph/g, 'f'],
  [/ck/g, 'k'],
  [/c(?!h)/g, 'k'],
  [/x/g, 'ks'],
  [/w/g, 'v'],
  [/[yj]/g, 'i'],
  [/i?e/g, 'e'],
  [/io/g, 'e'],
  [/([a-z])\1+/g, '$1'],
]

/** One word in the letters that keys are made of. */
export const foldWord = (word: string): string => {
  let folded = ''
  for (const letter of word.toLowerCase()) folded += latin[letter] ?? letter
  for (const [pattern, replacement] of foldings) folded = folded.replace(pattern, replacement)
  return folded
}

const wordsOf = (name: string): string[] =>
  name
    .toLowerCase()
    .replaceAll('ё', 'е')
    .normalize('NFKC')
    // Initials and abbreviations: «о.о.о.» and «И.И.» are words, not sentences.
    .replace(/(?<=(?:^|[\s.])\p{L})\.(?=\p{L}\.?(?:[\s.]|$))/gu, '')
    .split(/[^\p{L}\p{N}'’`]+/u)
    .filter((word) => word !== '')

/** Words of a firm's name without legal forms; all of them where nothing else would be left. */
const withoutForms = (words: readonly string[]): string[] => {
  const left: string[] = []
  for (let at = 0; at < words.length; ) {
    const form = legalForms.find((one) => one.every((word, index) => words[at + index] === word))
    if (form) at += form.length
    else left.push(words[at++] ?? '')
  }
  return left.length > 0 ? left : [...words]
}

/** A name as it is written, but for letter case, ё, signs and legal forms: «ООО "Ромашка"» and «ромашка». */
export const wordsOfName = (name: string): string =>
  withoutForms(wordsOf(name))
    .map((word) => word.replace(/['’`]/g, ''))
    .join(' ')

/**
 * The key of a firm's name, or null where there is nothing to compare.
 *
 * @example firmKey('ООО «Торговый дом „Ромашка“»') === firmKey('Torgoviy Dom Romashka, LLC')
 */
export const firmKey = (name: string): string | null => {
  const key = withoutForms(wordsOf(name)).map(foldWord).join('')
  return key === '' ? null : key
}

export interface PersonName {
  /** Words but the patronymic, in alphabetical order. */
  key: string
  /** Folded; a name with none agrees with any. */
  patronymic: string | null
}

/** Endings of patronymics as `foldWord` leaves them: -ович, -евич, -овна, -евна, -ична, and of
 * Ильич, Фомич, Лукич. */
const patronymicEnding = /(?:ovich|evich|ovna|evna|ichna|lich|mich|kich)$/

/**
 * A person's name: word order, patronymic and legal forms (ИП) apart. Null for a single word: half the
 * base is called Елена.
 */
export const personName = (name: string): PersonName | null => {
  const words = withoutForms(wordsOf(name)).map(foldWord)
  if (words.length < 2) return null
  const at = words.length > 2 ? words.findLastIndex((word) => patronymicEnding.test(word)) : -1
  const others = words.filter((_, index) => index !== at)
  return { key: others.sort().join(' '), patronymic: at < 0 ? null : (words[at] ?? null) }
}
