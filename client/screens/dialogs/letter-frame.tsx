/** The HTML of a letter in a frame that runs no scripts and sends no requests. */
import { useEffect, useRef, useState } from 'preact/hooks'
import styles from './letter-frame.module.css'
import { cleanLetter } from './letter-html.ts'
import { t } from './texts.ts'

interface LetterFrameProps {
  html: string
  /** Content-ID → address of the picture that came inside the letter. */
  pictures: ReadonlyMap<string, string>
}

/** Taller letters scroll inside: a frame of any height would slow the scrolling of the conversation. */
const highest = 4000

export const LetterFrame = ({ html, pictures }: LetterFrameProps) => {
  const frame = useRef<HTMLIFrameElement>(null)
  const [loaded, setLoaded] = useState(false)
  const [remotePictures, setRemotePictures] = useState(false)
  const [withheld, setWithheld] = useState(false)
  const [height, setHeight] = useState(120)

  useEffect(() => {
    const inner = loaded ? frame.current?.contentDocument : null
    const view = inner?.defaultView
    if (!inner || !view) return
    const clean = cleanLetter(html, view, { remotePictures, pictureOf: (cid) => pictures.get(cid) })
    setWithheld(clean.withheld)
    inner.body.innerHTML = clean.html
    const measure = () => setHeight(Math.min(highest, inner.documentElement.scrollHeight))
    const observer = new ResizeObserver(measure)
    observer.observe(inner.body)
    measure()
    // The letter was asked for: its beginning is what one wants to see, once its height is known.
    const timer = setTimeout(() => frame.current?.closest('article')?.scrollIntoView(), 100)
    return () => {
      clearTimeout(timer)
      observer.disconnect()
    }
  }, [html, pictures, remotePictures, loaded])

  return (
    <div class={styles.letter}>
      {withheld && (
        <p class={styles.withheld}>
          <span>{t('message.pictures')}</span>
          <button
            type="button"
            class="link"
            onClick={() => {
              // Another page, under a policy that lets pictures in.
              setLoaded(false)
              setRemotePictures(true)
            }}
          >
            {t('message.showPictures')}
          </button>
        </p>
      )}
      {/* Without allow-scripts; same origin only so that its height can be read and it be filled. */}
      <iframe
        ref={frame}
        class={styles.frame}
        src={`/letter-frame.html${remotePictures ? '?pictures' : ''}`}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        referrerpolicy="no-referrer"
        title={t('message.letterFrame')}
        style={{ height: `${height}px` }}
        onLoad={() => setLoaded(true)}
      />
    </div>
  )
}
