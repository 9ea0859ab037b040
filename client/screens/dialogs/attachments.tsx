/** Files waiting to be sent: added by button, drop and paste; kept on the device at once. */
import { Paperclip, X } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useRef, useState } from 'preact/hooks'
import type { FileRef } from '../../../shared/records/segment.ts'
import { Icon, IconButton, showToast } from '../../design/index.ts'
import { formatBytes } from '../../format/index.ts'
import type { Replica } from '../../replica/index.ts'
import styles from './attachments.module.css'
import { t } from './texts.ts'

/**
 * Most providers take letters of 25 MB; base64 makes four bytes of three, and the letter itself
 * needs room: 18 MB of files always fit.
 */
export const mailAttachmentLimit = 18 * 1024 * 1024

export const totalSize = (files: readonly FileRef[]): number =>
  files.reduce((total, { size }) => total + size, 0)

interface AttachmentsProps {
  files: readonly FileRef[]
  onFiles: (files: FileRef[]) => void
}

/** Keeps files on the device and returns what is kept of them; says which do not fit beside those of before. */
export const addFiles = async (
  replica: Replica,
  before: readonly FileRef[],
  added: readonly File[],
): Promise<FileRef[]> => {
  const kept: FileRef[] = []
  for (const file of added) {
    const fits = totalSize([...before, ...kept]) + file.size <= mailAttachmentLimit
    const put = fits ? await replica.putFile(file, file.name) : null
    if (put?.ok) kept.push(put.value)
    else
      showToast({
        text: t('file.tooLarge', { name: file.name, limit: formatBytes(mailAttachmentLimit) }),
        stays: true,
      })
  }
  return kept
}

export const AttachmentList = ({ files, onFiles }: AttachmentsProps) =>
  files.length === 0 ? null : (
    <div class={styles.attachments}>
      <ul class={styles.list}>
        {files.map((file, index) => (
          <li key={`${file.hash} ${index}`} class={styles.file}>
            <Icon of={Paperclip} />
            <span class="ellipsis" title={file.name}>
              {file.name}
            </span>
            <span class={styles.size}>{formatBytes(file.size)}</span>
            <IconButton
              icon={X}
              label={t('file.remove', { name: file.name })}
              class={styles.remove}
              onClick={() => onFiles(files.filter((_, other) => other !== index))}
            />
          </li>
        ))}
      </ul>
      <p class={styles.total}>
        {t('composer.limit', {
          used: formatBytes(totalSize(files)),
          limit: formatBytes(mailAttachmentLimit),
        })}
      </p>
    </div>
  )

interface DropAreaProps {
  onFiles: (files: File[]) => void
  class?: string
  children: ComponentChildren
}

/** Takes files that are dropped on it or pasted into it. */
export const DropArea = ({ onFiles, class: className, children }: DropAreaProps) => {
  /** Entering a child fires before leaving its parent, so entries are counted. */
  const depth = useRef(0)
  const [over, setOver] = useState(false)
  const enter = (step: number) => {
    depth.current = Math.max(0, depth.current + step)
    setOver(depth.current > 0)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is the pointer's way; the button is everyone's
    <div
      class={`${styles.area} ${className ?? ''}`}
      onDragEnter={(event) => event.dataTransfer?.types.includes('Files') && enter(1)}
      onDragLeave={(event) => event.dataTransfer?.types.includes('Files') && enter(-1)}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        depth.current = 0
        setOver(false)
        const files = [...(event.dataTransfer?.files ?? [])]
        if (files.length > 0) onFiles(files)
      }}
      onPaste={(event) => {
        const files = [...(event.clipboardData?.files ?? [])]
        if (files.length === 0) return
        event.preventDefault()
        onFiles(files)
      }}
    >
      {children}
      {over && <p class={styles.drop}>{t('composer.drop')}</p>}
    </div>
  )
}

/** A button that opens the system's choice of files. */
export const AttachButton = ({ onFiles }: { onFiles: (files: File[]) => void }) => {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconButton
        icon={Paperclip}
        size={20}
        label={t('composer.attach')}
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('composer.attach')}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])])
          // The same file may be chosen again after it was removed.
          event.currentTarget.value = ''
        }}
      />
    </>
  )
}
