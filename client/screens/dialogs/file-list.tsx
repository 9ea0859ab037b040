/** Attachments of a message: size, download, and a look at pictures. */
import { Download, FileText, Image as ImageIcon, X } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { FileRef } from '../../../shared/records/segment.ts'
import { IconButton, showToast } from '../../design/index.ts'
import { formatBytes } from '../../format/index.ts'
import type { Replica } from '../../replica/index.ts'
import styles from './file-list.module.css'
import { t } from './texts.ts'

interface FileListProps {
  files: readonly FileRef[]
  replica: Replica
  /** Takes a file off the record that it hangs on. */
  onRemove?: (file: FileRef) => void
}

/** Formats that every browser draws and that cannot carry scripts. */
const drawable = /^image\/(png|jpe?g|gif|webp|avif|bmp)$/

/** Small enough to fetch without asking, to show in the conversation (a photo of a phone). */
const largestThumbnail = 3 * 1024 * 1024

const isPicture = ({ type }: FileRef): boolean => drawable.test(type)

export const FileList = ({ files, replica, onRemove }: FileListProps) => {
  const [shown, setShown] = useState<FileRef | null>(null)
  return (
    <>
      <ul class={styles.files}>
        {files.map((file) => (
          <li key={`${file.hash} ${file.name}`} class={styles.file}>
            {isPicture(file) && file.size <= largestThumbnail ? (
              <Thumbnail file={file} replica={replica} onOpen={() => setShown(file)} />
            ) : (
              <FileText class={styles.icon} size={16} aria-hidden />
            )}
            <span class={styles.name} title={file.name}>
              {file.name}
            </span>
            <span class={styles.size}>{formatBytes(file.size)}</span>
            {isPicture(file) && file.size > largestThumbnail && (
              <IconButton
                icon={ImageIcon}
                label={t('file.preview', { name: file.name })}
                onClick={() => setShown(file)}
              />
            )}
            <IconButton
              icon={Download}
              label={t('file.download', { name: file.name })}
              onClick={() => download(replica, file)}
            />
            {onRemove && (
              <IconButton
                icon={X}
                label={t('file.remove', { name: file.name })}
                onClick={() => onRemove(file)}
              />
            )}
          </li>
        ))}
      </ul>
      {shown && <Preview file={shown} replica={replica} onClose={() => setShown(null)} />}
    </>
  )
}

const download = async (replica: Replica, file: FileRef): Promise<void> => {
  const url = await replica.fileUrl(file.hash)
  if (!url.ok) {
    showToast({ text: t('file.away', { name: file.name }) })
    return
  }
  const link = document.createElement('a')
  link.href = url.value
  link.download = file.name
  link.click()
}

const useFileUrl = (replica: Replica, hash: string): string | null | 'away' => {
  const [url, setUrl] = useState<string | null>(null)
  useEffect(() => {
    let current = true
    replica.fileUrl(hash).then((result) => {
      if (current) setUrl(result.ok ? result.value : 'away')
    })
    return () => {
      current = false
    }
  }, [hash, replica])
  return url
}

interface PictureProps {
  file: FileRef
  replica: Replica
}

const Thumbnail = ({ file, replica, onOpen }: PictureProps & { onOpen: () => void }) => {
  const url = useFileUrl(replica, file.hash)
  return (
    <button
      type="button"
      class={styles.thumbnail}
      aria-label={t('file.preview', { name: file.name })}
      onClick={onOpen}
    >
      {url && url !== 'away' ? (
        <img src={url} alt="" loading="lazy" />
      ) : (
        <ImageIcon size={20} aria-hidden />
      )}
    </button>
  )
}

const Preview = ({ file, replica, onClose }: PictureProps & { onClose: () => void }) => {
  const dialog = useRef<HTMLDialogElement>(null)
  const url = useFileUrl(replica, file.hash)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} class={styles.preview} onClose={onClose} aria-label={file.name}>
      <header class={styles.previewHead}>
        <span class="ellipsis">{file.name}</span>
        <IconButton
          icon={Download}
          label={t('file.download', { name: file.name })}
          onClick={() => download(replica, file)}
        />
        <IconButton icon={X} label={t('file.close')} onClick={() => dialog.current?.close()} />
      </header>
      {url === 'away' && <p class={styles.away}>{t('file.away', { name: file.name })}</p>}
      {url && url !== 'away' && <img class={styles.picture} src={url} alt={file.name} />}
    </dialog>
  )
}
