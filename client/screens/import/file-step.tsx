import { FileSpreadsheet, Upload } from 'lucide-preact'
import { useRef, useState } from 'preact/hooks'
import { Button, classNames, Field, Icon, Select } from '../../design/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { Section } from '../../frame/page.tsx'
import { type Quote, quotes, type Separator, separators } from '../../import/read/csv.ts'
import { type Encoding, encodings } from '../../import/read/encoding.ts'
import { type Source, sources } from '../../import/read/read-file.ts'
import { allowedContents } from './allowed.ts'
import { Earlier } from './earlier.tsx'
import styles from './import.module.css'
import { t } from './texts.ts'
import { errorWords, type Wizard } from './wizard.ts'

interface Props {
  wizard: Wizard
}

/** «Источник» and «Прочитать» (F33, F34), then the beginning of the file to see that it was read right. */
export const FileStep = ({ wizard }: Props) => {
  const [source, setSource] = useState<Source | 'auto'>('auto')
  const [chosen, setChosen] = useState(wizard.file.value)
  const [isOver, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const isBusy = wizard.busy.value === 'read'
  const take = (file: File | undefined) => {
    if (!file) return
    wizard.restart()
    setChosen({ blob: file, name: file.name })
  }
  const read = () => chosen && wizard.readFile(chosen, source === 'auto' ? {} : { source })
  const isRead = wizard.read.value !== null
  const allowed = allowedContents(useReplica().subject.value)
  return (
    <>
      <Interrupted wizard={wizard} />
      <div class={styles.two}>
        <Field label={t('content')} hint={wizard.prospects.value ? t('prospect.hint') : undefined}>
          {(control) => (
            <Select
              {...control}
              value={wizard.prospects.value ? 'prospect' : wizard.content.value}
              onValue={(value) =>
                void (value === 'prospect'
                  ? wizard.setContent('contact', true)
                  : wizard.setContent(value))
              }
              options={allowed.flatMap((value) => [
                { value, label: t(`content.${value}`) },
                ...(value === 'contact'
                  ? [{ value: 'prospect' as const, label: t('content.prospect') }]
                  : []),
              ])}
            />
          )}
        </Field>
        <Field label={t('source')}>
          {(control) => (
            <Select
              {...control}
              value={source}
              onValue={(value) => {
                setSource(value)
                wizard.read.value = null
              }}
              options={(['auto', ...sources] as const).map((value) => ({
                value,
                label: t(`source.${value}`),
              }))}
            />
          )}
        </Field>
      </div>
      {/* Dropping is the pointer's way; the button inside is everybody's. */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: see above */}
      <div
        class={classNames(styles.drop, isOver && styles.over)}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer?.files[0])
        }}
      >
        <Icon of={chosen ? FileSpreadsheet : Upload} size={20} />
        <p class={styles.dropWords}>{chosen ? <b>{chosen.name}</b> : t('drop')}</p>
        <input
          ref={input}
          type="file"
          class="visually-hidden"
          tabIndex={-1}
          aria-label={t('file')}
          accept=".csv,.txt,.tsv,.xlsx,.xlsm,.xls,.html,.htm,.vcf,.vcard"
          onChange={(event) => {
            take(event.currentTarget.files?.[0])
            event.currentTarget.value = ''
          }}
        />
        <Button onClick={() => input.current?.click()}>
          {t(chosen ? 'chooseOther' : 'choose')}
        </Button>
        {chosen && !isRead && (
          <Button kind="primary" onClick={read} busy={isBusy}>
            {t('read')}
          </Button>
        )}
      </div>
      {wizard.error.value && (
        <p class={styles.error} role="alert">
          {errorWords(wizard.error.value)}
        </p>
      )}
      {isRead && <Preview wizard={wizard} />}
      {!chosen && <Earlier wizard={wizard} />}
    </>
  )
}

const Interrupted = ({ wizard }: Props) => {
  const found = wizard.interrupted.value
  if (!found) return null
  return (
    <section class={styles.notice} aria-label={t('interrupted.title', { name: found.name })}>
      <div>
        <h2>{t('interrupted.title', { name: found.name })}</h2>
        <p>{t('interrupted.text')}</p>
      </div>
      <Button kind="primary" onClick={wizard.resume}>
        {t('goOn')}
      </Button>
      <Button onClick={wizard.forget}>{t('interrupted.forget')}</Button>
    </section>
  )
}

