/** Browsers by what marks them; those that pretend to be another one stand before it. */
const browsers: readonly [RegExp, string][] = [
  [/YaBrowser\//, 'Яндекс Браузер'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const systems: readonly [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

const nameIn = (agent: string, names: readonly [RegExp, string][]): string | undefined =>
  names.find(([mark]) => mark.test(agent))?.[1]

/** «Chrome, Windows» of a User-Agent; null for one that says neither. */
export const agentName = (agent: string): string | null => {
  const known = [nameIn(agent, browsers), nameIn(agent, systems)].filter(Boolean)
  return known.length > 0 ? known.join(', ') : null
}
