import { Dialog } from '../design/index.ts'
import styles from './keys-help.module.css'
import { t } from './later-texts.ts'
import { placesFor } from './places.ts'
import { t as frameText } from './texts.ts'

type Line = [keys: string[], words: string]

const letterOf = (code: string): string => code.replace('Key', '')

export const KeysHelp = ({ hasMail, onClose }: { hasMail: boolean; onClose: () => void }) => {
  const lines: Line[] = [
    [['/', 'Ctrl K'], t('keys.search')],
    [['C'], t('keys.create')],
    [['J', 'K'], t('keys.next')],
    [['Enter'], t('keys.open')],
    [['X'], t('keys.tick')],
    [['Ctrl Enter'], t('keys.send')],
    [['Z'], t('keys.undo')],
    [['Esc'], t('keys.close')],
    [['?'], t('keys.help')],
  ]
  const calendar: Line[] = [
    [['T'], t('keys.today')],
    [['←', '→'], t('keys.page')],
    [['D', 'W', 'M', 'A'], t('keys.view')],
    [['Alt', '← ↑ ↓ →'], t('keys.move')],
    [['Alt Shift', '↑ ↓'], t('keys.stretch')],
  ]
  return (
    <Dialog title={t('keys.title')} onClose={onClose}>
      <dl class={styles.keys}>
        {lines.map(line)}
        {placesFor(hasMail).map((place) => (
          <div key={place.name}>
            <dt>
              <kbd>G</kbd> <span class="meta">{t('keys.then')}</span>{' '}
              <kbd>{letterOf(place.code)}</kbd>
            </dt>
            <dd>{t('keys.go', { place: frameText(`place.${place.name}`) })}</dd>
          </div>
        ))}
      </dl>
      <h3 class={styles.heading}>{t('keys.calendar')}</h3>
      <dl class={styles.keys}>{calendar.map(line)}</dl>
    </Dialog>
  )
}

const line = ([keys, words]: Line) => (
  <div key={words}>
    <dt>
      {keys.map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </dt>
    <dd>{words}</dd>
  </div>
)
