import { Download } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import { Button } from '../../design/index.ts'
import { installPrompt, isInstalled } from '../../frame/install.ts'
import { Page, Section } from '../../frame/page.tsx'
import { DeviceFacts } from '../offline-work/offline-work-screen.tsx'
import { t } from './device-texts.ts'
import { ExportSection } from './export-section.tsx'

const installWords = () => {
  if (isInstalled()) return t('device.installed')
  if (installPrompt.value) return t('device.installText')
  return t(/iPhone|iPad/.test(navigator.userAgent) ? 'device.installIos' : 'device.installBrowser')
}

export const DevicePage = () => {
  const [persisted, setPersisted] = useState<boolean | null>(null)
  useEffect(() => {
    navigator.storage?.persisted?.().then(setPersisted)
  }, [])
  const install = installPrompt.value
  return (
    <Page title={t('device.title')} back="/settings">
      <DeviceFacts />
      {persisted !== null && (
        <Section title={t('device.persisted')}>
          <p>{t(persisted ? 'device.isPersisted' : 'device.notPersisted')}</p>
        </Section>
      )}
      <ExportSection />
      <Section title={t('device.install')}>
        <p>{installWords()}</p>
        {install && (
          <div>
            <Button kind="primary" icon={Download} onClick={install}>
              {t('device.install')}
            </Button>
          </div>
        )}
      </Section>
    </Page>
  )
}
