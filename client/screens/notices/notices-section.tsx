/** In the profile: which notices one wants, and whether this device shows them over other windows. */
import { useState } from 'preact/hooks'
import { type NoticeKind, noticeKinds } from '../../../shared/records/notice.ts'
import { Button, Switch, showToast } from '../../design/index.ts'
import { useReplica, useSession } from '../../frame/app-context.ts'
import { Section } from '../../frame/page.tsx'
import { labelOf } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { itemsChanged, useLive } from '../../replica/index.ts'
import { t } from './texts.ts'

// Object.keys forgets the key type
const kinds = Object.keys(noticeKinds) as NoticeKind[]

export const NoticesSection = () => {
  const replica = useReplica()
  const { user } = useSession()
  const row = useLive(() => replica.base.employee.get(user.id), [replica, user.id], undefined).value
  const quiet = row?.quiet ?? []
  const set = async (kind: NoticeKind, on: boolean) => {
    const result = await replica.write('employee', user.id, {
      quiet: itemsChanged({ [kind]: !on }),
    })
    if (!result.ok) showToast({ text: reasonText(result.reason), stays: true })
  }
  // Until the first sync brought the person's own record there is nothing to choose.
  if (!row) return null
  return (
    <Section title={t('title')} hint={t('off.hint')}>
      {kinds.map((kind) => (
        <Switch
          key={kind}
          label={labelOf(noticeKinds[kind])}
          checked={!quiet.includes(kind)}
          onChecked={(on) => set(kind, on)}
        />
      ))}
      <SystemNotifications />
    </Section>
  )
}

/** Asked for by a press only: browsers hide the question that comes unasked. */
const SystemNotifications = () => {
  const [permission, setPermission] = useState(
    typeof Notification === 'undefined' ? null : Notification.permission,
  )
  if (permission === null) return null
  if (permission !== 'default')
    return (
      <p class="meta">
        {t('system.title')}: {t(permission === 'granted' ? 'system.on' : 'system.denied')}
      </p>
    )
  return (
    <div>
      <Button onClick={async () => setPermission(await Notification.requestPermission())}>
        {t('system.ask')}
      </Button>
      <p class="meta">{t('system.hint')}</p>
    </div>
  )
}
