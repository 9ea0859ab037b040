import { Dialog } from '../design/index.ts'
import styles from './keys-help.module.css'
import { t } from './later-texts.ts'
import { placesFor } from './places.ts'
import { t as frameText } from './texts.ts'

const letterOf = (code: string): string => code.replace('Key', '')

export const KeysHelp = ({ hasMail, onClose }: { hasMail: boolean; onClose: () => void }) => {
  const lines: [string[], string][] = [
    [['/', 'Ctrl K'], t('keys.search')],
    [['C'], t('keys.create')],
    [['J', 'K'], t('keys.next')],
    [['Enter'], t('keys.open')],
    [['X'], t('keys.tick')],
    [['Ctrl Enter'], t('keys.send')],
    [['Esc'], t('keys.close')],
    [['?'], t('keys.help')],
  ]
  return (
    <Dialog title={t('keys.title')} onClose={onClose}>
      <dl class={styles.keys}>
        {lines.map(([keys, words]) => (
          <div key={words}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
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
    </Dialog>
  )
}
