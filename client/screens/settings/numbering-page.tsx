/** Настройки → Документы: how contracts are numbered (F244). */
import { useState } from 'preact/hooks'
import {
  formatNumber,
  isNumberFormat,
  type NumberFormat,
  type NumberingRow,
  nextAfter,
  numberingId,
  usualFormats,
} from '../../../shared/records/numbering.ts'
import { Button, Field, Input, LinkButton, Switch, showToast } from '../../design/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { Form } from '../../frame/form.tsx'
import { Page, Section } from '../../frame/page.tsx'
import { reasonText } from '../../i18n/reasons.ts'
import { type Replica, useLive } from '../../replica/index.ts'
import { t } from './numbering-texts.ts'
import styles from './settings.module.css'

export const NumberingPage = () => {
  const replica = useReplica()
  const row = useLive<NumberingRow | null | undefined>(
    async () => (await replica.base.numbering.get(numberingId('contract'))) ?? null,
    [replica],
    undefined,
  ).value
  const { administrator } = replica.subject.value
  return (
    <Page
      title={t('title')}
      back="/settings"
      actions={<LinkButton href="/documents">{t('open')}</LinkButton>}
    >
      {row !== undefined && (
        <Section title={t('contracts')} hint={t('hint')}>
          {administrator ? (
            <FormatForm
              key={JSON.stringify(row?.format)}
              row={row}
              format={row?.format ?? usualFormats.contract}
              replica={replica}
            />
          ) : (
            <p>{exampleOf(row, row?.format ?? usualFormats.contract)}</p>
          )}
        </Section>
      )}
    </Page>
  )
}

const exampleOf = (row: NumberingRow | null, format: NumberFormat): string =>
  format.automatic
    ? t('next', { number: formatNumber(format, nextAfter(format, row?.given)) })
    : t('byHand')

interface FormatFormProps {
  row: NumberingRow | null
  format: NumberFormat
  replica: Replica
}

const FormatForm = ({ row, format, replica }: FormatFormProps) => {
  const [prefix, setPrefix] = useState(format.prefix)
  const [first, setFirst] = useState(String(format.first))
  const [digits, setDigits] = useState(String(format.digits))
  const [automatic, setAutomatic] = useState(format.automatic)
  const wanted: unknown = {
    prefix: prefix.trimStart(),
    first: Number(first),
    digits: Number(digits),
    automatic,
  }
  const isRight = isNumberFormat(wanted)
  const save = async () => {
    if (!isRight) return
    const patch = { recordType: 'contract', format: wanted }
    const result = await replica.write('numbering', numberingId('contract'), patch)
    showToast(result.ok ? { text: t('saved') } : { text: reasonText(result.reason), stays: true })
  }
  return (
    <Form onSubmit={save} label={t('contracts')}>
      <Switch label={t('automatic')} checked={automatic} onChecked={setAutomatic} />
      {automatic && (
        <>
          <Field label={t('prefix')} hint={t('prefix.hint')}>
            {(control) => (
              <Input
                {...control}
                value={prefix}
                onValue={setPrefix}
                maxLength={20}
                autocomplete="off"
              />
            )}
          </Field>
          <Field label={t('first')} required>
            {(control) => (
              <Input
                {...control}
                value={first}
                onValue={setFirst}
                inputMode="numeric"
                autocomplete="off"
              />
            )}
          </Field>
          <Field label={t('digits')} hint={t('digits.hint')} required>
            {(control) => (
              <Input
                {...control}
                value={digits}
                onValue={setDigits}
                inputMode="numeric"
                autocomplete="off"
              />
            )}
          </Field>
        </>
      )}
      <p role="status">{isRight ? exampleOf(row, wanted) : t('wrong')}</p>
      <div class={styles.buttons}>
        <Button kind="primary" type="submit" disabled={!isRight}>
          {t('save')}
        </Button>
      </div>
    </Form>
  )
}
