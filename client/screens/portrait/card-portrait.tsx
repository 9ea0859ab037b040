/** The client by the characteristics that the company chose; nothing on the card where it chose none (F75). */
import { Link } from 'wouter-preact'
import { fieldsOf, fieldValue, isEmpty } from '../../../shared/fields/fields.ts'
import { chosenPortrait } from '../../../shared/fields/portrait.ts'
import { wordsOf } from '../../../shared/fields/words.ts'
import type { ClientRow } from '../../../shared/records/client.ts'
import { useDefinitions, useNames } from '../../fields/use-fields.ts'
import { labelOf } from '../../i18n/index.ts'
import { classFields, useClasses } from '../../lists/use-classes.ts'
import { type Replica, useLive } from '../../replica/index.ts'
import block from '../clients/related.module.css'
import styles from './portrait.module.css'
import { t } from './texts.ts'

export const CardPortrait = ({ client, replica }: { client: ClientRow; replica: Replica }) => {
  const kept = useLive(() => replica.base.completeness.toArray(), [replica], []).value
  const keys = chosenPortrait(kept) ?? []
  const definitions = useDefinitions(replica, 'client')
  const classes = useClasses(
    replica,
    keys.some((key) => key === 'abc' || key === 'xyz'),
  )
  const names = useNames(replica)
  const infos = [...fieldsOf('client', definitions), ...classFields(classes)]
  const row: Readonly<Record<string, unknown>> = { ...client }
  const known = keys.flatMap((key) => {
    const info = infos.find((each) => each.key === key)
    const value = info && fieldValue(info, row)
    return info && !isEmpty(value) ? [{ key, info, words: wordsOf(info, value, names) }] : []
  })
  if (known.length === 0) return null
  return (
    <section class={block.block} aria-label={t('card')}>
      <h2 class={block.title}>
        <Link class="link" href="/clients/portrait">
          {t('card')}
        </Link>
      </h2>
      <dl class={styles.traits}>
        {known.map(({ key, info, words }) => (
          <div key={key} class={styles.trait}>
            <dt class="meta">{labelOf(info.label)}</dt>
            <dd class={styles.value}>{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
