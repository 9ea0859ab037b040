/** The holding that a client belongs to: head, sisters, daughters, and what is open with each (F67). */
import { Plus, Unlink } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { formatMoney } from '../../../../shared/fields/words.ts'
import type { ClientRow } from '../../../../shared/records/client.ts'
import { mayWriteContact } from '../../../../shared/records/contact.ts'
import { Button, classNames, IconButton, showToast } from '../../../design/index.ts'
import { locale } from '../../../i18n/index.ts'
import { reasonText } from '../../../i18n/reasons.ts'
import { type Replica, type StoredRow, useLive } from '../../../replica/index.ts'
import { ContactAvatar } from '../photo/contact-avatar.tsx'
import related from '../related.module.css'
import styles from './holding.module.css'
import { HoldingDialog } from './holding-dialog.tsx'
import { holdingOf, type Member, together } from './holding-tree.ts'
import { t } from './texts.ts'

interface HoldingProps {
  client: ClientRow
  replica: Replica
  readOnly: boolean
}

/** Nothing where the client stands alone: a simple client is one record, and sees one. */
export const Holding = ({ client, replica, readOnly }: HoldingProps) => {
  const [adding, setAdding] = useState(false)
  const members = useLive<Member[] | null>(
    async () => {
      const company = await replica.base.client.get(client.id)
      return company ? holdingOf(replica.base, company) : null
    },
    [client.id, replica],
    null,
  ).value
  if (!members) return null
  const takeOut = async (company: StoredRow<'client'>) => {
    const { parent } = company
    if (!(await put(replica, company.id, null))) return
    showToast({
      text: t('takenOut', { name: company.name }),
      undo: () => put(replica, company.id, parent ?? null),
    })
  }
  const sums = words(together(members))
  return (
    <section class={related.block} aria-label={t('title')}>
      <h2 class={related.title}>{t('title')}</h2>
      <ul class={related.persons}>
        {members.map(({ company, depth, open }) => (
          <li
            key={company.id}
            class={related.person}
            // Deeper ones stand no further in: the column is narrow.
            style={{ paddingInlineStart: `${Math.min(depth, 4) * 20}px` }}
          >
            <Link
              href={`/clients/${company.id}`}
              class={classNames(related.personLink, styles.member)}
              {...(company.id === client.id && { 'aria-current': 'page' as const })}
            >
              <ContactAvatar contact={company} size={24} />
              <span class={related.words}>
                <span class={related.name}>{company.name}</span>
                <span class="meta tabular">
                  {[depth === 0 && t('head'), words(open)].filter(Boolean).join(' · ')}
                </span>
              </span>
            </Link>
            {depth > 0 && mayWriteContact(replica.subject.value, company, company) === null && (
              <IconButton
                icon={Unlink}
                label={t('takeOut', { name: company.name })}
                onClick={() => takeOut(company)}
              />
            )}
          </li>
        ))}
      </ul>
      {sums && (
        <p class={styles.total}>
          <span class="meta">{t('open')}</span>
          <span class="tabular">{sums}</span>
        </p>
      )}
      {!readOnly && (
        <div class={related.buttons}>
          <Button icon={Plus} onClick={() => setAdding(true)}>
            {t('add')}
          </Button>
        </div>
      )}
      {adding && (
        <HoldingDialog client={client} replica={replica} onClose={() => setAdding(false)} />
      )}
    </section>
  )
}

const words = (sums: Readonly<Record<string, number>>): string =>
  Object.entries(sums)
    .map(([currency, amount]) => formatMoney({ amount, currency }, locale.value))
    .join(' + ')

/** Puts a company into another, or takes it out; says why that is not possible. */
export const put = async (
  replica: Replica,
  id: string,
  parent: string | null,
): Promise<boolean> => {
  const result = await replica.write('client', id, { parent })
  if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
  return result.ok
}
