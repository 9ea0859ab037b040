/** The head of a company as its contact person. */
import { partedName } from '../../../shared/human-names.ts'
import type { Company } from '../../../shared/protocol/companies.ts'
import type { ClientRow } from '../../../shared/records/client.ts'
import { entryId } from '../../../shared/records/directory.ts'
import type { Write } from '../../replica/index.ts'
import { personWrite } from '../clients/new-contact.ts'

export type Head = NonNullable<Company['head']>

/** The default entry of the directory of roles; a company that deleted it sees no role. */
const headRole = entryId('contactRole', 'director')

export const headWrite = (
  { name, post }: Head,
  client: Pick<ClientRow, 'id' | 'managers' | 'open'>,
  self: string,
): Write => {
  const names = partedName(name)
  const write = personWrite(
    { name, ...(names && { names }), ...(post && { position: post }) },
    client,
    self,
  )
  return { ...write, patch: { ...write.patch, role: headRole } }
}
