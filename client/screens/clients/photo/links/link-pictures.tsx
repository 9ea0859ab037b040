/** «Из соцсетей»: pictures of the contact's profiles and site, for its photo (F55). */
import { ImageOff, RotateCw } from 'lucide-preact'
import { useRef } from 'preact/hooks'
import { isPassing, type Reason } from '../../../../../shared/reasons.ts'
import { Button, Icon, IconButton } from '../../../../design/index.ts'
import { useReplica } from '../../../../frame/app-context.ts'
import { labelOf } from '../../../../i18n/index.ts'
import { reasonText } from '../../../../i18n/reasons.ts'
import styles from './link-pictures.module.css'
import type { PictureSource } from './sources.ts'
import { t } from './texts.ts'
import type { LinkPicture, LinkPictures as Pictures } from './use-link-pictures.ts'

interface LinkPicturesProps {
  sources: readonly PictureSource[]
  pictures: Pictures
  onTake: (picture: Blob, name: string) => void
}

export const LinkPictures = ({ sources, pictures, onTake }: LinkPicturesProps) => {
  const replica = useReplica()
  const list = useRef<HTMLUListElement>(null)
  const { byLink, ask, drop } = pictures
  const unasked = sources.filter(({ link }) => !byLink.has(link)).map(({ link }) => link)
  const offline = replica.status.value.state === 'offline'
  const show = () => {
    // The button goes away: the keyboard goes on with what comes instead.
    list.current?.focus()
    ask(unasked)
  }
  return (
    <section class={styles.section} aria-label={t('title')}>
      <h3 class={styles.title}>{t('title')}</h3>
      <ul ref={list} class={styles.list} tabIndex={-1} aria-label={t('title')}>
        {sources.map((source) => (
          <Source
            key={source.link}
            source={source}
            picture={byLink.get(source.link)}
            onTake={onTake}
            onAgain={() => {
              list.current?.focus()
              ask([source.link])
            }}
            onBroken={() => drop(source.link)}
          />
        ))}
      </ul>
      <p class="visually-hidden" role="status">
        {progressOf([...byLink.values()])}
      </p>
      {unasked.length > 0 &&
        (offline ? (
          <p class="meta">{t('offline')}</p>
        ) : (
          <>
            <Button onClick={show}>{t('show')}</Button>
            <p class="meta">{t('about')}</p>
          </>
        ))}
    </section>
  )
}

const progressOf = (asked: LinkPicture[]): string => {
  if (asked.length === 0) return ''
  if (asked.some(({ state }) => state === 'asking')) return t('asking')
  const count = asked.filter(({ state }) => state === 'found').length
  return count === 0 ? t('none') : t('found', { count })
}

interface SourceProps {
  source: PictureSource
  picture: LinkPicture | undefined
  onTake: LinkPicturesProps['onTake']
  onAgain: () => void
  onBroken: () => void
}

const Source = ({ source, picture, onTake, onAgain, onBroken }: SourceProps) => {
  const { address } = source
  const name = source.network ? labelOf(source.network) : t('site')
  const words = (
    <span class={styles.words}>
      <span class={styles.name}>{name}</span>
      <span class={styles.address} title={address}>
        {address}
      </span>
      {picture?.state === 'asking' && <span class={styles.note}>{t('asking')}</span>}
      {picture?.state === 'missing' && (
        <span class={styles.note}>{missingText(picture.reason)}</span>
      )}
    </span>
  )
  if (picture?.state === 'found')
    return (
      <li>
        <button
          type="button"
          class={styles.found}
          aria-label={t('take', { name, address })}
          onClick={() => onTake(picture.picture, address)}
        >
          <img class={styles.picture} src={picture.url} alt="" onError={onBroken} />
          {words}
        </button>
      </li>
    )
  return (
    <li class={styles.source} aria-busy={picture?.state === 'asking'}>
      {picture && (
        <span class={styles.place} data-state={picture.state}>
          {picture.state === 'missing' && <Icon of={ImageOff} />}
        </span>
      )}
      {words}
      {picture?.state === 'missing' && mayPass(picture.reason) && (
        <IconButton icon={RotateCw} label={t('againFor', { address })} onClick={onAgain} />
      )}
    </li>
  )
}

/** Whether it may be otherwise when it is asked again. */
const mayPass = (reason: Reason): boolean => isPassing(reason) || reason === 'serviceUnavailable'

const missingText = (reason: Reason): string => {
  switch (reason) {
    case 'notFound':
    case 'hostUnknown':
    case 'hostNotAllowed':
    case 'invalidAddress':
    case 'tooLarge':
    case 'timedOut':
    case 'serviceUnavailable':
    case 'serviceNotConnected':
    case 'unreachable':
    case 'tooManyRequests':
      return t(`missing.${reason}`)
    default:
      return reasonText(reason)
  }
}
