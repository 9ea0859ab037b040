import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { RightsView } from '../../../shared/protocol/api.ts'
import { declarationOf, isRecordType } from '../../../shared/records/index.ts'
import { Button, showToast } from '../../design/index.ts'
import { Rows, Section } from '../../frame/page.tsx'
import { labelOf } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { api } from '../../session/index.ts'
import { t } from './people-texts.ts'
import styles from './settings.module.css'

const typeName = (type: string): string =>
  isRecordType(type) ? labelOf(declarationOf(type).label) : type

/** What an employee sees, by the relay's own word. */
/** Not told apart from the records they are of. */
const isCounted = ({ type }: { type: string }): boolean => type !== 'privateValue'

export const EmployeeView = ({ user }: { user: string }) => {
  const [view, setView] = useState<RightsView | null>(null)
  const [busy, setBusy] = useState(false)
  const show = async () => {
    setBusy(true)
    const answer = await api.rightsView(user)
    setBusy(false)
    if (answer.ok) setView(answer.value)
    else showToast({ text: reasonText(answer.reason) })
  }
  return (
    <Section
      title={t('view.title')}
      hint={t('view.hint')}
      actions={
        <Button busy={busy} onClick={show}>
          {t('view.show')}
        </Button>
      }
    >
      {view && (
        <>
          <dl class={styles.counts}>
            {view.counts.filter(isCounted).map(({ type, seen, all }) => (
              <div key={type} style={{ display: 'contents' }}>
                <dt>{typeName(type)}</dt>
                <dd class="tabular">{t('view.of', { seen, all })}</dd>
              </div>
            ))}
          </dl>
          {view.records.length > 0 && (
            <Rows>
              {view.records.map(({ id, type, name }) => (
                <li key={id}>
                  <Link href={`/${type}s/${id}`} class={styles.row}>
                    <span class={styles.rowWords}>
                      <b class="ellipsis">{name}</b>
                      <span class="meta">{typeName(type)}</span>
                    </span>
                  </Link>
                </li>
              ))}
            </Rows>
          )}
          {view.more && <p class="meta">{t('view.more', { count: view.records.length })}</p>}
        </>
      )}
    </Section>
  )
}
