/** Pictures behind the links of a contact, asked through the relay when the user wants that. */
import { useEffect, useRef, useState } from 'preact/hooks'
import type { PictureRequest } from '../../../../../shared/protocol/pictures.ts'
import type { Reason } from '../../../../../shared/reasons.ts'
import { api } from '../../../../session/index.ts'

export type LinkPicture =
  | { state: 'asking' }
  | { state: 'found'; picture: Blob; url: string }
  | { state: 'missing'; reason: Reason }

export interface LinkPictures {
  /** By link; those that were not asked for are missing. */
  byLink: ReadonlyMap<string, LinkPicture>
  ask(links: readonly string[]): Promise<void>
  /** What came is no picture that this browser can show. */
  drop(link: string): void
}

/** At the same time: the relay has others to serve, and one site is slower than the next. */
const atOnce = 3

export const useLinkPictures = ({
  type,
  id,
}: Pick<PictureRequest, 'type' | 'id'>): LinkPictures => {
  const [byLink, setByLink] = useState<ReadonlyMap<string, LinkPicture>>(new Map())
  const closed = useRef(new AbortController())
  const urls = useRef<string[]>([])
  useEffect(
    () => () => {
      closed.current.abort()
      urls.current.forEach(URL.revokeObjectURL)
    },
    [],
  )
  const set = (link: string, picture: LinkPicture) =>
    setByLink((before) => new Map([...before, [link, picture]]))

  const askOne = async (link: string) => {
    const { signal } = closed.current
    const answer = await api.linkPicture({ type, id, link }, signal)
    if (signal.aborted) return
    if (!answer.ok) return set(link, { state: 'missing', reason: answer.reason })
    const url = URL.createObjectURL(answer.value)
    urls.current.push(url)
    set(link, { state: 'found', picture: answer.value, url })
  }

  return {
    byLink,
    ask: async (links) => {
      for (const link of links) set(link, { state: 'asking' })
      const waiting = [...links]
      const askInTurn = async () => {
        for (let link = waiting.shift(); link !== undefined; link = waiting.shift())
          await askOne(link)
      }
      await Promise.all(Array.from({ length: atOnce }, askInTurn))
    },
    drop: (link) => set(link, { state: 'missing', reason: 'notFound' }),
  }
}
