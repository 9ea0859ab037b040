/** Contracts of a client or an Interest, in the right column of its card. */
import { Plus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { formatDay } from '../../../shared/fields/days.ts'
import { Button } from '../../design/index.ts'
import { locale } from '../../i18n/index.ts'
import { type Replica, useLive } from '../../replica/index.ts'
import block from '../clients/related.module.css'
import type { Interest } from '../interests/queries.ts'
import { contractOfInterest } from './copy.ts'
import { NewContractDialog } from './new-contract-dialog.tsx'
import { type Contract, contractsOf, contractsOfInterest } from './queries.ts'
import { StatusBadge } from './status.tsx'
import { t } from './texts.ts'
import { contractName } from './title.ts'

interface LinkedContractsProps {
  /** Id of the client that a new one is with; of an Interest without a client none. */
  client: string | undefined
  interest?: Interest
  replica: Replica
}

export const LinkedContracts = ({ client, interest, replica }: LinkedContractsProps) => {
  const [creating, setCreating] = useState(false)
  const rows = useLive<Contract[] | null>(
    async () =>
      interest
        ? contractsOfInterest(replica.base, interest.id)
        : client
          ? contractsOf(replica.base, client)
          : [],
    [client, interest?.id, replica],
    null,
  ).value
  return (
    <section class={block.block}>
      <h2 class={block.title}>{t('title')}</h2>
      {rows?.length === 0 && <p class="meta">{t('linked.none')}</p>}
      <ul class={block.persons}>
        {rows?.map((row) => (
          <li key={row.id} class={block.person}>
            <Link href={`/documents/${row.id}`} class={block.personLink}>
              <span class={block.words}>
                <span class={block.name}>{row.subject}</span>
                <span class="meta">
                  <StatusBadge row={row} /> {contractName(row)}
                  {row.validTo && ` · ${t('ends', { date: formatDay(row.validTo) })}`}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <div class={block.buttons}>
        <Button icon={Plus} onClick={() => setCreating(true)}>
          {t('new')}
        </Button>
      </div>
      {creating && (
        <NewContractDialog
          replica={replica}
          initial={{
            ...(client && { client }),
            ...(interest && contractOfInterest(interest, locale.value)),
          }}
          onClose={() => setCreating(false)}
          onCreated={() => setCreating(false)}
        />
      )}
    </section>
  )
}
