/** Договоры as a list, and the form of a new one over it. */
import { useLocation, useSearch } from 'wouter-preact'
import { fieldsOf } from '../../../shared/fields/fields.ts'
import { seenFields } from '../../../shared/records/field.ts'
import { useNames } from '../../fields/use-fields.ts'
import { useReplica } from '../../frame/app-context.ts'
import head from '../../lists/head.module.css'
import { type Replica, useLive } from '../../replica/index.ts'
import { copyOfContract } from './copy.ts'
import { ContractList } from './list.tsx'
import { NewContractDialog } from './new-contract-dialog.tsx'

export const DocumentsScreen = ({ creating = false }: { creating?: boolean }) => {
  const replica = useReplica()
  const [, navigate] = useLocation()
  const search = new URLSearchParams(useSearch())
  const [client, interest, copied] = ['client', 'interest', 'copy'].map((key) => search.get(key))
  const ends = {
    replica,
    onClose: () => navigate('/documents'),
    onCreated: (id: string) => navigate(`/documents/${id}`, { replace: true }),
  }
  return (
    <div class={head.screen}>
      <ContractList replica={replica} />
      {creating && copied && <CopyContract id={copied} {...ends} />}
      {creating && !copied && (
        <NewContractDialog
          initial={{ ...(client && { client }), ...(interest && { interest }) }}
          {...ends}
        />
      )}
    </div>
  )
}

interface CopyContractProps {
  id: string
  replica: Replica
  onClose: () => void
  onCreated: (id: string) => void
}

/** The form, filled in with what another contract holds (F64). */
const CopyContract = ({ id, ...ends }: CopyContractProps) => {
  const { replica } = ends
  const names = useNames(replica)
  const { closed } = replica.subject.value
  const known = useLive(
    async () => ({
      row: await replica.base.contract.get(id),
      definitions: await replica.base.field.where('recordType').equals('contract').toArray(),
    }),
    [id, replica],
    null,
  ).value
  if (!known?.row) return null
  // Who may not change a field could not create a record that has it.
  const infos = fieldsOf(
    'contract',
    seenFields(replica.subject.value, known.definitions).filter(({ id }) => !closed?.has(id)),
  )
  return (
    <NewContractDialog copied={id} initial={copyOfContract(known.row, infos, names)} {...ends} />
  )
}
