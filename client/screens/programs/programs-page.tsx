/** Настройки → «API»: tokens of other programs, and how these call the relay. */
import { Plus } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import type { ApiToken } from '../../../shared/protocol/rest.ts'
import { Button } from '../../design/index.ts'
import { formatDate } from '../../format/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { FormError } from '../../frame/form.tsx'
import { Page, Section } from '../../frame/page.tsx'
import { reasonText } from '../../i18n/reasons.ts'
import { api } from '../../session/index.ts'
import { HowToCall } from './how-to-call.tsx'
import { t } from './texts.ts'
import { NewTokenDialog } from './token-dialog.tsx'
import { isOver, isSuspended, TokenRows } from './token-rows.tsx'

export const ProgramsPage = () => {
  const { administrator } = useReplica().subject.value
  return (
    <Page title={t('title')} back="/settings">
      <p>{t('about')}</p>
      {administrator ? <Tokens /> : <p class="meta">{t('administrators')}</p>}
      <HowToCall />
    </Page>
  )
}

const Tokens = () => {
  const [tokens, setTokens] = useState<ApiToken[] | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const [making, setMaking] = useState(false)
  const load = async () => {
    const answer = await api.tokens()
    setFailure(answer.ok ? null : reasonText(answer.reason))
    if (answer.ok) setTokens(answer.value.tokens)
  }
  useEffect(() => void load(), [])
  const [now, over] = [false, true].map((ended) =>
    (tokens ?? []).filter((token) => isOver(token) === ended),
  )
  const suspendedAt = tokens?.find(isSuspended)?.suspendedAt
  return (
    <>
      <Section
        title={t('tokens')}
        actions={
          <Button kind="primary" icon={Plus} onClick={() => setMaking(true)}>
            {t('create')}
          </Button>
        }
      >
        {failure !== null && <FormError error={failure} />}
        {suspendedAt !== undefined && (
          <p>{t('suspended.why', { date: formatDate(suspendedAt) })}</p>
        )}
        {tokens !== null && now?.length === 0 && <p class="meta">{t('none')}</p>}
        {now && now.length > 0 && <TokenRows tokens={now} onChanged={load} />}
      </Section>
      {over && over.length > 0 && (
        <Section title={t('ended')}>
          <TokenRows tokens={over} onChanged={load} />
        </Section>
      )}
      {making && <NewTokenDialog onMade={load} onClose={() => setMaking(false)} />}
    </>
  )
}
