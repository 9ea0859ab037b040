/** What a text made from a template lacks, and what of it not everyone may see. */
import type { Rendered } from '../../../shared/templates/render.ts'
import styles from './editor.module.css'
import { t } from './texts.ts'

type ProblemsProps = Pick<Rendered<unknown>, 'problems' | 'restricted'>

export const Problems = ({ problems, restricted }: ProblemsProps) => (
  <>
    {problems.length > 0 && (
      <details class={styles.problems}>
        <summary>{t('problems', { count: problems.length })}</summary>
        <ul>
          {problems.map(({ label, fault }) => (
            <li key={label}>
              {label} <span class="meta">— {t(`fault.${fault}`)}</span>
            </li>
          ))}
        </ul>
      </details>
    )}
    {restricted.length > 0 && (
      <p class={styles.restricted}>{t('restricted', { fields: restricted.join(', ') })}</p>
    )}
  </>
)
