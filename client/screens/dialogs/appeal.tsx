/** The undecided appeal of a dialog: Принять обращение, Отклонить, Перенаправить (F78-F89, F186-F189). */
import { CircleCheck, CornerUpRight, X } from 'lucide-preact'
import { useRef, useState } from 'preact/hooks'
import { mayAnswer } from '../../../shared/access.ts'
import { normaliseEmail } from '../../../shared/emails.ts'
import { withoutForm } from '../../../shared/human-names.ts'
import type { Result } from '../../../shared/reasons.ts'
import type { AccountRow } from '../../../shared/records/account.ts'
import { type AppealRow, appealStates } from '../../../shared/records/appeal.ts'
import {
  type ClientRow,
  clientKinds,
  client as clientType,
} from '../../../shared/records/client.ts'
import { clientName } from '../../../shared/records/name-parts.ts'
import {
  Badge,
  Button,
  Choice,
  Dialog,
  Field,
  Input,
  Select,
  showToast,
  Textarea,
} from '../../design/index.ts'
import { lazy } from '../../frame/lazy.tsx'
import { labelOf } from '../../i18n/index.ts'
import { reasonText } from '../../i18n/reasons.ts'
import { type Replica, type StoredRow, useAnswer } from '../../replica/index.ts'
import { suggest } from '../clients/client-list.ts'
import { ContactPicker } from '../clients/contact-picker.tsx'
import {
  type NameErrors,
  NameFields,
  parseNames,
  type TypedName,
  typedOf,
} from '../clients/name-fields.tsx'
import type { Entered } from '../clients/new-values.ts'
import type { CheckValues } from '../clients/required-values.tsx'
import styles from './appeal.module.css'
import { acceptWrites, forwardWrites, rejectWrites } from './appeal-decision.ts'
import { learnedWrites } from './learned.ts'
import { t as tl } from './list-texts.ts'
import { t } from './texts.ts'
import { otherDialogs, takenOver } from './together.ts'
import { type Employees, useEmployees } from './use-employees.ts'

/** The dialogs are the first screen: fields of one's own come when an appeal is taken on. */
const RequiredValues = lazy(
  async () => (await import('../clients/required-values.tsx')).RequiredValues,
)

const AlikeAppeals = lazy(async () => (await import('./alike-appeals.tsx')).AlikeAppeals)

interface AppealProps {
  appeal: AppealRow
  /** Merged into it: decided with it. */
  together: readonly AppealRow[]
  /** The one that the user looks at. */
  dialog: string
  account: AccountRow | undefined
  replica: Replica
  mayDecide: boolean
}

const clientFields = clientType.fields

type Step = 'accept' | 'reject' | 'forward' | null

/** Says why a decision was not stored; whether it was. */
const reported = (result: Result<unknown>): boolean => {
  if (!result.ok)
    showToast({ text: t('dialogs.failed', { reason: reasonText(result.reason) }), stays: true })
  return result.ok
}

export const Appeal = ({ appeal, together, dialog, account, replica, mayDecide }: AppealProps) => {
  const [step, setStep] = useState<Step>(null)
  const employees = useEmployees(replica)
  const close = () => setStep(null)
  const alike = (
    <AlikeAppeals
      appeal={appeal}
      together={together}
      dialog={dialog}
      replica={replica}
      mayDecide={mayDecide}
    />
  )
  if (appeal.state !== 'new')
    return (
      <>
        <Decided appeal={appeal} employees={employees} />
        {together.length > 0 && alike}
      </>
    )
  const parts = { appeal, together, account, replica, employees, close }
  return (
    <section class={styles.appeal} aria-label={t('appeal.title')}>
      <h3 class={styles.title}>
        {t('appeal.title')} <Badge kind="accent">{labelOf(appealStates.new)}</Badge>
      </h3>
      {mayDecide && (
        <div class={styles.buttons}>
          <Button kind="primary" icon={CircleCheck} onClick={() => setStep('accept')}>
            {t('appeal.accept')}
          </Button>
          <Button icon={X} onClick={() => setStep('reject')}>
            {t('appeal.reject')}
          </Button>
          <Button icon={CornerUpRight} onClick={() => setStep('forward')}>
            {t('appeal.forward')}
          </Button>
        </div>
      )}
      {alike}
      {step === 'accept' && <Accept {...parts} />}
      {step === 'reject' && <Reject {...parts} />}
      {step === 'forward' && <Forward {...parts} />}
    </section>
  )
}

