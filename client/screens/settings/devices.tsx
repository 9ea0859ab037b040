import { Laptop } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import type { Device } from '../../../shared/protocol/api.ts'
import { Badge, Button, Dialog, Icon, showToast } from '../../design/index.ts'
import { formatAge, formatDate } from '../../format/index.ts'
import { Rows, Section } from '../../frame/page.tsx'
import { useLatest } from '../../frame/use-latest.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { api } from '../../session/index.ts'
import { agentName } from './agent-name.ts'
import { t } from './people-texts.ts'
import styles from './settings.module.css'

/** Devices of an employee: when each was last here, and how to put one out. */
export const Devices = ({ user }: { user: string }) => {
  const [devices, setDevices] = useState<Device[] | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [asked, setAsked] = useState<Device | null>(null)
  const begin = useLatest()
  const load = async () => {
    const isLatest = begin()
    const answer = await api.devices(user)
    if (!isLatest()) return
    setError(answer.ok ? null : reasonText(answer.reason))
    if (answer.ok) setDevices(answer.value.devices)
  }
  useEffect(() => {
    load()
  }, [user])

  const revoke = async ({ id }: Device) => {
    setAsked(null)
    const answer = await api.revokeDevice(id)
    showToast({ text: answer.ok ? t('devices.done') : reasonText(answer.reason) })
    await load()
  }
  return (
    <Section title={t('devices.title')} hint={error ?? t('devices.hint')}>
      {devices?.length === 0 && <p>{t('devices.none')}</p>}
      {devices !== null && devices.length > 0 && (
        <Rows>
          {devices.map((device) => (
            <li key={device.id} class={styles.row}>
              <Icon of={Laptop} />
              <span class={styles.rowWords}>
                <b class="ellipsis">{agentName(device.agent) ?? t('devices.unknown')}</b>
                <span class="meta ellipsis">{contactWords(device)}</span>
              </span>
              {device.current && <Badge>{t('devices.current')}</Badge>}
              {device.revokedAt !== undefined && <Badge kind="red">{t('devices.revoked')}</Badge>}
              {!device.current && device.revokedAt === undefined && (
                <Button kind="quiet" onClick={() => setAsked(device)}>
                  {t('devices.revoke')}
                </Button>
              )}
            </li>
          ))}
        </Rows>
      )}
      {asked && (
        <Dialog
          title={t('devices.ask')}
          onClose={() => setAsked(null)}
          footer={
            <>
              <Button onClick={() => setAsked(null)}>{t('cancel')}</Button>
              <Button kind="danger" onClick={() => revoke(asked)}>
                {t('devices.revoke')}
              </Button>
            </>
          }
        >
          <p>{t('devices.consequence')}</p>
        </Dialog>
      )}
    </Section>
  )
}

const contactWords = ({ connected, lastAt, firstAt }: Device): string =>
  [
    connected ? t('devices.connected') : t('devices.lastAt', { age: formatAge(lastAt) }),
    t('devices.firstAt', { date: formatDate(firstAt) }),
  ].join(' · ')
