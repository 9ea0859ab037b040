/** The face of a client or a contact person, with the badge of who may see them (F55, F57). */
import { Eye, PencilLine } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import type { openness } from '../../../../shared/records/contact.ts'
import { Avatar, type AvatarProps, Icon } from '../../../design/index.ts'
import { useReplica } from '../../../frame/app-context.ts'
import { t } from '../texts.ts'
import styles from './contact-avatar.module.css'

interface ContactAvatarProps {
  contact: { name: string; kind?: string; photo?: string; open?: keyof typeof openness }
  size: NonNullable<AvatarProps['size']>
}

export const ContactAvatar = ({ contact, size }: ContactAvatarProps) => {
  const { name, kind = 'person', photo, open } = contact
  const picture = usePicture(photo)
  return (
    <span class={styles.face}>
      <Avatar
        name={name}
        size={size}
        shape={kind === 'person' ? 'circle' : 'square'}
        {...(picture && { picture })}
      />
      {(open === 'read' || open === 'write') && (
        <span class={styles.badge} data-size={size} title={t(`client.visibility.${open}`)}>
          <Icon of={open === 'write' ? PencilLine : Eye} />
          <span class="visually-hidden">{t(`client.visibility.${open}`)}</span>
        </span>
      )}
    </span>
  )
}

/** Address of a photo; undefined until it is there, and with no network where it never was. */
export const usePicture = (hash: string | undefined): string | undefined => {
  const replica = useReplica()
  const [read, setRead] = useState<{ hash: string; url: string } | null>(null)
  useEffect(() => {
    if (!hash) return
    let wanted = true
    replica.fileUrl(hash).then((url) => {
      if (wanted && url.ok) setRead({ hash, url: url.value })
    })
    return () => {
      wanted = false
    }
  }, [hash, replica])
  return read?.hash === hash ? read?.url : undefined
}