const Decided = ({ appeal, employees }: { appeal: AppealRow; employees: Employees }) => {
  const { state, decision } = appeal
  const name = employees.get(decision?.by ?? '')?.name ?? tl('message.employee')
  return (
    <p class={styles.decided}>
      {t(state === 'accepted' ? 'appeal.state.accepted' : 'appeal.state.rejected', { name })}
      {decision?.reason && `: ${decision.reason}`}
    </p>
  )
}

interface StepProps {
  appeal: AppealRow
  together: readonly AppealRow[]
  account: AccountRow | undefined
  replica: Replica
  employees: Employees
  close: () => void
}

/** Employees at work who answer in the account. */
const answerers = (account: AccountRow | undefined, employees: Employees) =>
  [...employees.values()].filter(
    ({ id, state }) => account && state !== 'blocked' && mayAnswer(id, account),
  )

/** Before it is known whether the sender is a client already there is nothing to propose, nor to accept. */
const Accept = (props: StepProps) => {
  const { address } = props.appeal.who
  const { base } = props.replica
  const match = useAnswer(
    address,
    async () => (await suggest(base, 'client', address, 1))[0] ?? null,
    [base],
  )
  return match && <Acceptance {...props} match={match.answer} />
}

interface AcceptanceProps extends StepProps {
  match: StoredRow<'client'> | null
}

const Acceptance = (props: AcceptanceProps) => {
  const { appeal, together, account, replica, employees, match, close } = props
  const self = replica.session.user.id
  // As proposed at first: who comes to be known while one types takes nobody's form away.
  const [shownMode, setMode] = useState<'existing' | 'new'>(match ? 'existing' : 'new')
  const [chosen, setChosen] = useState(match)
  const [name, setName] = useState(appeal.who.name ?? '')
  const [kind, setKind] = useState<ClientRow['kind']>('organisation')
  /** Of a human: guessed from the sender's name until somebody corrects it. */
  const [names, setNames] = useState<TypedName | null>(null)
  const [nameErrors, setNameErrors] = useState<NameErrors>({})
  const firstField = useRef<HTMLInputElement>(null)
  const [responsible, setResponsible] = useState<string | null>(null)
  const [error, setError] = useState<string | null>(null)
  const [entered, setEntered] = useState<Entered>({})
  const checkOwn = useRef<CheckValues | null>(null)
  const isHuman = kind !== 'organisation'
  const typed = names ?? typedOf(withoutForm(name))
  const client = shownMode === 'existing' ? chosen : null
  // The manager from the client's card is proposed (F88).
  const options = answerers(account, employees)
  const proposed = [responsible, ...(client?.managers ?? []), appeal.responsible, self]
  const taker = proposed.find((id) => options.some((option) => option.id === id)) ?? self

  /** Pressed sooner than the fields are there, it waits for them: none that is required is passed by. */
  const ownValues = async () => {
    await RequiredValues.preload()
    if (!checkOwn.current) await new Promise((resolve) => requestAnimationFrame(resolve))
    return checkOwn.current?.() ?? null
  }
  const accept = async () => {
    if (shownMode === 'existing' && !client) return setError(t('appeal.accept.choose'))
    const parsed = parseNames(typed)
    if (shownMode === 'new' && isHuman) {
      setNameErrors(parsed.errors)
      if (Object.keys(parsed.errors).length > 0) return
    } else if (shownMode === 'new' && name.trim() === '') return setError(t('appeal.accept.name'))
    const custom = client ? {} : await ownValues()
    if (!custom) return
    const [email, ...moreEmails] = [appeal, ...together].flatMap(
      ({ who }) => normaliseEmail(who.address) ?? [],
    )
    const others = takenOver(await otherDialogs(replica, together), taker)
    const target = client
      ? { existing: client.id }
      : {
          created: {
            kind,
            name: isHuman ? (clientName(kind, parsed.names) ?? '') : name.trim(),
            ...(isHuman && { names: parsed.names }),
            ...(email && { email, moreEmails }),
            custom,
          },
        }
    const by = { by: self, at: Date.now() }
    const senders = new Map([appeal, ...together].map((one) => [one.who.address, one.channel]))
    const { base, subject } = replica
    const learned = client
      ? await Promise.all(
          [...senders].map(([address, channel]) =>
            learnedWrites({ base, subject: subject.value }, { channel, address }, client.id),
          ),
        )
      : []
    const result = await replica.writeAll([
      ...acceptWrites(appeal, target, taker, by, others),
      ...learned.flat(),
    ])
    if (!reported(result)) return
    showToast({ text: t('appeal.accepted') })
    close()
  }

  return (
    <Dialog
      title={t('appeal.accept.title')}
      onClose={close}
      onSubmit={accept}
      footer={
        <Button kind="primary" type="submit">
          {t('appeal.accept')}
        </Button>
      }
    >
      <p class={styles.who}>
        <b>{appeal.who.name ?? appeal.who.address}</b>
        <br />
        {appeal.who.address}
      </p>
      <Choice
        label={t('context.client')}
        value={shownMode}
        onValue={(value) => {
          setMode(value)
          setError(null)
        }}
        options={[
          { value: 'new', label: t('appeal.accept.new') },
          { value: 'existing', label: t('appeal.accept.existing') },
        ]}
      />
      {shownMode === 'new' ? (
        <>
          <Field label={labelOf(clientFields.kind.label)}>
            {(control) => (
              <Select {...control} value={kind} onValue={setKind} options={kindOptions()} />
            )}
          </Field>
          {isHuman ? (
            <NameFields
              typed={typed}
              errors={nameErrors}
              onTyped={(change) => {
                setNames({ ...typed, ...change })
                setNameErrors({})
              }}
              firstField={firstField}
            />
          ) : (
            <Field label={labelOf(clientFields.name.label)} error={error} required>
              {(control) => <Input {...control} value={name} onValue={setName} />}
            </Field>
          )}
          <RequiredValues
            replica={replica}
            type="client"
            entered={entered}
            onEntered={setEntered}
            check={checkOwn}
          />
        </>
      ) : client ? (
        <p class={styles.match}>
          <b>{client.name}</b>
        </p>
      ) : (
        error && (
          <p class={styles.error} role="alert">
            {error}
          </p>
        )
      )}
      {shownMode === 'existing' && (
        <ContactPicker
          table="client"
          replica={replica}
          onPick={(picked) => {
            setChosen(picked)
            setError(null)
          }}
        />
      )}
      <Field label={t('appeal.accept.responsible')}>
        {(control) => (
          <Select
            {...control}
            value={taker}
            onValue={setResponsible}
            options={options.map(({ id, name: label }) => ({ value: id, label }))}
          />
        )}
      </Field>
    </Dialog>
  )
}