const Preview = ({ wizard }: Props) => {
  const read = wizard.read.value
  if (!read) return null
  const again = (change: {
    encoding?: Encoding
    sheet?: number
    csv?: { separator?: Separator; quote?: Quote }
  }) => {
    const file = wizard.file.value
    const { source, encoding, sheet, csv } = wizard.readOptions.value
    if (!file) return
    void wizard.readFile(file, {
      ...(source && { source }),
      ...((change.sheet ?? sheet) !== undefined && { sheet: change.sheet ?? sheet }),
      ...((change.encoding ?? encoding) && { encoding: change.encoding ?? encoding }),
      csv: { ...csv, ...change.csv },
    })
  }
  const { book } = read
  const asked = wizard.readOptions.value
  /** Read as it was asked last; otherwise the reason stands above, and below what to choose instead. */
  const isShown = wizard.error.value === null
  const shown = read.first.slice(Math.max(read.header, 0), Math.max(read.header, 0) + 6)
  const width = Math.min(Math.max(...shown.map(({ cells }) => cells.length)), 30)
  return (
    <Section title={t('preview')} {...(isShown && { hint: t('read.rows', { count: read.count }) })}>
      <div class={styles.two}>
        {book && book.sheets.length > 1 && (
          <Field label={t('sheet')}>
            {(control) => (
              <Select
                {...control}
                value={String(asked.sheet ?? book.sheet)}
                onValue={(sheet) => again({ sheet: Number(sheet) })}
                options={book.sheets.map((name, at) => ({ value: String(at), label: name }))}
              />
            )}
          </Field>
        )}
        {read.encoding && (
          <Field label={t('encoding')}>
            {(control) => (
              <Select
                {...control}
                value={asked.encoding ?? read.encoding ?? 'utf-8'}
                onValue={(encoding) => again({ encoding })}
                options={encodings.map((value) => ({ value, label: value.toUpperCase() }))}
              />
            )}
          </Field>
        )}
        {read.csv && (
          <>
            <Field label={t('separator')}>
              {(control) => (
                <Select
                  {...control}
                  value={asked.csv?.separator ?? read.csv?.separator ?? ';'}
                  onValue={(separator) => again({ csv: { separator } })}
                  options={separators.map((value) => ({ value, label: t(`separator.${value}`) }))}
                />
              )}
            </Field>
            <Field label={t('quote')}>
              {(control) => (
                <Select
                  {...control}
                  value={asked.csv?.quote ?? read.csv?.quote ?? '"'}
                  onValue={(quote) => again({ csv: { quote } })}
                  options={quotes.map((value) => ({ value, label: value }))}
                />
              )}
            </Field>
          </>
        )}
        {isShown && read.source !== 'vcard' && (
          <Field label={t('header')}>
            {(control) => (
              <Select
                {...control}
                value={String(read.header)}
                onValue={(header) => void wizard.setHeader(Number(header))}
                options={[
                  { value: '-1', label: t('header.none') },
                  ...read.first.map(({ line, cells }, at) => ({
                    value: String(at),
                    label: t('header.line', {
                      line,
                      words: cells
                        .filter((cell) => cell !== '')
                        .join(', ')
                        .slice(0, 50),
                    }),
                  })),
                ]}
              />
            )}
          </Field>
        )}
      </div>
      {isShown && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by the keyboard, too */}
          <section class={styles.scroll} tabIndex={0} aria-label={t('preview')}>
            <table class={styles.preview}>
              <tbody>
                {shown.map(({ line, cells }, at) => (
                  <tr
                    key={line}
                    class={classNames(at === 0 && read.header >= 0 && styles.headerRow)}
                  >
                    <th scope="row">{line}</th>
                    {Array.from({ length: width }, (_, column) => (
                      <td key={column}>{cells[column]}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          <div class={styles.actions}>
            <Button
              kind="primary"
              onClick={() => {
                wizard.step.value = 'options'
              }}
            >
              {t('next')}
            </Button>
          </div>
        </>
      )}
    </Section>
  )
}
