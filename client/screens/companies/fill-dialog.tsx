/** Asks the register for a company by ИНН and fills the card with what the user chooses (F72). */
import { TriangleAlert } from 'lucide-preact'
import { useEffect, useState } from 'preact/hooks'
import type { Company } from '../../../shared/protocol/companies.ts'
import type { Result } from '../../../shared/reasons.ts'
import type { Patch } from '../../../shared/records/change.ts'
import { registerStates } from '../../../shared/records/register.ts'
import { Button, Dialog, Icon, LinkButton, Switch, showToast } from '../../design/index.ts'
import { labelOf } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import type { Replica } from '../../replica/index.ts'
import { type ApiResult, api } from '../../session/index.ts'
import { FormDialog } from '../forms/form-dialog.tsx'
import { type Card, differencesOf, type FilledField, fillPatch } from './differences.ts'
import styles from './fill-dialog.module.css'
import type { Head } from './head.ts'
import { t } from './texts.ts'

export interface FillProps {
  /** What is filled in: a client, or the form of a new one. */
  card: Card
  inn: string
  replica: Replica
  /** Names of the contact persons there are. */
  persons: () => Promise<string[]>
  /** Takes what the user chose; `head` is to become a contact person. */
  onFill: (patch: Patch, head: Head | null) => Promise<Result<unknown>>
}
type FillDialogProps = FillProps & { onClose: () => void }

type Answer = ApiResult<{ companies: Company[] }>

export const FillDialog = (props: FillDialogProps) => {
  const { inn, replica, onClose } = props
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [picked, setPicked] = useState(0)
  const ask = async () => {
    setAnswer(null)
    setAnswer(await api.companies(inn))
  }
  useEffect(() => {
    ask()
  }, [inn])
  const title = t('title', { inn })
  const companies = answer?.ok ? answer.value.companies : []
  const company = companies[picked]
  if (company)
    return (
      <Choosing
        key={picked}
        {...props}
        title={title}
        company={company}
        branches={
          companies.length > 1 && (
            <Branches companies={companies} picked={picked} onPick={setPicked} />
          )
        }
      />
    )
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          {answer?.ok === false && answer.reason !== 'serviceNotConnected' && (
            <Button kind="primary" onClick={ask}>
              {t('again')}
            </Button>
          )}
          {answer?.ok === false &&
            answer.reason === 'serviceNotConnected' &&
            replica.subject.value.administrator && (
              <LinkButton kind="primary" href="/settings/companies">
                {t('connect')}
              </LinkButton>
            )}
        </>
      }
    >
      <p role="status" aria-live="polite">
        {wordsOf(answer, replica.status.value.state === 'offline')}
      </p>
    </Dialog>
  )
}

/** Instead of a company. Touch shows no titles, so that a network that is not there is said here. */
const wordsOf = (answer: Answer | null, offline: boolean): string => {
  if (answer === null) return t(offline ? 'offline' : 'asking')
  if (answer.ok) return t('none')
  return answer.reason === 'unreachable' ? t('offline') : reasonText(answer.reason)
}

const Branches = ({
  companies,
  picked,
  onPick,
}: {
  companies: Company[]
  picked: number
  onPick: (index: number) => void
}) => (
  <fieldset class={styles.branches}>
    <legend class={styles.legend}>{t('which')}</legend>
    <div class={styles.list}>
      {companies.map(({ kpp, name, address, branch }, index) => (
        <label key={`${kpp}${address}`} class={styles.branch}>
          <input
            type="radio"
            name="branch"
            checked={index === picked}
            onChange={() => onPick(index)}
          />
          <span>
            <strong>{kpp ? t('kpp', { kpp }) : name}</strong>
            <span class="meta">
              {[t(branch ? 'branch' : 'head'), address].filter(Boolean).join(' · ')}
            </span>
          </span>
        </label>
      ))}
    </div>
  </fieldset>
)

interface ChoosingProps extends FillDialogProps {
  title: string
  company: Company
  branches: preact.ComponentChildren
}

type Chosen = FilledField | 'head'

const Choosing = ({ title, company, card, persons, onFill, onClose, branches }: ChoosingProps) => {
  const differences = differencesOf(card, company)
  const [head, setHead] = useState<Head | null>(null)
  // What the card already says is overwritten only on the user's word.
  const [chosen, setChosen] = useState<ReadonlySet<Chosen>>(
    () => new Set(differences.filter(({ now }) => now === '').map(({ field }) => field)),
  )
  useEffect(() => {
    const found = company.head
    if (!found) return
    persons().then((known) => {
      if (known.some((name) => sameName(name, found.name))) return
      setHead(found)
      setChosen((before) => new Set([...before, 'head']))
    })
  }, [company])
  const choose = (field: Chosen, isChosen: boolean) => {
    const next = new Set(chosen)
    if (isChosen) next.add(field)
    else next.delete(field)
    setChosen(next)
  }
  const apply = async () => {
    const fields = new Set(differences.map(({ field }) => field).filter((each) => chosen.has(each)))
    const patch = fillPatch(card, company, fields, Date.now())
    const result = await onFill(patch, head && chosen.has('head') ? head : null)
    if (!result.ok) return showToast({ text: reasonText(result.reason), stays: true })
    onClose()
  }
  const isSame = differences.length === 0 && !head
  return (
    <FormDialog title={title} onClose={onClose} onSubmit={apply} submit={t('apply')}>
      {company.state && company.state !== 'active' && (
        <p class={styles.warning} role="alert">
          <Icon of={TriangleAlert} />
          {t('warning', { state: labelOf(registerStates[company.state]).toLowerCase() })}
        </p>
      )}
      {branches}
      {isSame && <p>{t('same')}</p>}
      <div class={styles.differences}>
        {differences.map(({ field, now, next }) => (
          <Switch
            key={field}
            look="tick"
            checked={chosen.has(field)}
            onChecked={(isChosen) => choose(field, isChosen)}
            label={<Found label={t(`field.${field}`)} value={next} />}
            hint={now !== '' && t('was', { value: now })}
          />
        ))}
        {head && (
          <Switch
            look="tick"
            checked={chosen.has('head')}
            onChecked={(isChosen) => choose('head', isChosen)}
            label={
              <Found
                label={t('field.head')}
                value={[head.name, head.post].filter(Boolean).join(', ')}
              />
            }
            hint={t('headHint')}
          />
        )}
      </div>
    </FormDialog>
  )
}

const Found = ({ label, value }: { label: string; value: string }) => (
  <span class={styles.found}>
    <span class="meta">{label}</span>
    <span>{value}</span>
  </span>
)

const sameName = (a: string, b: string): boolean =>
  a.toLowerCase().replaceAll('ё', 'е') === b.toLowerCase().replaceAll('ё', 'е')