const kindOptions = () =>
  // Object.entries forgets the key type
  (Object.entries(clientKinds) as [ClientRow['kind'], { ru: string; en: string }][]).map(
    ([value, label]) => ({ value, label: labelOf(label) }),
  )

const Reject = ({ appeal, together, replica, close }: StepProps) => {
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string | null>(null)
  const required = appeal.reasonRequired === true
  const reject = async () => {
    if (required && reason.trim() === '') return setError(t('appeal.reject.required'))
    const by = { by: replica.session.user.id, at: Date.now() }
    const others = (await otherDialogs(replica, together)).map(({ id }) => ({ dialog: id }))
    const result = await replica.writeAll(rejectWrites(appeal, reason.trim(), by, others))
    if (!reported(result)) return
    showToast({ text: t('appeal.rejected') })
    close()
  }
  return (
    <Dialog
      title={t('appeal.reject.title')}
      onClose={close}
      onSubmit={reject}
      footer={
        <Button kind="primary" type="submit">
          {t('appeal.reject')}
        </Button>
      }
    >
      <Field
        label={t(required ? 'appeal.reject.reason' : 'appeal.reject.optional')}
        error={error}
        required={required}
      >
        {(control) => <Textarea {...control} value={reason} onValue={setReason} autofocus />}
      </Field>
    </Dialog>
  )
}

const Forward = ({ appeal, together, account, replica, employees, close }: StepProps) => {
  const others = answerers(account, employees).filter(({ id }) => id !== appeal.responsible)
  const [to, setTo] = useState<string | null>(null)
  const taker = to ?? others[0]?.id
  const forward = async () => {
    if (!taker) return
    const others = await otherDialogs(replica, together)
    const writesTo = (whom: string) => forwardWrites(appeal, whom, takenOver(others, whom))
    const result = await replica.writeAll(writesTo(taker))
    if (!reported(result)) return
    const before = appeal.responsible
    showToast({
      text: t('appeal.forwarded', { name: employees.get(taker)?.name ?? '' }),
      ...(before && { undo: () => replica.writeAll(writesTo(before)) }),
    })
    close()
  }
  return (
    <Dialog
      title={t('appeal.forward.title')}
      onClose={close}
      onSubmit={forward}
      footer={
        others.length > 0 && (
          <Button kind="primary" type="submit">
            {t('appeal.forward')}
          </Button>
        )
      }
    >
      {taker ? (
        <Field label={t('appeal.forward.to')}>
          {(control) => (
            <Select
              {...control}
              value={taker}
              onValue={setTo}
              options={others.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
        </Field>
      ) : (
        <p>{t('appeal.forward.none')}</p>
      )}
    </Dialog>
  )
}
