/** What the form of a new Interest does not ask for by name, with the editors of its card. */

import { ok } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { useNamesFor } from '../../fields/client-currency.ts'
import type { Replica } from '../../replica/index.ts'
import { Blocks, useLayout } from '../clients/card-fields.tsx'
import { useEmployees } from '../dialogs/use-employees.ts'
import { alsoAfter, rowOfWrite } from '../forms/record-in-making.ts'
import { cardFields, InterestField, isAsked } from './fields.tsx'
import { PersonBlock } from './person-block.tsx'
import type { Interest, Scenario } from './queries.ts'
import { t } from './texts.ts'

interface FurtherFieldsProps {
  client: string
  scenario: Scenario
  stage: string
  also: Patch
  onAlso: (act: (before: Patch) => Patch) => void
  replica: Replica
}

const asked: ReadonlySet<string> = new Set(['name', 'client', 'amount', 'closeDate', 'responsible'])

export const FurtherFields = (props: FurtherFieldsProps) => {
  const { client, scenario, stage, also, onAlso, replica } = props
  const names = useNamesFor(replica, client || undefined)
  const employees = useEmployees(replica)
  const arrangement = useLayout('interest', employees, replica)?.arrangement
  const made = { type: 'interest' as const, id: '', patch: {} }
  // By its declaration; what the form asks for by name is not shown here.
  const row = {
    ...rowOfWrite({ ...made, patch: also }),
    status: 'open',
    position: { scenario: scenario.id, stage, kind: 'open', since: 0 },
    scenario: scenario.id,
    stage,
    lines: [],
  } as unknown as Interest
  const save = async (change: Patch) => {
    onAlso((before) => alsoAfter(made, before, change))
    return ok(null)
  }
  const infos = cardFields([]).filter(
    (info) => info.writable && !asked.has(info.key) && isAsked(info, row),
  )
  return (
    <>
      <PersonBlock
        words={{ title: t('person'), choose: t('choosePerson'), remove: t('removePerson') }}
        person={row.person}
        save={save}
        replica={replica}
        readOnly={false}
      />
      <Blocks
        infos={infos}
        arrangement={arrangement}
        control={(info) => (
          <InterestField
            row={row}
            scenario={scenario}
            save={save}
            replica={replica}
            readOnly={false}
            info={info}
            names={names}
          />
        )}
      />
    </>
  )
}
