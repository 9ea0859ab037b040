/** Interests of a client, in the right column of its card. */
import { Plus } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import { totalOf } from '../../../shared/interests/moves.ts'
import { Badge, Button } from '../../design/index.ts'
import { useNames } from '../../fields/use-fields.ts'
import { WhenComplete } from '../../frame/when-complete.tsx'
import { useClasses } from '../../lists/use-classes.ts'
import { type Replica, useLive } from '../../replica/index.ts'
import block from '../clients/related.module.css'
import { formatSum } from './money.ts'
import { NewInterestDialog } from './new-interest-dialog.tsx'
import { type Interest, interestsOf, useScenarios } from './queries.ts'
import { t } from './texts.ts'

export const ClientInterests = ({ client, replica }: { client: string; replica: Replica }) => {
  const [creating, setCreating] = useState(false)
  const rows = useLive<Interest[] | null>(
    () => interestsOf(replica.base, client),
    [client, replica],
    null,
  ).value
  const stages = new Map(
    useScenarios(replica).flatMap((scenario) =>
      scenario.stages.map((stage) => [stage.id, stage] as const),
    ),
  )
  return (
    <section class={block.block}>
      <h2 class={block.title}>{t('client.interests')}</h2>
      {rows?.length === 0 && (
        <WhenComplete
          small
          isMissing={async () => (await interestsOf(replica.base, client)).length === 0}
        >
          <p class="meta">{t('client.none')}</p>
        </WhenComplete>
      )}
      <ul class={block.persons}>
        {rows?.map((row) => (
          <li key={row.id} class={block.person}>
            <Link href={`/interests/${row.id}`} class={block.personLink}>
              <span class={block.words}>
                <span class={block.name}>{row.name}</span>
                <span class="meta">
                  <Badge
                    kind={row.status === 'won' ? 'green' : row.status === 'lost' ? 'red' : 'accent'}
                  >
                    {stages.get(row.stage)?.name ?? ''}
                  </Badge>{' '}
                  {row.amount && formatSum(totalOf(row), row.amount.currency)}
                </span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {rows?.some(({ status }) => status === 'won') && (
        <ClassLine client={client} replica={replica} />
      )}
      <div class={block.buttons}>
        <Button icon={Plus} onClick={() => setCreating(true)}>
          {t('client.add')}
        </Button>
      </div>
      {creating && (
        <NewInterestDialog
          replica={replica}
          initial={{ client }}
          onClose={() => setCreating(false)}
          onCreated={() => setCreating(false)}
        />
      )}
    </section>
  )
}

/** What the client is among all by what it bought, and what that comes from (F75). */
const ClassLine = ({ client, replica }: { client: string; replica: Replica }) => {
  const found = useClasses(replica, true)?.get(client)
  const { currency } = useNames(replica)
  if (!found) return null
  const { abc, xyz, sum, share, variation } = found
  return (
    <p class="meta">
      <Badge>{`${abc.toUpperCase()} · ${xyz.toUpperCase()}`}</Badge>{' '}
      {t('classes', {
        sum: formatSum(sum, currency),
        share: Math.round(share),
        variation: Math.round(variation),
      })}
    </p>
  )
}
