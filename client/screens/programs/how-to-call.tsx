import { Copy } from 'lucide-preact'
import { IconButton } from '../../design/index.ts'
import { Section } from '../../frame/page.tsx'
import { copy } from './copyable.tsx'
import styles from './programs.module.css'
import { t } from './texts.ts'

const description = '/api/v1/openapi.json'

/** How another program calls the relay, with examples to be copied into a terminal. */
export const HowToCall = () => {
  const root = `${location.origin}/api/v1`
  const header = `-H 'Authorization: Bearer interes_…'`
  const client = `{"kind": "organisation", "name": "Ромашка", "inn": "7707083893"}`
  return (
    <Section title={t('how')}>
      <p>{t('how.header')}</p>
      <p>{t('how.read')}</p>
      <Example text={`curl -g '${root}/clients?filter[inn]=7707083893' \\\n  ${header}`} />
      <p>{t('how.write')}</p>
      <Example
        text={[
          `curl -X POST '${root}/clients?on_duplicate=return'`,
          `  ${header}`,
          `  -H 'Content-Type: application/json'`,
          `  -H 'Idempotency-Key: order-1024'`,
          `  -d '${client}'`,
        ].join(' \\\n')}
      />
      <p>{t('how.follow')}</p>
      <Example text={`curl '${root}/clients?after=<cursor>' \\\n  ${header}`} />
      <p>{t('how.change')}</p>
      <p>{t('how.fields')}</p>
      <p>{t('how.limits')}</p>
      <p>
        <a class="link" href={description} target="_blank" rel="noopener">
          {t('openapi')}
        </a>
      </p>
    </Section>
  )
}

const Example = ({ text }: { text: string }) => (
  <div class={styles.example}>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines are scrolled by the keyboard too */}
    <pre tabIndex={0}>{text}</pre>
    <IconButton icon={Copy} label={t('copy.example')} onClick={() => copy(text)} />
  </div>
)
