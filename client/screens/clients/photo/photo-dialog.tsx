/** The photo of a contact: taken from the disk, the camera or its pages, cut, made small, removed (F55). */
import { Camera, ImageUp, Trash2 } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Result } from '../../../../shared/reasons.ts'
import type { Patch } from '../../../../shared/records/change.ts'
import type { ClientRow } from '../../../../shared/records/client.ts'
import type { PersonRow } from '../../../../shared/records/person.ts'
import { Button, Choice, Dialog, Field, showToast } from '../../../design/index.ts'
import { useReplica } from '../../../frame/app-context.ts'
import { reasonText } from '../../../i18n/reasons.ts'
import { t } from '../texts.ts'
import { ContactAvatar, usePicture } from './contact-avatar.tsx'
import { CropFrame } from './crop-frame.tsx'
import { encodePhoto, isHeic, readPicture } from './encode-photo.ts'
import { LinkPictures } from './links/link-pictures.tsx'
import { pictureSources } from './links/sources.ts'
import { useLinkPictures } from './links/use-link-pictures.ts'
import { areaOf, type Crop, kept, maxZoom, middleOf, type PhotoShape } from './photo-crop.ts'
import styles from './photo-dialog.module.css'

interface PhotoDialogProps {
  table: 'client' | 'person'
  contact: ClientRow | PersonRow
  save: (patch: Patch) => Promise<Result<unknown>>
  onClose: () => void
}

interface Chosen {
  picture: ImageBitmap
  url: string
  crop: Crop
}

const shapes: readonly PhotoShape[] = ['square', 'portrait', 'whole']

/** A telephone has a camera to ask for; on a laptop the chooser of files comes for both. */
const hasCamera = matchMedia('(pointer: coarse)')

export const PhotoDialog = ({ table, contact, save, onClose }: PhotoDialogProps) => {
  const replica = useReplica()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [error, setError] = useState<string | null>(null)
  const file = useRef<HTMLInputElement>(null)
  const picture = usePicture(contact.photo)
  const camera = useRef<HTMLInputElement>(null)
  const sources = pictureSources(contact)
  const linked = useLinkPictures({ type: table, id: contact.id })
  useEffect(
    () => () => {
      if (!chosen) return
      URL.revokeObjectURL(chosen.url)
      chosen.picture.close()
    },
    [chosen?.url],
  )

  const take = async (input: HTMLInputElement) => {
    const [picked] = input.files ?? []
    // The same file may be chosen once more.
    input.value = ''
    if (picked) await open(picked, picked.name)
  }
  const open = async (picked: Blob, name: string) => {
    const picture = await readPicture(picked)
    if (!picture)
      return setError(t(isHeic(picked, name) ? 'photo.heic' : 'photo.unreadable', { name }))
    setError(null)
    const shape = !('kind' in contact) || contact.kind === 'person' ? 'square' : 'whole'
    setChosen({ picture, url: URL.createObjectURL(picked), crop: middleOf(picture, shape) })
  }
  const keep = async () => {
    if (!chosen) return
    const photo = await encodePhoto(chosen.picture, areaOf(chosen.picture, chosen.crop))
    if (!photo) return setError(t('photo.failed'))
    const kept = await replica.putFile(photo, 'photo')
    if (!kept.ok) return showToast({ text: reasonText(kept.reason), stays: true })
    if ((await save({ photo: kept.value.hash })).ok) onClose()
  }
  const remove = async () => {
    const { photo } = contact
    if (!(await save({ photo: null })).ok) return
    onClose()
    showToast({ text: t('photo.removed'), undo: () => save({ photo }) })
  }
  const cut = (crop: Crop) => chosen && setChosen({ ...chosen, crop })

  const trouble = error && (
    <p class={styles.error} role="alert">
      {error}
    </p>
  )
  const another = () => {
    setError(null)
    setChosen(null)
  }

  return (
    <Dialog
      title={t('photo.title', { name: contact.name })}
      onClose={onClose}
      onSubmit={keep}
      footer={
        chosen && (
          <>
            <Button onClick={another}>{t('photo.another')}</Button>
            <Button kind="primary" type="submit">
              {t('client.save')}
            </Button>
          </>
        )
      }
    >
      {chosen ? (
        <>
          <Choice
            label={t('photo.shape')}
            value={chosen.crop.shape}
            onValue={(shape) => cut(kept(chosen.picture, { ...chosen.crop, shape, zoom: 1 }))}
            options={shapes.map((shape) => ({ value: shape, label: t(`photo.shape.${shape}`) }))}
          />
          <CropFrame url={chosen.url} picture={chosen.picture} crop={chosen.crop} onCrop={cut} />
          {chosen.crop.shape !== 'whole' && (
            <Field label={t('photo.zoom')}>
              {(control) => (
                <input
                  {...control}
                  type="range"
                  min={1}
                  max={maxZoom}
                  step={0.01}
                  value={chosen.crop.zoom}
                  class={styles.zoom}
                  onInput={(event) =>
                    cut(
                      kept(chosen.picture, {
                        ...chosen.crop,
                        zoom: Number(event.currentTarget.value),
                      }),
                    )
                  }
                />
              )}
            </Field>
          )}
        </>
      ) : (
        <div class={styles.begin}>
          {picture ? (
            <img src={picture} alt={contact.name} class={styles.whole} />
          ) : (
            <ContactAvatar contact={contact} size={64} />
          )}
          <div class={styles.buttons}>
            <Button icon={ImageUp} onClick={() => file.current?.click()}>
              {t('photo.upload')}
            </Button>
            {hasCamera.matches && (
              <Button icon={Camera} onClick={() => camera.current?.click()}>
                {t('photo.camera')}
              </Button>
            )}
            {contact.photo && (
              <Button kind="danger" icon={Trash2} onClick={remove}>
                {t('photo.remove')}
              </Button>
            )}
          </div>
          {trouble}
          <p class="meta">{t('photo.hint')}</p>
          {sources.length > 0 && <LinkPictures sources={sources} pictures={linked} onTake={open} />}
        </div>
      )}
      {chosen && trouble}
      <input
        ref={file}
        type="file"
        accept="image/*"
        hidden
        aria-label={t('photo.upload')}
        onChange={(event) => take(event.currentTarget)}
      />
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={t('photo.camera')}
        onChange={(event) => take(event.currentTarget)}
      />
    </Dialog>
  )
}
