/** The menu of a dialog in the list (F315). */
import {
  Contact,
  Mail,
  MailOpen,
  MessageSquare,
  MoreHorizontal,
  RotateCcw,
  UserRound,
  X,
} from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { Row } from '../../../shared/records/declaration.ts'
import { rights } from '../../../shared/rights.ts'
import { IconButton, Menu } from '../../design/index.ts'
import type { Replica } from '../../replica/index.ts'
import { type Act, actOn } from './acts.ts'
import { t } from './acts-texts.ts'
import { AssignDialog } from './assign-dialog.tsx'
import { type DialogEntry, isUnread } from './dialog-list.ts'

interface DialogMenuProps {
  entry: DialogEntry
  /** Of the dialog. */
  name: string
  replica: Replica
}

export const DialogMenu = ({ entry, name, replica }: DialogMenuProps) => {
  const [assigning, setAssigning] = useState<readonly string[] | null>(null)
  const { dialog, last } = entry
  const row = dialog as unknown as Row // a row of the base is one that was projected
  const mayChange = rights(replica.subject.value, row, row) === null
  const act = (made: Act) => () => void actOn(replica, [dialog.id], made)
  const label = t('menu', { name })
  return (
    <>
      <Menu
        label={label}
        trigger={(trigger) => <IconButton {...trigger} icon={MoreHorizontal} label={label} />}
        items={[
          { label: t('open'), icon: MessageSquare, href: `/dialogs/${dialog.id}` },
          ...(entry.clientName !== undefined && dialog.client
            ? [{ label: t('client'), icon: Contact, href: `/clients/${dialog.client}` }]
            : []),
          ...(mayChange
            ? [
                ...(last?.direction === 'in'
                  ? [
                      isUnread(entry)
                        ? {
                            label: t('read'),
                            icon: MailOpen,
                            onSelect: act({ kind: 'read', at: last.at }),
                          }
                        : { label: t('unread'), icon: Mail, onSelect: act({ kind: 'unread' }) },
                    ]
                  : []),
                {
                  label: t('assign'),
                  icon: UserRound,
                  onSelect: () => setAssigning([dialog.id]),
                },
                dialog.state === 'closed'
                  ? { label: t('reopen'), icon: RotateCcw, onSelect: act({ kind: 'reopen' }) }
                  : { label: t('close'), icon: X, onSelect: act({ kind: 'close' }) },
              ]
            : []),
        ]}
      />
      {assigning && (
        <AssignDialog
          replica={replica}
          ids={assigning}
          onClose={() => setAssigning(null)}
          onChoose={(to) => {
            setAssigning(null)
            void actOn(replica, assigning, { kind: 'assign', to })
          }}
        />
      )}
    </>
  )
}
