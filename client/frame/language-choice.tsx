import { Languages } from 'lucide-preact'
import { Button } from '../design/index.ts'
import { locale, setLocale } from '../i18n/index.ts'

/** Each language is named in itself, so that whoever does not read the other one finds it. */
const names = { ru: 'Русский', en: 'English' } as const

export const LanguageChoice = () => {
  const other = locale.value === 'ru' ? 'en' : 'ru'
  return (
    <Button kind="quiet" icon={Languages} onClick={() => setLocale(other)}>
      <span lang={other}>{names[other]}</span>
    </Button>
  )
}
