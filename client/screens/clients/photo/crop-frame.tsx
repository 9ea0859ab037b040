/** The frame over a picture: dragged, pinched, zoomed; with the keyboard by arrows, + and −. */

import { useRef } from 'preact/hooks'
import { maxPhoto } from '../../../../shared/records/contact.ts'
import { t } from '../texts.ts'
import { areaOf, type Crop, kept, type Size } from './photo-crop.ts'
import styles from './photo-dialog.module.css'

interface CropFrameProps {
  /** Address of the picture. */
  url: string
  picture: Size
  crop: Crop
  onCrop: (crop: Crop) => void
}

/** Of the frame, by one press of an arrow. */
const step = 0.05
/** By one press of + or −. */
const zoomStep = 1.1

const isPair = (points: { x: number; y: number }[]) => points.length === 2

/** px between two fingers. */
const apart = ([a, b]: { x: number; y: number }[]): number =>
  a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0

export const CropFrame = ({ url, picture, crop, onCrop }: CropFrameProps) => {
  const pointers = useRef(new Map<number, { x: number; y: number }>())
  const area = areaOf(picture, crop)
  // On the screen the frame is as large as the photo can be.
  const scale = Math.min(maxPhoto.width / area.width, maxPhoto.height / area.height)
  const change = (next: Partial<Crop>) => onCrop(kept(picture, { ...crop, ...next }))
  const move = (x: number, y: number) => change({ x: crop.x + x, y: crop.y + y })

  const follow = (event: PointerEvent) => {
    const before = pointers.current.get(event.pointerId)
    if (!before) return
    const earlier = [...pointers.current.values()]
    pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
    if (isPair(earlier)) {
      const wasApart = apart(earlier)
      if (wasApart > 0)
        change({ zoom: (crop.zoom * apart([...pointers.current.values()])) / wasApart })
    } else move((before.x - event.clientX) / scale, (before.y - event.clientY) / scale)
  }
  const letGo = (event: PointerEvent) => pointers.current.delete(event.pointerId)
  const onKeyDown = (event: KeyboardEvent) => {
    const [x, y] = arrows[event.key] ?? [0, 0]
    if (x || y) move(x * area.width * step, y * area.height * step)
    else if (event.key === '+' || event.key === '=') change({ zoom: crop.zoom * zoomStep })
    else if (event.key === '-') change({ zoom: crop.zoom / zoomStep })
    else return
    event.preventDefault()
  }
  return (
    <fieldset
      class={styles.stage}
      aria-label={t('photo.frame')}
      // What is dragged with the pointer is moved by the arrows: it has to have the focus.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
      tabIndex={0}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY })
      }}
      onPointerMove={follow}
      onPointerUp={letGo}
      onPointerCancel={letGo}
      onKeyDown={onKeyDown}
    >
      <div class={styles.frame} style={{ width: area.width * scale, height: area.height * scale }}>
        <img
          src={url}
          alt=""
          draggable={false}
          class={styles.picture}
          style={{
            width: picture.width * scale,
            height: picture.height * scale,
            left: -area.left * scale,
            top: -area.top * scale,
          }}
        />
        <span class={styles.outline} />
      </div>
    </fieldset>
  )
}

const arrows: Readonly<Record<string, [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}
