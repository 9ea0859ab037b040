/** F5, F6: only tiles of what exists. */
import {
  BookOpen,
  Building2,
  CircleUser,
  CloudOff,
  FileArchive,
  FileText,
  FileType,
  FileUp,
  IdCard,
  type LucideIcon,
  Mail,
  MonitorSmartphone,
  Package,
  Plug,
  SquareKanban,
  TextCursorInput,
  Trash2,
  UsersRound,
} from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { Link } from 'wouter-preact'
import { Badge, Icon, LinkButton } from '../../design/index.ts'
import { useReplica } from '../../frame/app-context.ts'
import { Page } from '../../frame/page.tsx'
import { syncWord } from '../../frame/sync-word.ts'
import { useLive } from '../../replica/index.ts'
import { t as companyTexts } from '../companies/texts.ts'
import { allowedContents } from '../import/allowed.ts'
import { t as importTexts } from '../import/texts.ts'
import { t as productTexts } from '../products/texts.ts'
import { t as trashTexts } from '../trash/texts.ts'
import { trashCount } from '../trash/trash-queries.ts'
import { t as directoryTexts } from './directories/texts.ts'
import { t as fieldTexts } from './fields/texts.ts'
import { t as numberingTexts } from './numbering-texts.ts'
import { t as salesTexts } from './sales/texts.ts'
import styles from './settings.module.css'
import { t } from './texts.ts'
import { useEmployees, useMailAccounts } from './use-mail-accounts.ts'

export const Tiles = () => {
  const replica = useReplica()
  const accounts = useMailAccounts().value
  const employees = useEmployees().value
  const { waiting, rejected } = replica.status.value
  const isFailing = accounts.some(({ health }) => health?.state === 'failing')
  const subject = replica.subject.value
  const deleted = useLive(() => trashCount(replica.base, subject), [replica, subject], 0).value
  const hasMail = accounts.length > 0
  return (
    <Page title={t('title')} width="wide">
      {!hasMail && replica.subject.value.administrator && (
        <section class={styles.offer} aria-label={t('offer.title')}>
          <div>
            <h2>{t('offer.title')}</h2>
            <p>{t('offer.text')}</p>
          </div>
          <LinkButton kind="primary" icon={Mail} href="/settings/mail/new">
            {t('offer.do')}
          </LinkButton>
        </section>
      )}
      <div class={styles.tiles}>
        <Tile
          icon={Mail}
          href="/settings/mail"
          title={t('tile.mail')}
          text={hasMail ? accounts.map(({ address }) => address).join(', ') : t('tile.mail.text')}
          badge={isFailing && <Badge kind="red">{t('trouble')}</Badge>}
        >
          <span class={styles.tileFeet}>
            {hasMail && (
              // A phone's bar has no place for it.
              <Link href="/mail" class={styles.tileFoot}>
                {t('openMail')}
              </Link>
            )}
            <Link href="/settings/mail/new" class={styles.tileFoot}>
              {t(hasMail ? 'connectedCreate' : 'connect')}
            </Link>
          </span>
        </Tile>
        <Tile
          icon={UsersRound}
          href="/settings/employees"
          title={t('tile.employees')}
          text={t('tile.employees.text')}
          badge={employees.length > 0 && <Badge>{employees.length}</Badge>}
        />
        {replica.subject.value.administrator && (
          <Tile
            icon={IdCard}
            href="/settings/companies"
            title={companyTexts('settings.title')}
            text={companyTexts('settings.tile')}
          />
        )}
        {allowedContents(replica.subject.value).length > 0 && (
          <Tile
            icon={FileUp}
            href="/settings/import"
            title={importTexts('title')}
            text={importTexts('tile')}
          />
        )}
        {replica.subject.value.administrator && (
          <Tile
            icon={FileArchive}
            href="/settings/archives"
            title={t('tile.archives')}
            text={t('tile.archives.text')}
          />
        )}
        {replica.subject.value.administrator && (
          <Tile icon={Plug} href="/settings/api" title={t('tile.api')} text={t('tile.api.text')} />
        )}
        <Tile
          icon={SquareKanban}
          href="/settings/sales"
          title={salesTexts('title')}
          text={salesTexts('tile')}
        />
        <Tile
          icon={FileText}
          href="/settings/documents"
          title={numberingTexts('title')}
          text={numberingTexts('tile')}
        >
          <span class={styles.tileFeet}>
            {/* A phone's bar has no place for it. */}
            <Link href="/documents" class={styles.tileFoot}>
              {numberingTexts('open')}
            </Link>
          </span>
        </Tile>
        <Tile
          icon={Package}
          href="/products"
          title={productTexts('title')}
          text={productTexts('tile')}
        />
        <Tile
          icon={BookOpen}
          href="/settings/directories"
          title={directoryTexts('title')}
          text={directoryTexts('tile')}
        />
        {replica.subject.value.administrator && (
          <Tile
            icon={TextCursorInput}
            href="/settings/fields"
            title={fieldTexts('title')}
            text={fieldTexts('tile')}
          />
        )}
        <Tile
          icon={Building2}
          href="/settings/organisation"
          title={t('tile.organisation')}
          text={t('tile.organisation.text')}
        />
        <Tile
          icon={FileType}
          href="/settings/templates"
          title={t('tile.templates')}
          text={t('tile.templates.text')}
        />
        <Tile
          icon={CircleUser}
          href="/profile"
          title={t('tile.profile')}
          text={t('tile.profile.text')}
        />
        <Tile
          icon={CloudOff}
          href="/offline-work"
          title={t('tile.offline')}
          text={t('tile.offline.text')}
          badge={
            waiting + rejected > 0 && (
              <Badge kind={rejected > 0 ? 'red' : 'quiet'}>
                {syncWord(replica.status.value).text}
              </Badge>
            )
          }
        />
        <Tile
          icon={MonitorSmartphone}
          href="/settings/device"
          title={t('tile.device')}
          text={t('tile.device.text')}
        />
        <Tile
          icon={Trash2}
          href="/settings/trash"
          title={trashTexts('title')}
          text={trashTexts('tile')}
          badge={deleted > 0 && <Badge>{deleted}</Badge>}
        />
      </div>
    </Page>
  )
}

interface TileProps {
  icon: LucideIcon
  href: string
  title: string
  text: string
  badge?: ComponentChildren
  /** A link of its own at the bottom. */
  children?: ComponentChildren
}

const Tile = ({ icon, href, title, text, badge, children }: TileProps) => (
  <article class={styles.tile}>
    <h2 class={styles.tileHead}>
      <Icon of={icon} size={20} />
      <Link href={href} class={styles.tileLink}>
        {title}
      </Link>
      {badge}
    </h2>
    <p class={styles.tileText}>{text}</p>
    {children}
  </article>
)
